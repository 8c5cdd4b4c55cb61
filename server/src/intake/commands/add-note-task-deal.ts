import { addDeal as storeDeal } from '../../deals/deal-store.ts';
import { announce, type EventType } from '../../events/event-store.ts';
import { recordActivity } from '../../leads/activity-store.ts';
import { nameOf } from '../../leads/lead-name.ts';
import { addNote as storeNote } from '../../notes/note-store.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { addTask as storeTask } from '../../tasks/task-store.ts';
import type { LeadRef } from '../command.ts';
import { findLead } from './find-lead.ts';
import { type CommandContext, leadNotFound, type Performer } from './performer.ts';

export const addNote: Performer<'addNote'> = async (tx, command, context) => {
  const { actor, now } = context;
  const lead = await findLead(tx, command.lead, context);
  if (!lead) return leadNotFound;
  const id = uuidv7();
  await storeNote(tx, { id, lead_id: lead.id, text: command.text, actor, created_at: now });
  await tell(tx, lead.id, 'note.added', { id, text: command.text }, context);
  return { result: { kind: 'added', what: 'note', id, lead_id: lead.id, lead_name: nameOf(lead) }, lead_id: lead.id };
};

/** A task whose lead is not found stands on its own, with the contact as it was named. */
export const addTask: Performer<'addTask'> = async (tx, command, context) => {
  const { actor, now } = context;
  const lead = command.lead && (await findLead(tx, command.lead, context));
  if (command.lead && !lead && command.lead.by !== 'contact') return leadNotFound;
  const task = {
    id: uuidv7(),
    lead_id: lead?.id ?? null,
    contact: lead || !command.lead ? null : contactText(command.lead),
    name: command.name,
    description: command.description ?? null,
    comment: command.comment ?? null,
    category: command.category,
    due_at: command.due_at ?? null,
    assignee_id: command.assignee_id ?? null,
  };
  await storeTask(tx, task, actor, now);
  await tell(tx, task.lead_id, 'task.added', { ...task, remarks: command.remarks }, context);
  const { id, lead_id } = task;
  return { result: { kind: 'added', what: 'task', id, lead_id, lead_name: lead ? nameOf(lead) : null }, lead_id };
};

export const addDeal: Performer<'addDeal'> = async (tx, command, context) => {
  const { actor, referenceData, now } = context;
  const lead = await findLead(tx, command.lead, context);
  if (!lead) return leadNotFound;
  const { stage } = command;
  const known =
    'id' in stage
      ? referenceData.get('deal_stage', stage.id)
      : referenceData.find('deal_stage', { by: 'name', value: stage.make });
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
  await tell(tx, lead.id, 'deal.added', { ...deal, remarks: command.remarks }, context);
  const { id, lead_id } = deal;
  return { result: { kind: 'added', what: 'deal', id, lead_id, lead_name: nameOf(lead) }, lead_id };
};

function contactText(ref: LeadRef): string | null {
  if (ref.by !== 'contact') return null;
  const phone =
    ref.phone && [ref.phone.callingCode && `+${ref.phone.callingCode}`, ref.phone.sent].filter(Boolean).join(' ');
  return [phone, ref.email].filter(Boolean).join(', ') || null;
}

async function tell(
  tx: Tx,
  leadId: string | null,
  type: EventType,
  detail: object,
  { caller, actor, now, submissionId }: CommandContext,
): Promise<void> {
  await announce(tx, { type, lead_id: leadId, payload: { ...detail, lead_id: leadId }, at: now });
  if (leadId === null) return;
  await recordActivity(tx, {
    lead_id: leadId,
    kind: type.replace('.', '_'),
    actor,
    detail: { dialect: caller.dialect, ...detail },
    submission_id: submissionId,
    at: now,
  });
}
