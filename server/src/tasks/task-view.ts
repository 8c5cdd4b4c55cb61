import Type, { type Static } from 'typebox';
import { instant, instantOrNull, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import { isOpenState, type ReferenceData } from '../workspaces/reference-data.ts';
import { type ShownTask, taskCategories } from './task-store.ts';

/** A task in `/v1`. */
export const taskView = viewShape('TaskView', 'Something to do.', {
  id: Type.String({ description: 'task_ and 26 characters.' }),
  lead_id: textOrNull('The lead it is about, if any.'),
  lead_name: textOrNull('Name of that lead; null if the lead is not visible to you.'),
  lead_needs_next_step: Type.Boolean({ description: 'Whether its lead is new or open and has no next step.' }),
  contact: textOrNull('How the sender named the lead, if no lead matched.'),
  name: Type.String(),
  description: textOrNull('Details of the task.'),
  comment: textOrNull('A note.'),
  category: oneOf(taskCategories, 'A normal task, a call to make or an email to write.'),
  due_at: instantOrNull('When it is due.'),
  assignee: textOrNull('Name of the assigned member.'),
  assignee_id: textOrNull('Id of the owning member.'),
  done: Type.Boolean(),
  done_at: instantOrNull('When it was completed.'),
  actor: Type.String({ description: 'Who created it: token:<id>, member:<id> or system.' }),
  created_at: instant('When it was created.'),
  updated_at: instant('When it was last edited.'),
});

export function viewTask(task: ShownTask, referenceData: ReferenceData): Static<typeof taskView.schema> {
  const leadState = referenceData.get('status', task.lead_status_id)?.state;
  return {
    id: typeId('task', task.id),
    lead_id: task.lead_id && typeId('lead', task.lead_id),
    lead_name: task.lead_name,
    lead_needs_next_step: isOpenState(leadState) && task.lead_next_step === null,
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

/** The part of a task that is included in events. */
export function aboutTask({
  id,
  category,
  due_at,
  assignee_id,
}: Pick<ShownTask, 'id' | 'category' | 'due_at' | 'assignee_id'>) {
  return { task_id: typeId('task', id), category, due_at: due_at?.toISOString() ?? null, assignee_id };
}

/** Counts of due tasks in `/v1`. */
export const taskCounts = viewShape('TaskCounts', 'Number of tasks that are due.', {
  overdue: Type.Integer({ description: '100 means 100 or more.' }),
  today: Type.Integer({ description: 'Tasks due later today; 100 means 100 or more.' }),
});
