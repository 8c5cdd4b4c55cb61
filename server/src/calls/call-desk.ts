import { announce } from '../events/event-store.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Lead } from '../leads/lead.ts';
import { getLead } from '../leads/lead-store.ts';
import { notFound, Refused } from '../platform/http/refused.ts';
import { uuidv7 } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import type { Tx } from '../platform/transaction.ts';
import type { Book } from '../workspaces/book.ts';
import { type Call, claimCall, endCall, extendClaim, getCall, planCall } from './call-store.ts';
import { viewCall } from './call-view.ts';

/** Who works the calls, and when. */
export interface AtDesk {
  actor: string;
  /** The agent's name, for the timeline. */
  agent: string;
  book: Book;
  now: Date;
}

/** Plans a call by hand. Refuses when one of this type waits already, or there is no phone to call. */
export async function planByHand(
  tx: Tx,
  leadId: string,
  { dueAt, typeId }: { dueAt: Date; typeId: string | null },
  desk: AtDesk,
): Promise<Call> {
  const lead = await getLead(tx, leadId, true);
  if (!lead) throw notFound('lead');
  if (!lead.phone) throw new Refused(invalid({ at: 'phone', field: 'phone', code: 'required' }));
  const call = await planCall(
    tx,
    { id: uuidv7(), lead_id: lead.id, type_id: typeId, phone: lead.phone, due_at: dueAt },
    desk.now,
  );
  if (!call)
    throw new Refused({
      kind: 'own_conflict',
      code: 'call_waiting',
      detail: 'A call of this type waits for the lead already.',
    });
  await tell(tx, call, 'call_planned', 'A call was planned by hand.', { due_at: dueAt }, desk);
  return call;
}

/** Gives the agent the call that is due first, with its lead; undefined when none is due. */
export async function claimNext(
  tx: Tx,
  { leaseSeconds, typeId }: { leaseSeconds: number; typeId: string | undefined },
  desk: AtDesk,
): Promise<{ call: Call; lead: Lead; claimId: string } | undefined> {
  const claimId = uuidv7();
  const expiresAt = new Date(desk.now.getTime() + leaseSeconds * 1000);
  const call = await claimCall(tx, { claimId, by: desk.agent, now: desk.now, expiresAt, typeId });
  if (!call) return undefined;
  const lead = await getLead(tx, call.lead_id);
  if (!lead) throw notFound('call');
  await tell(tx, call, 'call_claimed', `${desk.agent} took the call.`, { claim_expires_at: expiresAt }, desk);
  return { call, lead, claimId };
}

export interface CallOutcome {
  outcome: string;
  note: string | null;
  /** When to try again; undefined: the call is done. */
  againAt: Date | undefined;
}

/** Ends a claimed call with its outcome: done, or waiting again. */
export async function endWithOutcome(
  tx: Tx,
  callId: string,
  claimId: string,
  { outcome, note, againAt }: CallOutcome,
  desk: AtDesk,
): Promise<Call> {
  const call = await lockClaimed(tx, callId, claimId);
  await endCall(tx, call.id, {
    state: againAt ? 'pending' : 'dialled',
    dueAt: againAt ?? call.due_at,
    attempts: call.attempts + 1,
    outcome,
    note,
    now: desk.now,
  });
  const ended = await reread(tx, call.id);
  const agent = call.claimed_by ?? desk.agent;
  const after = againAt ? ` Next try at ${againAt.toISOString()}.` : '';
  await tell(
    tx,
    ended,
    'call_ended',
    `${agent} called: ${outcome}.${after}`,
    { outcome, note, again_at: againAt },
    desk,
  );
  await announce(tx, {
    type: 'call.ended',
    lead_id: call.lead_id,
    payload: { call: viewCall(ended, desk.book), agent, again: againAt !== undefined },
    at: desk.now,
  });
  return ended;
}

/** Gives a claimed call back undialled; it is offered again at once. */
export async function giveBack(tx: Tx, callId: string, claimId: string, desk: AtDesk): Promise<Call> {
  const call = await lockClaimed(tx, callId, claimId);
  const { due_at, attempts, outcome, note } = call;
  await endCall(tx, call.id, { state: 'pending', dueAt: due_at, attempts, outcome, note, now: desk.now });
  await tell(tx, call, 'call_released', `${call.claimed_by ?? desk.agent} gave the call back.`, {}, desk);
  return reread(tx, call.id);
}

/** Moves the end of a claim. Says nothing on the timeline: agents do it every minute. */
export async function keepClaim(
  tx: Tx,
  callId: string,
  claimId: string,
  leaseSeconds: number,
  desk: AtDesk,
): Promise<Call> {
  const call = await lockClaimed(tx, callId, claimId);
  await extendClaim(tx, call.id, new Date(desk.now.getTime() + leaseSeconds * 1000), desk.now);
  return reread(tx, call.id);
}

/**
 * The call, locked after its lead as everywhere. A claim that has run out still holds as long as nobody else took the
 * call: what an agent has to tell is not refused for being late.
 */
async function lockClaimed(tx: Tx, callId: string, claimId: string): Promise<Call> {
  const found = await getCall(tx, callId);
  if (!found) throw notFound('call');
  await getLead(tx, found.lead_id, true);
  const call = await getCall(tx, callId, true);
  if (!call) throw notFound('call');
  if (call.claim_id !== claimId) throw new Refused({ kind: 'conflict', code: 'claim_lost' });
  return call;
}

async function reread(tx: Tx, id: string): Promise<Call> {
  const call = await getCall(tx, id);
  if (!call) throw notFound('call');
  return call;
}

async function tell(tx: Tx, call: Call, kind: string, reason: string, detail: object, desk: AtDesk): Promise<void> {
  await recordActivity(tx, {
    lead_id: call.lead_id,
    kind,
    actor: desk.actor,
    reason,
    detail: { call_id: call.id, agent: desk.agent, ...detail },
    at: desk.now,
  });
}
