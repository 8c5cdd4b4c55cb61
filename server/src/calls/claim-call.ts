import { announce } from '../events/event-store.ts';
import { orNotFound, Refused } from '../http/refused.ts';
import type { ActivityDetails } from '../leads/activity-kinds.ts';
import type { Lead } from '../leads/lead.ts';
import { getLead } from '../leads/lead-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId, uuidv7 } from '../platform/ids.ts';
import { timeIn } from '../platform/time/calendar.ts';
import { isVisible } from '../workspaces/access/visibility.ts';
import { audit } from '../workspaces/audit/audit-store.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { requireNotPaused, startWork } from './agent-state.ts';
import { type AgentContext, aboutCall, cannotCall, releaseCall, tell } from './call-desk.ts';
import { type Call, cancelCall } from './call-store.ts';
import { callCancelled } from './call-view.ts';
import type { CalleeZone } from './callee-zone.ts';
import { type CallingHours, canCall, explainRefusal, type Verdict } from './can-call.ts';
import {
  claimOf,
  dueOfRank,
  findOffer,
  lockFirstFree,
  type Offer,
  putOff,
  takeCall,
  type Wanted,
  waitingRanks,
} from './queue-store.ts';

/** A claimed call with its lead and the id of the claim. */
export interface Claimed {
  call: Call;
  lead: Lead;
  claimId: string;
}

/** A request for the next call, or for a particular one. */
export interface ClaimRequest {
  leaseSeconds: number;
  typeId?: string | undefined;
  callId?: string | undefined;
  leadId?: string | undefined;
  /** Claims this particular call even outside the calling hours; this is recorded. */
  outsideHours?: boolean | undefined;
}

/**
 * Claims a call for the agent; undefined if none is due. A member has only one call at a time, so claiming again
 * returns the same call. Must run in a transaction without row-level visibility, because the query applies the
 * agent's own.
 */
export async function claim(tx: Tx, request: ClaimRequest, agentContext: AgentContext): Promise<Claimed | undefined> {
  const held = await heldCall(tx, request, agentContext);
  if (held) return held;
  const wanted = { now: agentContext.now, typeId: request.typeId, visibility: agentContext.visibility };
  if (request.callId || request.leadId) return claimThis(tx, request, wanted, agentContext);
  const patience = { left: MAX_POSTPONED };
  for (const rank of await waitingRanks(tx)) {
    const id = await firstPermitted(tx, rank, wanted, agentContext.referenceData, patience);
    const taken = id && (await take(tx, id, request.leaseSeconds, agentContext));
    if (taken) return taken;
  }
  return undefined;
}

/**
 * The call that the member already holds. Refused if they ask for another call, or if they are paused. An expired claim
 * of a call that was planned only for a list cancels the call. The call of a lead that they no longer see is released.
 */
export async function heldCall(
  tx: Tx,
  { callId, leadId }: Pick<ClaimRequest, 'callId' | 'leadId'>,
  agentContext: AgentContext,
): Promise<Claimed | undefined> {
  const { memberId, now, visibility } = agentContext;
  if (!memberId) return undefined;
  const call = await claimOf(tx, memberId);
  if (!call?.claim_expires_at || call.claim_expires_at <= now) {
    if (call?.only_listed) {
      await cancelCall(tx, call.id, now);
      await announce(tx, callCancelled(call, now));
    }
    await requireNotPaused(tx, memberId, now);
    return undefined;
  }
  const held = await withLead(tx, call, call.claim_id ?? '');
  if (!isVisible(visibility, held.lead)) {
    await releaseCall(tx, call.id, held.claimId, agentContext);
    return undefined;
  }
  if ((callId && callId !== call.id) || (leadId && leadId !== call.lead_id))
    throw new Refused({
      kind: 'own_conflict',
      code: 'agent_state',
      detail: 'You already hold another call. Finish or release it first.',
    });
  return held;
}

async function claimThis(tx: Tx, asked: ClaimRequest, wanted: Wanted, agentContext: AgentContext): Promise<Claimed> {
  const offer = orNotFound(await findOffer(tx, asked, wanted), 'call');
  const verdict = checkOffer(offer, agentContext.referenceData, agentContext.now);
  const type = typeOf(offer, agentContext.referenceData);
  const outsideHoursIn = requirePermitted(verdict, type, asked.outsideHours);
  const id = await lockFirstFree(tx, [offer.id], agentContext.now);
  const taken = id && (await take(tx, id, asked.leaseSeconds, agentContext, outsideHoursIn));
  if (!taken) throw isHeld();
  return taken;
}

/**
 * Refuses a call that may not be made now; returns the lead's time zone if the agent chose to call outside the hours.
 */
export function requirePermitted(
  verdict: Verdict,
  type: CallingHours | undefined,
  outsideHours: boolean | undefined,
): CalleeZone | undefined {
  if (verdict.may) return undefined;
  if (verdict.why === 'outside_hours' && outsideHours) return verdict.zone;
  throw cannotCall(explainRefusal(verdict, type), verdict.why);
}

export const isHeld = () => cannotCall('Someone else is working on this lead at the moment.');

const AT_ONCE = 50;
/** The most calls postponed during one claim; the next claim continues with the calls after them. */
const MAX_POSTPONED = 500;

/** Locks the first call of a rank that may be made now, and postpones those that may not be made yet. */
async function firstPermitted(
  tx: Tx,
  rank: number,
  wanted: Wanted,
  referenceData: ReferenceData,
  patience: { left: number },
): Promise<string | undefined> {
  while (patience.left > 0) {
    const offers = await dueOfRank(tx, rank, wanted, AT_ONCE);
    const checked = offers.map((offer) => ({ offer, verdict: checkOffer(offer, referenceData, wanted.now) }));
    const later = checked.flatMap(({ offer, verdict }) =>
      verdict.may ? [] : [{ id: offer.id, until: verdict.at ?? new Date(wanted.now.getTime() + 86_400_000) }],
    );
    if (later.length > 0) await putOff(tx, later);
    patience.left -= later.length;
    const lawful = checked.filter(({ verdict }) => verdict.may).map(({ offer }) => offer.id);
    const id = lawful.length > 0 ? await lockFirstFree(tx, lawful, wanted.now) : undefined;
    if (id || later.length === 0) return id;
  }
  return undefined;
}

/** Whether this waiting call may be made now. */
export function checkOffer(offer: Offer, referenceData: ReferenceData, now: Date): Verdict {
  return canCall({ ...offer, state: offer.state_name }, typeOf(offer, referenceData), now, referenceData.workspace);
}

function typeOf({ type_id, lead_type_id }: Offer, referenceData: ReferenceData) {
  return referenceData.get('type', type_id ?? lead_type_id);
}

/** Claims a locked call and records it on the timeline; undefined if another call of the lead was claimed meanwhile. */
export async function take(
  tx: Tx,
  id: string,
  leaseSeconds: number,
  agentContext: AgentContext,
  outsideHoursIn?: CalleeZone,
): Promise<Claimed | undefined> {
  const claimId = uuidv7();
  const expiresAt = new Date(agentContext.now.getTime() + leaseSeconds * 1000);
  const { agent, memberId, now } = agentContext;
  const call = await takeCall(tx, id, { claimId, by: agent, memberId, now, expiresAt });
  if (!call) return undefined;
  const detail = { ...aboutCall(call, agentContext), claim_expires_at: expiresAt };
  if (outsideHoursIn) await recordOverride(tx, call, { ...detail, zone: outsideHoursIn }, agentContext);
  else await tell(tx, call, 'call_claimed', `${agent} claimed the call.`, detail, agentContext);
  if (memberId) await startWork(tx, memberId, call.id, now);
  return withLead(tx, call, claimId);
}

/** Records on the timeline and in the audit log that the agent chose to call outside the hours. */
async function recordOverride(
  tx: Tx,
  call: Call,
  { zone, ...detail }: ActivityDetails['call_claimed'] & { zone: CalleeZone },
  agentContext: AgentContext,
): Promise<void> {
  const { agent, now } = agentContext;
  const about = localTimeOf(zone, now);
  const said = `${agent} claimed the call outside the calling hours, at ${about}.`;
  await tell(tx, call, 'call_claimed', said, { ...detail, outside_hours: about }, agentContext);
  await auditOverride(tx, { leadId: call.lead_id, localTime: about }, agentContext);
}

/** Records in the audit log that somebody chose to call a lead outside the hours. */
export async function auditOverride(
  tx: Tx,
  { leadId, localTime }: { leadId: string; localTime: string },
  { actor, now }: Pick<AgentContext, 'actor' | 'now'>,
): Promise<void> {
  const detail = { lead_id: typeId('lead', leadId), local_time: localTime };
  await audit(tx, { actor, action: 'called_outside_hours', detail }, now);
}

/** The local time of a callee in words: `about 04:00 in America/Denver`. */
export function localTimeOf({ guessed_from, time_zone }: CalleeZone, now: Date): string {
  return `${guessed_from ? 'about ' : ''}${timeIn(now, time_zone)} in ${time_zone}`;
}

export async function withLead(tx: Tx, call: Call, claimId: string): Promise<Claimed> {
  const lead = orNotFound(await getLead(tx, call.lead_id), 'call');
  return { call, lead, claimId };
}
