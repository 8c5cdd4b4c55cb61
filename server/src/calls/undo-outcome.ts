import { announce } from '../events/event-store.ts';
import { touches } from '../events/screens.ts';
import { orNotFound, Refused } from '../http/refused.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Lead } from '../leads/lead.ts';
import { moveToStatus } from '../leads/lead-status.ts';
import { getLead } from '../leads/lead-store.ts';
import { saveLeadChange } from '../leads/save-lead-change.ts';
import { lockNote, removeNote } from '../notes/note-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import { getTask, removeTask } from '../tasks/task-store.ts';
import { type AgentContext, aboutCall, reread } from './call-desk.ts';
import { cancelCall, type EndedCall, endClaim } from './call-store.ts';
import { resumeCalling } from './do-not-call.ts';
import {
  type BeforeOutcome,
  forgetAttempts,
  forgetFirstReply,
  hasOtherWaiting,
  keepBefore,
  lastEnded,
} from './undo-outcome-store.ts';

/** How long an outcome can be undone, in ms. */
const UNDO_MS = 3_600_000;

/**
 * Undoes the last outcome of a lead's calls, with everything that followed from it: status, note, next step,
 * do-not-call and the next attempt. The call waits again. Refused after an hour, to anybody but the member who reported
 * the outcome, and if the lead has been moved to another status since.
 */
export async function undoOutcome(tx: Tx, leadId: string, agentContext: AgentContext): Promise<void> {
  const lead = orNotFound(await getLead(tx, leadId, true), 'lead');
  const ended = await lastEnded(tx, leadId);
  const isTheirs = ended?.member_id === agentContext.memberId;
  if (!ended || !isTheirs || agentContext.now.getTime() - ended.ended_at.getTime() > UNDO_MS)
    throw cannotUndo('You have reported no outcome in the last hour that could be undone.');
  const { before } = ended;
  const isAsLeft =
    !before.moved || Object.entries(before.moved.to).every(([name, id]) => lead[name as 'status_id'] === id);
  if (!isAsLeft) throw cannotUndo('The lead has been changed since. Change it by hand.');
  const outcome = (await reread(tx, ended.id)).outcome ?? '';
  await restoreCall(tx, ended, agentContext.now);
  if (before.stopped) await resumeCalling(tx, before.stopped, agentContext);
  const fresh = before.stopped ? ((await getLead(tx, leadId, true)) ?? lead) : lead;
  await restoreLead(tx, fresh, before, outcome, agentContext);
  await removeAdded(tx, leadId, before, agentContext);
  const { actor, agent, now: at } = agentContext;
  const reason = `${agent} undid the outcome ${outcome}.`;
  const detail = { ...aboutCall(ended, agentContext), outcome };
  await recordActivity(tx, { lead_id: leadId, kind: 'call_undone', actor, reason, detail, at });
  if (before.is_first_reply) await forgetFirstReply(tx, leadId);
  touches(tx, 'calls', leadId);
}

async function restoreCall(
  tx: Tx,
  { id, ended_at, before }: { id: string; ended_at: Date; before: BeforeOutcome },
  now: Date,
): Promise<void> {
  const { call } = before;
  await forgetAttempts(tx, id, call.ended_at ? [ended_at, call.ended_at] : [ended_at]);
  // The claim has ended, so the call waits for anyone who is free, unless another call is waiting by now.
  const isGone = before.is_new || (await hasOtherWaiting(tx, id));
  const state = isGone ? 'cancelled' : 'pending';
  await endClaim(tx, id, { ...call, state, started_at: null } as unknown as EndedCall, now);
  if (isGone) await cancelCall(tx, id, now);
  await keepBefore(tx, id, null);
}

async function restoreLead(
  tx: Tx,
  lead: Lead,
  { moved }: BeforeOutcome,
  outcome: string,
  { actor, referenceData, now }: AgentContext,
): Promise<void> {
  if (!moved || !referenceData.get('status', moved.from.status_id)) return;
  const before = structuredClone(lead);
  const changes = moveToStatus(lead, moved.from, referenceData);
  const reason = `The outcome ${outcome} was undone.`;
  await saveLeadChange(tx, { before, lead, changes, actor, reason, referenceData, at: now });
}

/** Removes the note and the next step that came with the outcome, unless the step has been done in the meantime. */
async function removeAdded(tx: Tx, lead_id: string, before: BeforeOutcome, { now: at }: AgentContext): Promise<void> {
  const note = before.note_id ? await lockNote(tx, before.note_id) : undefined;
  if (note) {
    await removeNote(tx, note);
    await announce(tx, { type: 'note.deleted', lead_id, payload: { note_id: typeId('note', note.id) }, at });
  }
  const task = before.task_id ? await getTask(tx, before.task_id, true) : undefined;
  if (!task || task.done_at) return;
  await removeTask(tx, task.id);
  await announce(tx, { type: 'task.deleted', lead_id, payload: { task_id: typeId('task', task.id) }, at });
}

function cannotUndo(detail: string): Refused {
  return new Refused({ kind: 'own_conflict', code: 'nothing_to_undo', detail });
}
