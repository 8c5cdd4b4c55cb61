import { announce } from '../events/event-store.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Lead } from '../leads/lead.ts';
import { saveLead } from '../leads/lead-store.ts';
import { viewKnown } from '../leads/lead-view.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { AgentContext } from './call-desk.ts';
import { cancelCallsOfLead } from './call-store.ts';
import { setDoNotCall } from './do-not-call-store.ts';

/** Nobody calls this locked lead any more: its waiting calls are cancelled, all but one that is ending anyway. */
export async function stopCalling(
  tx: Tx,
  lead: Lead,
  { reason, except }: { reason: string | null; except?: string },
  agentContext: Pick<AgentContext, 'actor' | 'referenceData' | 'now'>,
): Promise<number> {
  const cancelled = await cancelCallsOfLead(tx, lead.id, except ?? null, agentContext.now);
  if (lead.do_not_call_since) return cancelled;
  lead.do_not_call_since = agentContext.now;
  const said = `Nobody calls this lead any more${reason ? `: ${reason}` : '.'}`;
  await store(tx, lead, 'do_not_call', { said, reason, cancelled }, agentContext);
  return cancelled;
}

/** The lead may be called again. What was cancelled stays so. */
export async function allowCalling(
  tx: Tx,
  lead: Lead,
  agentContext: Pick<AgentContext, 'actor' | 'referenceData' | 'now'>,
): Promise<void> {
  if (!lead.do_not_call_since) return;
  lead.do_not_call_since = null;
  await store(tx, lead, 'do_not_call_lifted', { said: 'The lead may be called again.' }, agentContext);
}

async function store(
  tx: Tx,
  lead: Lead,
  kind: string,
  { said, ...detail }: { said: string; reason?: string | null; cancelled?: number },
  { actor, referenceData, now }: Pick<AgentContext, 'actor' | 'referenceData' | 'now'>,
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
    payload: { lead: viewKnown(lead, referenceData), changed: ['do_not_call'] },
    at: now,
  });
}
