import { announce } from '../events/event-store.ts';
import { touches } from '../events/screens.ts';
import { orNotFound, Refused } from '../http/refused.ts';
import type { ActivityDetails } from '../leads/activity-kinds.ts';
import { recordActivity } from '../leads/activity-store.ts';
import { getLead } from '../leads/lead-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { afterCall } from './agent-state.ts';
import { type Call, type EndedCall, endClaim, extendClaim, getCall, planCall, startCall } from './call-store.ts';
import { callCancelled, callPlanned } from './call-view.ts';
import { canCall, explainRefusal, permittedFrom, type WhyNot } from './can-call.ts';

/** The agent who makes the calls, and what is needed to act for them. */
export interface AgentContext {
  actor: string;
  /** The agent's name, for the timeline. */
  agent: string;
  /** The signed-in member; null for a token. */
  memberId: string | null;
  /** Limits which leads the agent sees; undefined for all. */
  visibility?: Visibility | undefined;
  referenceData: ReferenceData;
  now: Date;
}

/** Schedules a call by hand. Refused if one of this type is already waiting, or if the lead must not be called. */
export async function scheduleByHand(
  tx: Tx,
  leadId: string,
  { dueAt, typeId }: { dueAt: Date; typeId: string | null },
  agentContext: AgentContext,
): Promise<Call> {
  const lead = orNotFound(await getLead(tx, leadId, true), 'lead');
  if (!lead.phone) throw new Refused(invalid({ at: 'phone', field: 'phone', code: 'required' }));
  const { workspace } = agentContext.referenceData;
  const verdict = canCall(lead, undefined, agentContext.now, workspace);
  if (!verdict.may && verdict.why !== 'outside_hours') throw cannotCall(explainRefusal(verdict, undefined));
  const type = agentContext.referenceData.get('type', typeId ?? lead.type_id);
  const call = await planCall(
    tx,
    {
      id: uuidv7(),
      lead_id: lead.id,
      type_id: typeId,
      phone: lead.phone,
      due_at: dueAt,
      offer_at: permittedFrom(lead, type, dueAt, workspace),
      priority: type?.call_priority ?? 0,
      again: lead.first_reply_at !== null,
    },
    agentContext.now,
  );
  if (!call)
    throw new Refused({
      kind: 'own_conflict',
      code: 'call_waiting',
      detail: 'A call of this type is already planned for the lead.',
    });
  const detail = { ...aboutCall(call, agentContext), due_at: dueAt };
  await tell(tx, call, 'call_planned', 'A call was planned by hand.', detail, agentContext);
  await announce(tx, callPlanned(call, agentContext.referenceData, agentContext.now));
  return call;
}

/** Records that the conversation has begun. Idempotent. */
export async function beginTalk(tx: Tx, callId: string, claimId: string, agentContext: AgentContext): Promise<Call> {
  const call = await lockClaimed(tx, callId, claimId);
  touches(tx, 'calls', call.lead_id);
  if (!call.started_at) await startCall(tx, call.id, agentContext.now);
  if (agentContext.memberId) await afterCall(tx, agentContext.memberId, 'on_call', agentContext.now);
  return reread(tx, call.id);
}

/** Releases a claimed call without dialling. It is offered again at once, or cancelled if it was only for a list. */
export async function releaseCall(tx: Tx, callId: string, claimId: string, agentContext: AgentContext): Promise<Call> {
  const call = await lockClaimed(tx, callId, claimId);
  await letGo(tx, call, {}, agentContext);
  await tell(
    tx,
    call,
    'call_released',
    `${call.claimed_by ?? agentContext.agent} released the call.`,
    aboutCall(call, agentContext),
    agentContext,
  );
  return reread(tx, call.id);
}

const SKIP_MINUTES = 15;

/** Skips a claimed call. It is offered again after a growing delay, or cancelled if it was only for a list. */
export async function skipCall(
  tx: Tx,
  callId: string,
  claimId: string,
  reason: string | null,
  agentContext: AgentContext,
): Promise<Call> {
  const call = await lockClaimed(tx, callId, claimId);
  const skips = call.skips + 1;
  const offer_at = new Date(agentContext.now.getTime() + Math.min(skips, 8) * SKIP_MINUTES * 60_000);
  await letGo(tx, call, { skips, offer_at }, agentContext);
  const why = reason ? `: ${reason}` : '';
  const said = `${call.claimed_by ?? agentContext.agent} skipped the call${why}.`;
  const detail = { ...aboutCall(call, agentContext), reason, again_at: offer_at };
  await tell(tx, call, 'call_skipped', said.replace(/\.\.$/, '.'), detail, agentContext);
  return reread(tx, call.id);
}

async function letGo(tx: Tx, call: Call, change: Partial<EndedCall>, agentContext: AgentContext): Promise<void> {
  const member_id = call.ended_at ? call.member_id : null;
  const state = call.only_listed ? 'cancelled' : 'pending';
  await endClaim(tx, call.id, { ...call, state, member_id, started_at: null, ...change }, agentContext.now);
  if (call.only_listed) await announce(tx, callCancelled(call, agentContext.now));
  if (agentContext.memberId) await afterCall(tx, agentContext.memberId, 'ready', agentContext.now);
}

/** Extends a claim. This happens every minute, so it adds nothing to the timeline. */
export async function keepClaim(
  tx: Tx,
  callId: string,
  claimId: string,
  leaseSeconds: number,
  agentContext: AgentContext,
): Promise<Call> {
  const call = await lockClaimed(tx, callId, claimId);
  await extendClaim(tx, call.id, new Date(agentContext.now.getTime() + leaseSeconds * 1000), agentContext.now);
  return reread(tx, call.id);
}

/**
 * Locks the lead and then its call, the order used everywhere. An expired claim stays valid until somebody else claims
 * the call, so that a late report is not refused.
 */
export async function lockClaimed(tx: Tx, callId: string, claimId: string): Promise<Call> {
  const found = orNotFound(await getCall(tx, callId), 'call');
  await getLead(tx, found.lead_id, true);
  const call = orNotFound(await getCall(tx, callId, true), 'call');
  if (call.claim_id !== claimId) throw new Refused({ kind: 'conflict', code: 'claim_lost' });
  return call;
}

export async function reread(tx: Tx, id: string): Promise<Call> {
  return orNotFound(await getCall(tx, id), 'call');
}

/** The error for a call that may not be made. */
export function cannotCall(detail: string, why?: WhyNot): Refused {
  const code = why === 'outside_hours' ? 'outside_hours' : 'cannot_call';
  return new Refused({ kind: 'own_conflict', code, detail });
}

type CallKind = 'call_planned' | 'call_claimed' | 'call_released' | 'call_skipped' | 'call_ended';

/** Adds an entry to the timeline of the call's lead. */
export async function tell<K extends CallKind>(
  tx: Tx,
  call: Pick<Call, 'id' | 'lead_id'>,
  kind: K,
  reason: string,
  detail: ActivityDetails[K],
  { actor, now: at }: Pick<AgentContext, 'actor' | 'now'>,
): Promise<void> {
  touches(tx, 'calls', call.lead_id);
  await recordActivity(tx, { lead_id: call.lead_id, kind, actor, reason, detail, at });
}

/** Details common to all timeline entries about a queued call. */
export function aboutCall({ id }: Pick<Call, 'id'>, { agent }: Pick<AgentContext, 'agent'>) {
  return { call_id: id, agent };
}
