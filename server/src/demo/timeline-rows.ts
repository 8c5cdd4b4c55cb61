import { reasons } from '../intake/reasons.ts';
import type { ActivityKind } from '../leads/activity-kinds.ts';
import type { Row } from '../leads/lead-row.ts';
import type { DemoContext } from './demo-context.ts';
import type { LeadHistory } from './lead-history.ts';

/** A timeline entry, before it has an id. */
export interface Line extends Row {
  kind: ActivityKind;
  actor: string;
  reason: string | null;
  detail: object;
  submission_id: string | null;
  at: number;
}

/** The timeline entries of a lead's history. */
export function timelineOf(
  history: LeadHistory,
  context: DemoContext,
  { submissionId, againId }: { submissionId: string; againId: string | null },
): Line[] {
  const { agent, source } = history;
  const sender = { actor: `token:${source.tokenId}`, detail: { dialect: source.dialect, token: source.tokenName } };
  const member = `member:${agent?.id ?? ''}`;
  const by = { actor: member, reason: null, submission_id: null };
  const lines: Line[] = [
    {
      ...sender,
      kind: 'lead_created',
      reason: reasons.created + (agent ? ` ${reasons.ownerByTurn(departmentOf(history, context))}` : ''),
      detail: { ...sender.detail, ...(agent && { owner_id: agent.id }) },
      submission_id: submissionId,
      at: history.arrivedAt,
    },
  ];
  if (history.arrivedAgainAt !== null)
    lines.push({
      ...sender,
      kind: 'lead_merged',
      reason: reasons.merged([{ kind: 'phone', sent: history.person.phone.phone }], 'fill'),
      detail: { ...sender.detail, matched: ['phone'] },
      submission_id: againId,
      at: history.arrivedAgainAt,
    });
  for (const { at, outcome, note, talkSeconds } of history.calls)
    lines.push({
      ...by,
      kind: 'call_ended',
      reason: `${agent?.name} called: ${outcome}.`,
      detail: { agent: agent?.name, outcome, note, talk_seconds: talkSeconds },
      at: at + talkSeconds * 1000,
    });
  for (const { at, from, to, lostReasonId } of history.moves) {
    const changes = [{ field: 'status_id', from: from.id, to: to.id }];
    if (lostReasonId) changes.push({ field: 'lost_reason_id', from: null as never, to: lostReasonId });
    lines.push({ ...by, kind: 'status_changed', detail: { dialect: 'native', changes }, at });
  }
  for (const { at, name, category, dueAt } of history.tasks)
    lines.push({
      ...by,
      kind: 'task_added',
      detail: { dialect: 'native', name, category, due_at: new Date(dueAt).toISOString() },
      at,
    });
  if (history.deal) {
    const { at, name, amount } = history.deal;
    lines.push({ ...by, kind: 'deal_added', detail: { dialect: 'native', name, amount }, at });
  }
  return lines;
}

function departmentOf({ agent }: LeadHistory, { referenceData }: DemoContext): string {
  return referenceData.get('department', agent?.departmentId)?.name ?? '';
}
