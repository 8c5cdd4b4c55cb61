import { announce } from '../../events/event-store.ts';
import { notFound } from '../../http/refused.ts';
import { listLeads } from '../../leads/list/lead-list.ts';
import type { LeadQuestion } from '../../leads/list/lead-list-plan.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { AgentContext } from '../call-desk.ts';
import { planCall } from '../call-store.ts';
import { callPlanned } from '../call-view.ts';
import { canCall, type Verdict, whysNot } from '../can-call.ts';
import { type Claimed, heldCall, isHeld, requirePermitted, take } from '../claim-call.ts';
import { type ListedLead, lockLead, type Recency, readListed } from './call-list-store.ts';

/** At most this many leads of a list are examined, from its beginning. */
export const MOST_LISTED = 1000;

/** A list of leads that somebody works through by phone. */
export interface CallListRequest {
  /** Undefined if no lead can match. */
  question: LeadQuestion | undefined;
  /** When the agent began; leads that were called or skipped since then are passed over. */
  since: Date | undefined;
}

/** Why a lead of a list is passed over. */
export const whysPassed = [...whysNot, 'done', 'held', 'callback'] as const;
type WhyPassed = (typeof whysPassed)[number];

/** What there is to call in a list. */
export interface ListToCall {
  callable: ListedLead[];
  passed: Map<WhyPassed, number>;
  /** True if the list has more leads than the MOST_LISTED that were examined. */
  hasMore: boolean;
}

/** Finds the leads of a list to call, in its order. Must run without row-level visibility, as claiming does. */
export async function readCallList(tx: Tx, list: CallListRequest, agentContext: AgentContext): Promise<ListToCall> {
  const passed = new Map<WhyPassed, number>();
  if (!list.question) return { callable: [], passed, hasMore: false };
  const { leads, next } = await listLeads(tx, { ...list.question, limit: MOST_LISTED });
  const ids = leads.map(({ id }) => id);
  const listed = await readListed(tx, ids, recencyOf(list, agentContext.now), agentContext.visibility);
  const callable = listed.filter((lead) => {
    if (lead.held_by !== null && lead.held_by === agentContext.memberId) return false;
    const why = whyPassed(lead, agentContext);
    if (why) passed.set(why, (passed.get(why) ?? 0) + 1);
    return why === undefined;
  });
  return { callable, passed, hasMore: next !== undefined };
}

/** A request for the next lead of a list, or for one of its leads. */
export interface ListClaim {
  leaseSeconds: number;
  leadId?: string | undefined;
  /** Claims that lead even outside the calling hours; this is recorded. */
  outsideHours?: boolean | undefined;
}

/**
 * Claims the next call of a list, planning one if the lead has none; undefined if nobody is left to call. A member who
 * already holds a call gets that one.
 */
export async function claimFromList(
  tx: Tx,
  list: CallListRequest,
  asked: ListClaim,
  agentContext: AgentContext,
): Promise<Claimed | undefined> {
  const held = await heldCall(tx, asked, agentContext);
  if (held) return held;
  if (asked.leadId) return claimLead(tx, asked.leadId, asked, agentContext);
  const { callable } = await readCallList(tx, list, agentContext);
  for (const { id } of callable) {
    if (!(await lockLead(tx, id))) continue;
    // Somebody else may have called the lead since it was read.
    const [lead] = await readListed(tx, [id], recencyOf(list, agentContext.now), agentContext.visibility);
    if (!lead || whyPassed(lead, agentContext)) continue;
    const taken = await take(tx, await callOf(tx, lead, agentContext), asked.leaseSeconds, agentContext);
    if (taken) return taken;
  }
  return undefined;
}

/** Claims a call of a particular lead, even one that the list would pass over. */
async function claimLead(tx: Tx, id: string, asked: ListClaim, agentContext: AgentContext): Promise<Claimed> {
  const free = await lockLead(tx, id);
  const lately = recencyOf({ since: undefined }, agentContext.now);
  const [lead] = await readListed(tx, [id], lately, agentContext.visibility);
  if (!lead) throw notFound('lead');
  if (!free || lead.held_by !== null) throw isHeld();
  const type = agentContext.referenceData.get('type', lead.type_id);
  const outsideHoursIn = requirePermitted(verdictOn(lead, agentContext), type, asked.outsideHours);
  const callId = await callOf(tx, lead, agentContext);
  const taken = await take(tx, callId, asked.leaseSeconds, agentContext, outsideHoursIn);
  if (!taken) throw isHeld();
  return taken;
}

const HOUR_MS = 3_600_000;

/** Leads called within the last hour are left alone, even if they were called from another list. */
function recencyOf({ since }: Pick<CallListRequest, 'since'>, now: Date): Recency {
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  return { now, calledSince: since && since < hourAgo ? since : hourAgo, skippedSince: since ?? now };
}

function whyPassed(lead: ListedLead, agentContext: AgentContext): WhyPassed | undefined {
  const verdict = verdictOn(lead, agentContext);
  if (!verdict.may && verdict.why !== 'outside_hours') return verdict.why;
  if (lead.is_done) return 'done';
  if (lead.held_by !== null) return 'held';
  if (lead.callback_at && lead.callback_at > agentContext.now) return 'callback';
  return verdict.may ? undefined : verdict.why;
}

/** Whether this lead may be called now. */
export function verdictOn(lead: ListedLead, { referenceData, now }: AgentContext): Verdict {
  const type = referenceData.get('type', lead.type_id);
  return canCall({ ...lead, state: lead.state_name }, type, now, referenceData.workspace);
}

/** The waiting call of a locked lead, otherwise a new one that exists only for this list. */
async function callOf(tx: Tx, lead: ListedLead, { referenceData, now }: AgentContext): Promise<string> {
  if (lead.call_id) return lead.call_id;
  const priority = referenceData.get('type', lead.type_id)?.call_priority ?? 0;
  const call = { id: uuidv7(), lead_id: lead.id, type_id: null, phone: lead.phone ?? '', due_at: now, priority };
  await planCall(tx, { ...call, only_listed: true }, now);
  await announce(tx, callPlanned(call, referenceData, now));
  return call.id;
}
