import type { Static } from 'typebox';
import { Refused } from '../http/refused.ts';
import { blankless } from '../http/text.ts';
import { invalid } from '../platform/problem.ts';
import { dayIn, instantIn, plusDays } from '../platform/time/calendar.ts';
import { findNamed } from '../workspaces/find-named.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { mondayAfter, type TimeContext } from './read-day.ts';
import type { Snooze, taskPatch } from './task-body.ts';
import type { StoredTask } from './task-store.ts';

/** Reads the changes to a task; refuses invalid ones. */
export function changesOf(
  body: Static<typeof taskPatch.schema>,
  { referenceData, at, before }: { referenceData: ReferenceData; at: Date; before: StoredTask },
): Partial<StoredTask> {
  const changes: Partial<StoredTask> = {};
  if (body.name !== undefined) changes.name = requireName(body.name);
  if (body.description !== undefined) changes.description = blankless(body.description) ?? null;
  if (body.comment !== undefined) changes.comment = blankless(body.comment) ?? null;
  if (body.category !== undefined) changes.category = body.category;
  if (body.due_at !== undefined) changes.due_at = body.due_at === null ? null : new Date(body.due_at);
  if (body.snooze) changes.due_at = snoozedTo(body.snooze, { now: at, timeZone: referenceData.workspace.time_zone });
  if (body.assignee !== undefined) changes.assignee_id = assigneeOf(body.assignee, referenceData);
  if (body.done !== undefined) changes.done_at = body.done ? (before.done_at ?? at) : null;
  return changes;
}

function requireName(name: string): string {
  if (name.trim() === '') throw new Refused(invalid({ at: 'name', code: 'required' }));
  return name;
}

function assigneeOf(assignee: string | null, referenceData: ReferenceData): string | null {
  const named = blankless(assignee);
  const member = named === undefined ? null : findNamed(referenceData, 'member', named);
  if (member === undefined) throw new Refused(invalid({ at: 'assignee', code: 'unknown_reference' }));
  return member?.id ?? null;
}

/** The time of day at which a snoozed task is due. */
const MORNING = '10:00';

/** The new due date of a task that is snoozed now. */
function snoozedTo(snooze: Snooze, { now, timeZone }: TimeContext): Date {
  if (snooze === 'hour') return new Date(now.getTime() + 3_600_000);
  const today = dayIn(now, timeZone);
  return instantIn(snooze === 'tomorrow' ? plusDays(today, 1) : mondayAfter(today), MORNING, timeZone);
}
