import { announce } from '../events/event-store.ts';
import type { Lead } from '../leads/lead.ts';
import { getLead, leadsWithPhoneOf } from '../leads/lead-store.ts';
import { saveLeadChange } from '../leads/save-lead-change.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { AgentContext } from './call-desk.ts';
import { cancelCallsOfLead, planAgain } from './call-store.ts';
import { callCancelled, callPlanned } from './call-view.ts';

/** The leads that were marked as not to be called, and the calls that were cancelled because of it. */
export interface Stopped {
  leads: readonly string[];
  calls: readonly string[];
}

/**
 * Marks a locked lead, and all others with the same number, as not to be called, and cancels their waiting calls,
 * except one that is just ending.
 */
export async function stopCalling(
  tx: Tx,
  lead: Lead,
  { reason, except }: { reason: string | null; except?: string },
  agentContext: Pick<AgentContext, 'actor' | 'referenceData' | 'now'>,
): Promise<Stopped> {
  const leads = [lead, ...(await leadsWithPhoneOf(tx, lead))];
  const marked = leads.filter((one) => !one.do_not_call_since).map(({ id }) => id);
  const calls: string[] = [];
  for (const one of leads)
    calls.push(...(await stopCallingOne(tx, one, { reason, ...(except && { except }) }, agentContext)));
  return { leads: marked, calls };
}

async function stopCallingOne(
  tx: Tx,
  lead: Lead,
  { reason, except }: { reason: string | null; except?: string },
  agentContext: Pick<AgentContext, 'actor' | 'referenceData' | 'now'>,
): Promise<string[]> {
  const at = agentContext.now;
  const cancelled = await cancelCallsOfLead(tx, lead.id, except ?? null, at);
  await announce(tx, ...cancelled.map((id) => callCancelled({ id, lead_id: lead.id }, at)));
  if (lead.do_not_call_since) return cancelled;
  const said = `Do not call this lead${reason ? `: ${reason}` : '.'}`;
  await store(tx, lead, at, { said, reason, cancelled: cancelled.length }, agentContext);
  return cancelled;
}

/** Lifts do-not-call from a lead and from all others with the same number. Cancelled calls stay cancelled. */
export async function allowCalling(
  tx: Tx,
  lead: Lead,
  agentContext: Pick<AgentContext, 'actor' | 'referenceData' | 'now'>,
): Promise<void> {
  for (const one of [...(await leadsWithPhoneOf(tx, lead)), lead])
    if (one.do_not_call_since) await store(tx, one, null, { said: 'The lead may be called again.' }, agentContext);
}

/** Undoes what `stopCalling` did: removes its marks, and lets the calls that it cancelled wait again. */
export async function resumeCalling(
  tx: Tx,
  stopped: Stopped,
  agentContext: Pick<AgentContext, 'actor' | 'referenceData' | 'now'>,
): Promise<void> {
  for (const id of stopped.leads) {
    const lead = await getLead(tx, id, true);
    if (lead?.do_not_call_since)
      await store(tx, lead, null, { said: 'The outcome was undone: the lead may be called again.' }, agentContext);
  }
  for (const call of await planAgain(tx, stopped.calls, agentContext.now))
    await announce(tx, callPlanned(call, agentContext.referenceData, agentContext.now));
}

async function store(
  tx: Tx,
  lead: Lead,
  since: Date | null,
  { said, ...detail }: { said: string; reason?: string | null; cancelled?: number },
  { actor, referenceData, now }: Pick<AgentContext, 'actor' | 'referenceData' | 'now'>,
): Promise<void> {
  const before = structuredClone(lead);
  lead.do_not_call_since = since;
  await saveLeadChange(tx, {
    before,
    lead,
    changes: [{ field: 'do_not_call', from: since === null, to: since !== null }],
    kind: since ? 'do_not_call' : 'do_not_call_lifted',
    actor,
    reason: said,
    detail,
    referenceData,
    at: now,
  });
}
