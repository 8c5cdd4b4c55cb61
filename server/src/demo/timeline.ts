import { reasons } from '../intake/reasons.ts';
import type { ActivityKind } from '../leads/activity-kinds.ts';
import type { Row } from '../leads/lead-row.ts';
import type { Stage } from './stage.ts';
import type { Story } from './story.ts';

/** A line of a timeline, before it has an id. */
export interface Line extends Row {
  kind: ActivityKind;
  actor: string;
  reason: string | null;
  detail: object;
  submission_id: string | null;
  at: number;
}

/** The lines that a story leaves on its lead's timeline. */
export function timelineOf(
  story: Story,
  stage: Stage,
  { submissionId, againId }: { submissionId: string; againId: string | null },
): Line[] {
  const { agent, source } = story;
  const sender = { actor: `token:${source.tokenId}`, detail: { dialect: source.dialect, token: source.tokenName } };
  const member = `member:${agent?.id ?? ''}`;
  const by = { actor: member, reason: null, submission_id: null };
  const lines: Line[] = [
    {
      ...sender,
      kind: 'lead_created',
      reason: reasons.created + (agent ? ` ${reasons.ownerByTurn(departmentOf(story, stage))}` : ''),
      detail: { ...sender.detail, ...(agent && { owner_id: agent.id }) },
      submission_id: submissionId,
      at: story.arrivedAt,
    },
  ];
  if (story.cameAgainAt !== null)
    lines.push({
      ...sender,
      kind: 'lead_merged',
      reason: reasons.merged(['phone'], 'fill'),
      detail: { ...sender.detail, matched: ['phone'] },
      submission_id: againId,
      at: story.cameAgainAt,
    });
  for (const { at, outcome, note, talkSeconds } of story.calls)
    lines.push({
      ...by,
      kind: 'call_ended',
      reason: `${agent?.name} called: ${outcome}.`,
      detail: { agent: agent?.name, outcome, note, talk_seconds: talkSeconds },
      at: at + talkSeconds * 1000,
    });
  for (const { at, from, to, lostReasonId } of story.moves) {
    const changes = [{ field: 'status_id', from: from.id, to: to.id }];
    if (lostReasonId) changes.push({ field: 'lost_reason_id', from: null as never, to: lostReasonId });
    lines.push({ ...by, kind: 'status_changed', detail: { dialect: 'native', changes }, at });
  }
  for (const { at, name, category, dueAt } of story.tasks)
    lines.push({
      ...by,
      kind: 'task_added',
      detail: { dialect: 'native', name, category, due_at: new Date(dueAt).toISOString() },
      at,
    });
  if (story.deal) {
    const { at, name, amount } = story.deal;
    lines.push({ ...by, kind: 'deal_added', detail: { dialect: 'native', name, amount }, at });
  }
  return lines;
}

function departmentOf({ agent }: Story, { referenceData }: Stage): string {
  return referenceData.get('department', agent?.departmentId)?.name ?? '';
}
