import { dayIn, instantIn, plusDays } from '../platform/time/calendar.ts';
import { type Here, MORNING, mondayAfter } from './read-when.ts';
import type { Snooze } from './task-body.ts';

/** When a task that is snoozed now is due again. */
export function snoozedTo(snooze: Snooze, { now, timeZone }: Here): Date {
  if (snooze === 'hour') return new Date(now.getTime() + 3_600_000);
  const today = dayIn(now, timeZone);
  return instantIn(snooze === 'tomorrow' ? plusDays(today, 1) : mondayAfter(today), MORNING, timeZone);
}
