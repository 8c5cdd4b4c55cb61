import { announce } from '../events/event-store.ts';
import { orNotFound, Refused } from '../http/refused.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Lead } from '../leads/lead.ts';
import { getLead } from '../leads/lead-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import { type AgentContext, cannotCall } from './call-desk.ts';
import { type Call, planCall } from './call-store.ts';
import { callPlanned } from './call-view.ts';
import { endWithOutcome } from './end-call.ts';
import type { ReportedOutcome } from './follow-outcome.ts';
import { findOffer, takeCall } from './queue-store.ts';

/**
 * Records a call made outside the queue; the first one by a member counts as the first reply. One of the workspace's
 * outcomes is processed as for a queued call, on the lead's waiting call or a new one.
 */
export async function logCall(
  tx: Tx,
  leadId: string,
  reported: ReportedOutcome,
  agentContext: AgentContext,
): Promise<void> {
  const lead = orNotFound(await getLead(tx, leadId, true), 'lead');
  if (!reported.ending) return noteDown(tx, leadId, reported, agentContext);
  const held = await heldBy(tx, leadId, agentContext);
  if (held?.claim_id) {
    await endWithOutcome(tx, held.id, held.claim_id, reported, agentContext);
    return;
  }
  const claimId = uuidv7();
  const { call, isNew } = await takeOrPlan(tx, lead, claimId, agentContext);
  // The call was not made from the call screen, so the member's state there stays unchanged.
  await endWithOutcome(tx, call.id, claimId, reported, { ...agentContext, memberId: null }, isNew);
}

/** The lead's call that the member has claimed on the call screen. */
async function heldBy(tx: Tx, leadId: string, { memberId, now }: AgentContext): Promise<Call | undefined> {
  const call = await findOffer(tx, { leadId }, { now });
  return memberId !== null && call?.state === 'claimed' && call.member_id === memberId ? call : undefined;
}

async function takeOrPlan(
  tx: Tx,
  lead: Lead,
  claimId: string,
  agentContext: AgentContext,
): Promise<{ call: Call; isNew: boolean }> {
  const { agent: by, memberId, now } = agentContext;
  const waiting = await findOffer(tx, { leadId: lead.id }, { now });
  const id = waiting?.id ?? (await plan(tx, lead, agentContext));
  const call = await takeCall(tx, id, { claimId, by, memberId, now, expiresAt: now });
  if (!call) throw cannotCall('Someone else is working on this lead at the moment.');
  return { call, isNew: waiting === undefined };
}

async function plan(tx: Tx, lead: Lead, { referenceData, now }: AgentContext): Promise<string> {
  const phone = lead.phone ?? lead.other_phone;
  if (!phone) throw new Refused(invalid({ at: 'phone', field: 'phone', code: 'required' }));
  const id = uuidv7();
  const priority = referenceData.get('type', lead.type_id)?.call_priority ?? 0;
  const call = { id, lead_id: lead.id, type_id: null, phone, due_at: now, priority };
  if (await planCall(tx, call, now)) await announce(tx, callPlanned(call, referenceData, now));
  return id;
}

/** Records a call with a free-text outcome, which has no further effect. */
async function noteDown(
  tx: Tx,
  leadId: string,
  reported: ReportedOutcome,
  { actor, now: at }: AgentContext,
): Promise<void> {
  if (reported.againAt) throw new Refused(invalid({ at: 'callback_at', code: 'not_applicable' }));
  if (reported.nextStep) throw new Refused(invalid({ at: 'next_step', code: 'not_applicable' }));
  const detail = { outcome: reported.outcome, note: reported.note, talk_seconds: reported.talkSeconds ?? null };
  await recordActivity(tx, { lead_id: leadId, kind: 'call_logged', actor, detail, at });
  await announce(tx, {
    type: 'call.logged',
    lead_id: leadId,
    payload: { talk_seconds: detail.talk_seconds },
    at,
  });
}
