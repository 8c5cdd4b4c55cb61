import type { Static } from 'typebox';
import { findNamed } from '../api/references.ts';
import type { taskPatch } from '../api/task-body.ts';
import { blankless } from '../api/text.ts';
import { Refused } from '../platform/http/refused.ts';
import { invalid } from '../platform/problem.ts';
import type { Book } from '../workspaces/book.ts';
import { snoozedTo } from './snooze.ts';
import type { StoredTask } from './task-store.ts';

/** Reads what of a task is to change; refuses what breaks a rule. */
export function changesOf(
  body: Static<typeof taskPatch.schema>,
  { book, at, before }: { book: Book; at: Date; before: StoredTask },
): Partial<StoredTask> {
  const changes: Partial<StoredTask> = {};
  if (body.name !== undefined) changes.name = demandName(body.name);
  if (body.description !== undefined) changes.description = blankless(body.description) ?? null;
  if (body.comment !== undefined) changes.comment = blankless(body.comment) ?? null;
  if (body.category !== undefined) changes.category = body.category;
  if (body.due_at !== undefined) changes.due_at = body.due_at === null ? null : new Date(body.due_at);
  if (body.snooze) changes.due_at = snoozedTo(body.snooze, { now: at, timeZone: book.workspace.time_zone });
  if (body.assignee !== undefined) changes.assignee_id = assigneeOf(body.assignee, book);
  if (body.done !== undefined) changes.done_at = body.done ? (before.done_at ?? at) : null;
  return changes;
}

function demandName(name: string): string {
  if (name.trim() === '') throw new Refused(invalid({ at: 'name', code: 'required' }));
  return name;
}

function assigneeOf(assignee: string | null, book: Book): string | null {
  const named = blankless(assignee);
  const member = named === undefined ? null : findNamed(book, 'member', named);
  if (member === undefined) throw new Refused(invalid({ at: 'assignee', code: 'unknown_reference' }));
  return member?.id ?? null;
}
