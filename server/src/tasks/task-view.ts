import Type, { type Static } from 'typebox';
import { instant, instantOrNull, oneOf, shape, textOrNull } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { type ShownTask, taskCategories } from './task-store.ts';

/** A task as `/v1` shows it. */
export const taskView = shape(
  'TaskView',
  Type.Object(
    {
      id: Type.String({ description: 'task_ and 26 characters.' }),
      lead_id: textOrNull('The lead it is about, if any.'),
      lead_name: textOrNull('What that lead is called; null also when it is out of sight.'),
      nothing_next: Type.Boolean({ description: 'Its lead is new or open, and nothing is planned for it.' }),
      contact: textOrNull('How its sender named the lead, when no lead was found by it.'),
      name: Type.String(),
      description: textOrNull('What is to be done.'),
      comment: textOrNull('A remark.'),
      category: oneOf(taskCategories, 'An ordinary task, a call to make or an e-mail to write.'),
      due_at: instantOrNull('When it is due.'),
      assignee: textOrNull('Name of the member who is to do it.'),
      assignee_id: textOrNull('Id of that member.'),
      done: Type.Boolean(),
      done_at: instantOrNull('When it was done.'),
      actor: Type.String({ description: 'Who made it: token:<id>, member:<id> or system.' }),
      created_at: instant('When it was made.'),
      updated_at: instant('When it last changed.'),
    },
    { description: 'Something to do.' },
  ),
);

export function viewTask(task: ShownTask, referenceData: ReferenceData): Static<typeof taskView.schema> {
  const leadState = referenceData.get('status', task.lead_status_id)?.state;
  return {
    id: typeId('task', task.id),
    lead_id: task.lead_id && typeId('lead', task.lead_id),
    lead_name: task.lead_name,
    nothing_next: (leadState === 'new' || leadState === 'open') && task.lead_next_step === null,
    contact: task.contact,
    name: task.name,
    description: task.description,
    comment: task.comment,
    category: task.category,
    due_at: task.due_at?.toISOString() ?? null,
    assignee: referenceData.get('member', task.assignee_id)?.name ?? null,
    assignee_id: task.assignee_id,
    done: task.done_at !== null,
    done_at: task.done_at?.toISOString() ?? null,
    actor: task.actor,
    created_at: task.created_at.toISOString(),
    updated_at: task.updated_at.toISOString(),
  };
}

/** What events say of a task: which one, of what kind, when it is due and who is to do it. */
export function aboutTask({
  id,
  category,
  due_at,
  assignee_id,
}: Pick<ShownTask, 'id' | 'category' | 'due_at' | 'assignee_id'>) {
  return { task_id: typeId('task', id), category, due_at: due_at?.toISOString() ?? null, assignee_id };
}

/** How many tasks are due as `/v1` counts them. */
export const taskCounts = shape(
  'TaskCounts',
  Type.Object(
    {
      overdue: Type.Integer({ description: '100 means 100 or more.' }),
      today: Type.Integer({ description: 'Due later today; 100 means 100 or more.' }),
    },
    { description: 'How many tasks are due.' },
  ),
);
