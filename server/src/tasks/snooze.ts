import { dayIn, instantIn, plusDays } from '../platform/time/calendar.ts';
import { MORNING, mondayAfter, type TimeContext } from './parse-due-date.ts';
import type { Snooze } from './task-body.ts';

/** When a task that is snoozed now is due again. */
export function snoozedTo(snooze: Snooze, { now, timeZone }: TimeContext): Date {
  if (snooze === 'hour') return new Date(now.getTime() + 3_600_000);
  const today = dayIn(now, timeZone);
  return instantIn(snooze === 'tomorrow' ? plusDays(today, 1) : mondayAfter(today), MORNING, timeZone);
}
