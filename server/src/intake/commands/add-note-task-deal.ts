import { addDeal as storeDeal } from '../../deals/deal-store.ts';
import { aboutDeal } from '../../deals/deal-view.ts';
import { announce } from '../../events/event-store.ts';
import { type NewActivity, recordActivity } from '../../leads/activity-store.ts';
import { nameOf } from '../../leads/lead-name.ts';
import { addNote as storeNote } from '../../notes/note-store.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { fold } from '../../platform/fold/fold.ts';
import { typeId, uuidv7 } from '../../platform/ids.ts';
import { addTask as storeTask } from '../../tasks/task-store.ts';
import { aboutTask } from '../../tasks/task-view.ts';
import { noteWaitingDeal } from '../../workspaces/reference/new-name-store.ts';
import type { AddTask, LeadRef } from '../command.ts';
import { findItem } from '../make-names.ts';
import { findLead } from './find-lead.ts';
import { type CommandContext, leadNotFound, type Performer } from './performer.ts';

export const addNote: Performer<'addNote'> = async (tx, command, context) => {
  const { caller, actor, now } = context;
  const lead = await findLead(tx, command.lead, context);
  if (!lead) return leadNotFound;
  const id = uuidv7();
  await storeNote(tx, { id, lead_id: lead.id, text: command.text, actor, created_at: now });
  await announce(tx, { type: 'note.added', lead_id: lead.id, payload: { note_id: typeId('note', id) }, at: now });
  const detail = { dialect: caller.dialect, id, text: command.text };
  await record(tx, { lead_id: lead.id, kind: 'note_added', detail }, context);
  return { result: { kind: 'added', what: 'note', id, lead_id: lead.id, lead_name: nameOf(lead) }, lead_id: lead.id };
};

/** What the command says about the task itself. */
export function taskValues({ name, description, comment, category, due_at, assignee_id }: AddTask) {
  return {
    name,
    description: description ?? null,
    comment: comment ?? null,
    category,
    due_at: due_at ?? null,
    assignee_id: assignee_id ?? null,
  };
}

/** Adds a task. If the lead is not found, the task is stored without one, with the contact as sent. */
export const addTask: Performer<'addTask'> = async (tx, command, context) => {
  const { caller, actor, now } = context;
  const lead = command.lead && (await findLead(tx, command.lead, context));
  if (command.lead && !lead && command.lead.by !== 'contact') return leadNotFound;
  const task = {
    id: uuidv7(),
    lead_id: lead?.id ?? null,
    contact: lead || !command.lead ? null : contactText(command.lead),
    ...taskValues(command),
  };
  await storeTask(tx, task, actor, now);
  const { id, lead_id } = task;
  await announce(tx, { type: 'task.added', lead_id, payload: aboutTask(task), at: now });
  const detail = { dialect: caller.dialect, ...task, remarks: command.warnings };
  if (lead_id) await record(tx, { lead_id, kind: 'task_added', detail }, context);
  return { result: { kind: 'added', what: 'task', id, lead_id, lead_name: lead ? nameOf(lead) : null }, lead_id };
};

export const addDeal: Performer<'addDeal'> = async (tx, command, context) => {
  const { caller, actor, referenceData, now } = context;
  const lead = await findLead(tx, command.lead, context);
  if (!lead) return leadNotFound;
  const { stage } = command;
  const known =
    'id' in stage ? referenceData.get('deal_stage', stage.id) : findItem(referenceData, 'deal_stage', stage.make);
  const into = known ?? referenceData.all('deal_stage')[0];
  if (!into) throw new Error('The workspace has no deal stage.');
  const deal = {
    id: uuidv7(),
    lead_id: lead.id,
    name: command.name ?? null,
    stage_id: into.id,
    amount: command.amount ?? null,
    start_date: command.start_date ?? null,
    end_date: command.end_date ?? null,
    note: command.note ?? null,
    owner_id: command.owner_id ?? null,
    closed_at: into.state === 'won' || into.state === 'lost' ? now : null,
  };
  await storeDeal(tx, deal, actor, now);
  const waiting = 'make' in stage && !known && referenceData.newNames.find('deal_stage', fold(stage.make));
  if (waiting) await noteWaitingDeal(tx, { deal_id: deal.id, name_id: waiting.id, instead: into.id });
  const { id, lead_id } = deal;
  await announce(tx, { type: 'deal.added', lead_id, payload: aboutDeal(deal, referenceData), at: now });
  const detail = { dialect: caller.dialect, ...deal, remarks: command.warnings };
  await record(tx, { lead_id, kind: 'deal_added', detail }, context);
  return { result: { kind: 'added', what: 'deal', id, lead_id, lead_name: nameOf(lead) }, lead_id };
};

function contactText(ref: LeadRef): string | null {
  if (ref.by !== 'contact') return null;
  const phone =
    ref.phone && [ref.phone.callingCode && `+${ref.phone.callingCode}`, ref.phone.sent].filter(Boolean).join(' ');
  return [phone, ref.email].filter(Boolean).join(', ') || null;
}

/** Adds the activity to the lead's timeline. */
async function record<K extends 'note_added' | 'task_added' | 'deal_added'>(
  tx: Tx,
  line: Pick<NewActivity<K>, 'lead_id' | 'kind' | 'detail'>,
  { actor, now: at, submissionId: submission_id }: CommandContext,
): Promise<void> {
  await recordActivity(tx, { ...line, actor, submission_id, at });
}
