import { announce } from '../events/event-store.ts';
import { Refused } from '../http/refused.ts';
import type { Lead } from '../leads/lead.ts';
import { getLead } from '../leads/lead-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import { afterCall } from './agent-state.ts';
import { type AgentContext, aboutCall, cannotCall, lockClaimed, reread, tell } from './call-desk.ts';
import { type Call, endClaim } from './call-store.ts';
import { canCall, explainRefusal } from './can-call.ts';
import { followOutcome, type ReportedOutcome } from './follow-outcome.ts';
import { type BeforeOutcome, keepBefore } from './undo-outcome-store.ts';

/** What happens with a call after its outcome: the next attempt, and the words about it for the timeline. */
interface Next {
  againAt: Date | undefined;
  callback: boolean;
  said: string;
}

/**
 * Ends a claimed call. The meaning of its outcome decides whether the call is done, retried or never made again.
 * `isNew`: the call was created only for this report.
 */
export async function endWithOutcome(
  tx: Tx,
  callId: string,
  claimId: string,
  reported: ReportedOutcome,
  agentContext: AgentContext,
  isNew = false,
): Promise<Call> {
  const call = await lockClaimed(tx, callId, claimId);
  const lead = await getLead(tx, call.lead_id, true);
  if (!lead) throw new Error('A call has no lead.');
  // Read before the lead's status changes, because that may set it.
  const is_first_reply = lead.first_reply_at === null;
  const next = whatFollows(call, lead, reported, agentContext);
  await writeEnd(tx, call, next, reported, agentContext);
  const ended = await reread(tx, call.id);
  await tellEnd(tx, ended, call.claimed_by ?? agentContext.agent, next, reported, agentContext);
  const effects = await followOutcome(tx, ended, lead, reported, agentContext);
  await keepBefore(tx, call.id, {
    ...effects,
    call: asStored(call),
    is_new: isNew || call.only_listed === true,
    is_first_reply,
  });
  if (agentContext.memberId) await afterCall(tx, agentContext.memberId, 'ready', agentContext.now);
  return ended;
}

/** The part of a call that an outcome changes, as JSON. */
function asStored(call: Call): BeforeOutcome['call'] {
  const { state, callback, again, skips, attempts, outcome, outcome_id, note, member_id, talk_seconds } = call;
  return {
    ...{ state, callback, again, skips, attempts, outcome, outcome_id, note, talk_seconds },
    // A call that had never ended belonged to nobody before it was claimed.
    member_id: call.ended_at ? member_id : null,
    due_at: call.due_at.toISOString(),
    offer_at: call.offer_at.toISOString(),
    started_at: call.started_at?.toISOString() ?? null,
    ended_at: call.ended_at?.toISOString() ?? null,
  };
}

function whatFollows(call: Call, lead: Lead, { ending, againAt }: ReportedOutcome, agentContext: AgentContext): Next {
  const type = agentContext.referenceData.get('type', call.type_id ?? lead.type_id);
  const lawful = (at: Date) => canCall(lead, type, at, agentContext.referenceData.workspace);
  if (!ending) return { againAt, callback: false, said: againAt ? ` Next attempt at ${againAt.toISOString()}.` : '' };
  if (ending.meaning === 'callback') {
    if (!againAt) throw new Refused(invalid({ at: 'callback_at', code: 'required' }));
    if (againAt < agentContext.now) throw new Refused(invalid({ at: 'callback_at', code: 'too_small' }));
    const verdict = lawful(againAt);
    if (!verdict.may) throw cannotCall(explainRefusal(verdict, type), verdict.why);
    return { againAt, callback: true, said: ` A callback was agreed for ${againAt.toISOString()}.` };
  }
  if (againAt) throw new Refused(invalid({ at: 'callback_at', code: 'not_applicable' }));
  if (ending.meaning !== 'retry') return { againAt: undefined, callback: false, said: '' };
  const tried = call.attempts + 1;
  if (ending.max_attempts && tried >= ending.max_attempts)
    return {
      againAt: undefined,
      callback: false,
      said: ` That was attempt ${tried} of ${ending.max_attempts}, the last.`,
    };
  const due = new Date(agentContext.now.getTime() + (ending.retry_minutes ?? 60) * 60_000);
  const verdict = lawful(due);
  const at = verdict.may ? due : (verdict.at ?? due);
  return { againAt: at, callback: false, said: ` Next attempt at ${at.toISOString()}.` };
}

async function writeEnd(
  tx: Tx,
  call: Call,
  next: Next,
  reported: ReportedOutcome,
  agentContext: AgentContext,
): Promise<void> {
  const { againAt, callback } = next;
  const measured = call.started_at && Math.round((agentContext.now.getTime() - call.started_at.getTime()) / 1000);
  await endClaim(
    tx,
    call.id,
    {
      state: againAt ? 'pending' : 'dialled',
      due_at: againAt ?? call.due_at,
      offer_at: againAt ?? call.due_at,
      callback: againAt ? callback : call.callback,
      again: true,
      skips: 0,
      attempts: call.attempts + 1,
      outcome: reported.outcome,
      outcome_id: reported.ending?.id ?? null,
      note: reported.note,
      member_id: call.member_id,
      started_at: call.started_at,
      ended_at: agentContext.now,
      talk_seconds: reported.talkSeconds ?? measured,
    },
    agentContext.now,
  );
}

async function tellEnd(
  tx: Tx,
  call: Call,
  agent: string,
  next: Next,
  reported: ReportedOutcome,
  agentContext: AgentContext,
): Promise<void> {
  const { outcome, note } = reported;
  const talk = call.talk_seconds === null ? {} : { talk_seconds: call.talk_seconds };
  const detail = { ...aboutCall(call, agentContext), outcome, note, again_at: next.againAt, ...talk };
  await tell(tx, call, 'call_ended', `${agent} called: ${outcome}.${next.said}`, detail, agentContext);
  await announce(tx, {
    type: 'call.ended',
    lead_id: call.lead_id,
    payload: {
      call_id: typeId('call', call.id),
      outcome: reported.ending ? { id: reported.ending.id, name: reported.ending.name } : null,
      member_id: call.member_id,
      talk_seconds: call.talk_seconds,
      again_at: next.againAt?.toISOString() ?? null,
    },
    at: agentContext.now,
  });
}
