import { announce } from '../events/event-store.ts';
import type { ActivityDetails } from '../leads/activity-kinds.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Lead } from '../leads/lead.ts';
import { saveLead } from '../leads/lead-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import type { AgentContext } from './call-desk.ts';
import { cancelCallsOfLead } from './call-store.ts';
import { setDoNotCall } from './do-not-call-store.ts';

/** Nobody calls this locked lead any more: its waiting calls are cancelled, all but one that is ending anyway. */
export async function stopCalling(
  tx: Tx,
  lead: Lead,
  { reason, except }: { reason: string | null; except?: string },
  agentContext: Pick<AgentContext, 'actor' | 'now'>,
): Promise<void> {
  const at = agentContext.now;
  const cancelled = await cancelCallsOfLead(tx, lead.id, except ?? null, at);
  const callCancelled = (id: string) =>
    ({ type: 'call.cancelled', lead_id: lead.id, payload: { call_id: typeId('call', id) }, at }) as const;
  await announce(tx, ...cancelled.map(callCancelled));
  if (lead.do_not_call_since) return;
  lead.do_not_call_since = at;
  const said = `Nobody calls this lead any more${reason ? `: ${reason}` : '.'}`;
  await store(tx, lead, { kind: 'do_not_call', said, detail: { reason, cancelled: cancelled.length } }, agentContext);
}

/** The lead may be called again. What was cancelled stays so. */
export async function allowCalling(
  tx: Tx,
  lead: Lead,
  agentContext: Pick<AgentContext, 'actor' | 'now'>,
): Promise<void> {
  if (!lead.do_not_call_since) return;
  lead.do_not_call_since = null;
  const said = 'The lead may be called again.';
  await store(tx, lead, { kind: 'do_not_call_lifted', said, detail: {} }, agentContext);
}

async function store<K extends 'do_not_call' | 'do_not_call_lifted'>(
  tx: Tx,
  lead: Lead,
  { kind, said, detail }: { kind: K; said: string; detail: ActivityDetails[K] },
  { actor, now }: Pick<AgentContext, 'actor' | 'now'>,
): Promise<void> {
  lead.version += 1;
  lead.updated_at = now;
  await setDoNotCall(tx, lead.id, lead.do_not_call_since);
  await saveLead(tx, lead);
  await recordActivity(tx, { lead_id: lead.id, kind, actor, reason: said, detail, at: now });
  await announce(tx, {
    type: 'lead.updated',
    lead_id: lead.id,
    lead_version: lead.version,
    payload: { changed: ['do_not_call'], submission_id: null },
    at: now,
  });
}
