import { announce } from '../events/event-store.ts';
import { Refused } from '../http/refused.ts';
import type { Lead } from '../leads/lead.ts';
import { lackingForChange, moveToStatus } from '../leads/lead-status.ts';
import { getLead } from '../leads/lead-store.ts';
import { saveLeadChange } from '../leads/save-lead-change.ts';
import { addNote } from '../notes/note-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId, uuidv7 } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import type { CallEnding } from '../workspaces/reference-data.ts';
import { afterCall } from './agent-state.ts';
import { type AgentContext, aboutCall, cannotCall, lockClaimed, reread, tell } from './call-desk.ts';
import { type Call, endClaim } from './call-store.ts';
import { canCall, explainRefusal } from './can-call.ts';
import { stopCalling } from './do-not-call.ts';

/** An agent's report of a call. */
export interface Told {
  /** One of the workspace's outcomes; undefined for an outcome in free text. */
  ending?: CallEnding | undefined;
  outcome: string;
  note: string | null;
  /** The next attempt, if the agent set a time. */
  againAt: Date | undefined;
  talkSeconds: number | undefined;
  /** Reason for losing the lead, if the outcome closes it as lost. */
  lostReasonId: string | null;
}

/** The next step for a call that has ended. */
interface Next {
  againAt: Date | undefined;
  callback: boolean;
  said: string;
}

/** Ends a claimed call. The meaning of its outcome decides whether it is done, retried or never made again. */
export async function endWithOutcome(
  tx: Tx,
  callId: string,
  claimId: string,
  told: Told,
  agentContext: AgentContext,
): Promise<Call> {
  const call = await lockClaimed(tx, callId, claimId);
  const lead = await getLead(tx, call.lead_id, true);
  if (!lead) throw new Error('A call has no lead.');
  const next = whatFollows(call, lead, told, agentContext);
  await writeEnd(tx, call, next, told, agentContext);
  const ended = await reread(tx, call.id);
  await tellEnd(tx, ended, call.claimed_by ?? agentContext.agent, next, told, agentContext);
  if (told.ending) await follow(tx, ended, lead, told, told.ending, agentContext);
  if (agentContext.memberId) await afterCall(tx, agentContext.memberId, 'ready', agentContext.now);
  return ended;
}

function whatFollows(call: Call, lead: Lead, { ending, againAt }: Told, agentContext: AgentContext): Next {
  const type = agentContext.referenceData.get('type', call.type_id);
  const lawful = (at: Date) => canCall(lead, type, at, agentContext.referenceData.workspace.time_zone);
  if (!ending) return { againAt, callback: false, said: againAt ? ` Next try at ${againAt.toISOString()}.` : '' };
  if (ending.meaning === 'callback') {
    if (!againAt) throw new Refused(invalid({ at: 'callback_at', code: 'required' }));
    if (againAt < agentContext.now) throw new Refused(invalid({ at: 'callback_at', code: 'too_small' }));
    const verdict = lawful(againAt);
    if (!verdict.may) throw cannotCall(explainRefusal(verdict, type));
    return { againAt, callback: true, said: ` A callback was agreed for ${againAt.toISOString()}.` };
  }
  if (againAt) throw new Refused(invalid({ at: 'callback_at', code: 'not_applicable' }));
  if (ending.meaning !== 'retry') return { againAt: undefined, callback: false, said: '' };
  const tried = call.attempts + 1;
  if (ending.max_attempts && tried >= ending.max_attempts)
    return {
      againAt: undefined,
      callback: false,
      said: ` That was try ${tried} of ${ending.max_attempts}, the last.`,
    };
  const due = new Date(agentContext.now.getTime() + (ending.retry_minutes ?? 60) * 60_000);
  const verdict = lawful(due);
  const at = verdict.may ? due : (verdict.at ?? due);
  return { againAt: at, callback: false, said: ` Next try at ${at.toISOString()}.` };
}

async function writeEnd(tx: Tx, call: Call, next: Next, told: Told, agentContext: AgentContext): Promise<void> {
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
      outcome: told.outcome,
      outcome_id: told.ending?.id ?? null,
      note: told.note,
      member_id: call.member_id,
      started_at: call.started_at,
      ended_at: agentContext.now,
      talk_seconds: told.talkSeconds ?? measured,
    },
    agentContext.now,
  );
}

async function tellEnd(
  tx: Tx,
  call: Call,
  agent: string,
  next: Next,
  told: Told,
  agentContext: AgentContext,
): Promise<void> {
  const { outcome, note } = told;
  const talk = call.talk_seconds === null ? {} : { talk_seconds: call.talk_seconds };
  const detail = { ...aboutCall(call, agentContext), outcome, note, again_at: next.againAt, ...talk };
  await tell(tx, call, 'call_ended', `${agent} called: ${outcome}.${next.said}`, detail, agentContext);
  await announce(tx, {
    type: 'call.ended',
    lead_id: call.lead_id,
    payload: {
      call_id: typeId('call', call.id),
      outcome: told.ending ? { id: told.ending.id, name: told.ending.name } : null,
      member_id: call.member_id,
      talk_seconds: call.talk_seconds,
      again_at: next.againAt?.toISOString() ?? null,
    },
    at: agentContext.now,
  });
}

/** Applies the effects of a workspace outcome to the lead. */
async function follow(
  tx: Tx,
  call: Call,
  lead: Lead,
  told: Told,
  ending: CallEnding,
  agentContext: AgentContext,
): Promise<void> {
  const { actor, now: at } = agentContext;
  if (told.note) {
    const id = uuidv7();
    await addNote(tx, { id, lead_id: lead.id, text: told.note, actor, created_at: at });
    await announce(tx, { type: 'note.added', lead_id: lead.id, payload: { note_id: typeId('note', id) }, at });
  }
  if (ending.meaning === 'do_not_call')
    await stopCalling(tx, lead, { reason: `${ending.name}, said on a call.`, except: call.id }, agentContext);
  await moveLead(tx, lead, told, ending, agentContext);
}

/** Moves a locked lead to the status that the outcome names. */
async function moveLead(
  tx: Tx,
  lead: Lead,
  { lostReasonId }: Told,
  ending: CallEnding,
  { actor, referenceData, now }: AgentContext,
): Promise<void> {
  const status = referenceData.get('status', ending.status_id);
  if (!status) return;
  const before = structuredClone(lead);
  const changes = moveToStatus(
    lead,
    { status_id: status.id, lost_reason_id: lostReasonId ?? undefined },
    referenceData,
  );
  if (changes.length === 0) return;
  const lacking = lackingForChange(before, lead, referenceData);
  if (lacking.length > 0) throw new Refused(invalid(...lacking));
  const reason = `The call ended: ${ending.name}.`;
  await saveLeadChange(tx, { before, lead, changes, actor, reason, referenceData, at: now });
}
