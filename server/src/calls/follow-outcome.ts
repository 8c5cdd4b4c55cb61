import { announce } from '../events/event-store.ts';
import { Refused } from '../http/refused.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Lead } from '../leads/lead.ts';
import { lackingForChange, moveToStatus } from '../leads/lead-status.ts';
import { saveLeadChange } from '../leads/save-lead-change.ts';
import { addNote } from '../notes/note-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId, uuidv7 } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import { addTask, type Task } from '../tasks/task-store.ts';
import { aboutTask } from '../tasks/task-view.ts';
import { type CallEnding, isOpenState, type ReferenceData, type Status } from '../workspaces/reference-data.ts';
import type { AgentContext } from './call-desk.ts';
import type { Call } from './call-store.ts';
import { stopCalling } from './do-not-call.ts';
import type { Effects } from './undo-outcome-store.ts';

/** An agent's report of a call. */
export interface ReportedOutcome {
  /** One of the workspace's outcomes; undefined for a free-text outcome. */
  ending?: CallEnding | undefined;
  outcome: string;
  note: string | null;
  /** The next attempt, if the agent set a time. */
  againAt: Date | undefined;
  talkSeconds: number | undefined;
  /** The reason for losing the lead, if the outcome closes it as lost. */
  lostReasonId: string | null;
  /** What the agent will do next for the lead. */
  nextStep?: { name: string; dueAt: Date } | undefined;
}

/** Applies an agent's report of a call to a locked lead. Returns what undo has to take back. */
export async function followOutcome(
  tx: Tx,
  call: Call,
  lead: Lead,
  reported: ReportedOutcome,
  agentContext: AgentContext,
): Promise<Effects> {
  const { ending } = reported;
  const note_id = ending && reported.note ? await keepNote(tx, lead, reported.note, agentContext) : null;
  const why = { reason: `${ending?.name}, reported on a call.`, except: call.id };
  const stopped = ending?.meaning === 'do_not_call' ? await stopCalling(tx, lead, why, agentContext) : null;
  const moved = ending ? await moveLead(tx, lead, reported, ending, agentContext) : null;
  const task_id = reported.nextStep ? await planNextStep(tx, call, lead, reported.nextStep, agentContext) : null;
  return { note_id, stopped, moved, task_id };
}

async function keepNote(tx: Tx, { id: lead_id }: Lead, text: string, { actor, now }: AgentContext): Promise<string> {
  const id = uuidv7();
  await addNote(tx, { id, lead_id, text, actor, created_at: now });
  await announce(tx, { type: 'note.added', lead_id, payload: { note_id: typeId('note', id) }, at: now });
  return id;
}

/** Moves a locked lead to the status that the outcome names. */
async function moveLead(
  tx: Tx,
  lead: Lead,
  { lostReasonId }: ReportedOutcome,
  ending: CallEnding,
  { actor, referenceData, now }: AgentContext,
): Promise<Effects['moved']> {
  const status = referenceData.get('status', ending.status_id);
  if (!status || isFurther(lead, status, referenceData)) return null;
  const before = structuredClone(lead);
  const lost_reason_id = lostReasonId ?? referenceData.get('lost_reason', ending.lost_reason_id)?.id;
  const changes = moveToStatus(lead, { status_id: status.id, lost_reason_id }, referenceData);
  if (changes.length === 0) return null;
  const lacking = lackingForChange(before, lead, referenceData);
  if (lacking.length > 0) throw new Refused(invalid(...lacking));
  const reason = `The call ended: ${ending.name}.`;
  await saveLeadChange(tx, { before, lead, changes, actor, reason, referenceData, at: now });
  return {
    from: { status_id: before.status_id, lost_reason_id: before.lost_reason_id },
    to: { status_id: lead.status_id, lost_reason_id: lead.lost_reason_id },
  };
}

/**
 * Whether the lead is past the wanted status: a call moves no lead to an earlier stage and reopens none that is won.
 */
function isFurther({ status_id }: Lead, wanted: Status, referenceData: ReferenceData): boolean {
  const current = referenceData.get('status', status_id);
  if (!current || !isOpenState(wanted.state)) return false;
  const order = referenceData.all('status').map(({ id }) => id);
  const isLater = isOpenState(current.state) && order.indexOf(current.id) > order.indexOf(wanted.id);
  return current.state === 'won' || isLater;
}

async function planNextStep(
  tx: Tx,
  { member_id }: Call,
  lead: Lead,
  { name, dueAt }: NonNullable<ReportedOutcome['nextStep']>,
  { actor, now }: AgentContext,
): Promise<string> {
  const task: Task = {
    id: uuidv7(),
    lead_id: lead.id,
    contact: null,
    name,
    description: null,
    comment: null,
    category: 'normal',
    due_at: dueAt,
    assignee_id: member_id ?? lead.owner_id,
  };
  await addTask(tx, task, actor, now);
  await announce(tx, { type: 'task.added', lead_id: lead.id, payload: aboutTask(task), at: now });
  const detail = { dialect: 'native', id: task.id, name, category: task.category, due_at: dueAt };
  await recordActivity(tx, { lead_id: lead.id, kind: 'task_added', actor, detail, at: now });
  return task.id;
}
