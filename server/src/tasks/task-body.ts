import Type, { type Static } from 'typebox';
import { bodyShape, instantOrNull, oneOf, textOrNull } from '../http/shapes.ts';
import { blankless } from '../http/text.ts';
import { LONGEST_TEXT } from '../leads/fields.ts';
import { type Issue, invalid, type Problem } from '../platform/problem.ts';
import { findNamed } from '../workspaces/find-named.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { taskCategories } from './task-store.ts';

const parts = {
  description: Type.Optional(textOrNull('Details of the task.', { maxLength: LONGEST_TEXT })),
  comment: Type.Optional(textOrNull('A note.', { maxLength: LONGEST_TEXT })),
  category: Type.Optional(oneOf(taskCategories, 'Defaults to normal.')),
  due_at: Type.Optional(instantOrNull('When it is due.')),
  assignee: Type.Optional(
    textOrNull('Member who should do the task, by name, username, email or id.', { maxLength: 1000 }),
  ),
};
const name = Type.String({ minLength: 1, maxLength: LONGEST_TEXT, description: 'Short title.' });

/** Body of POST /v1/leads/{id}/tasks. */
export const leadTaskCreate = bodyShape('LeadTaskCreate', 'A task for a lead.', { name, ...parts });

/** Body of POST /v1/tasks. */
export const taskCreate = bodyShape('TaskCreate', 'A task.', {
  name,
  lead_id: Type.Optional(textOrNull('The lead it is about, if any.')),
  ...parts,
});

/** The periods for which a task can be snoozed. */
const snoozes = ['hour', 'tomorrow', 'monday'] as const;
export type Snooze = (typeof snoozes)[number];

/** Body of PATCH /v1/tasks/{id}. */
export const taskPatch = bodyShape('TaskPatch', 'Fields that are omitted stay unchanged; null clears a field.', {
  name: Type.Optional(name),
  ...parts,
  snooze: Type.Optional(oneOf(snoozes, 'Postpones the task: by an hour, or to 10:00 tomorrow or next Monday.')),
  done: Type.Optional(Type.Boolean({ description: 'true marks the task as done.' })),
});

/** A task as requested, with names resolved to ids. */
export interface NewTask {
  name: string;
  description?: string;
  comment?: string;
  category: (typeof taskCategories)[number];
  due_at?: Date;
  /** A member's id. */
  assignee_id?: string;
}

/** Reads the body of a request for a new task. */
export function readTask(body: Static<typeof leadTaskCreate.schema>, referenceData: ReferenceData): NewTask | Problem {
  const issues: Issue[] = [];
  if (body.name.trim() === '') issues.push({ at: 'name', code: 'required' });
  const assignee = blankless(body.assignee);
  const member = assignee === undefined ? undefined : findNamed(referenceData, 'member', assignee);
  if (assignee !== undefined && !member) issues.push({ at: 'assignee', code: 'unknown_reference' });
  if (issues.length > 0) return invalid(...issues);
  const task: NewTask = { name: body.name, category: body.category ?? 'normal' };
  const [description, comment] = [blankless(body.description), blankless(body.comment)];
  if (description !== undefined) task.description = description;
  if (comment !== undefined) task.comment = comment;
  if (body.due_at) task.due_at = new Date(body.due_at);
  if (member) task.assignee_id = member.id;
  return task;
}
