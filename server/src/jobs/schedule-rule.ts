import { dayIn, instantIn, plusDays } from '../platform/time/calendar.ts';

/** When a job starts by the clock: at a time of day (HH:MM) in the workspace's zone, or every so many minutes. */
export type ScheduleRule = { daily: string } | { everyMinutes: number };

/** The rule as a text: what is stored with a schedule to see that the rule has changed. */
export function ruleText(rule: ScheduleRule): string {
  return 'daily' in rule ? `daily at ${rule.daily}` : `every ${rule.everyMinutes} minutes`;
}

/**
 * The first time after an instant. Each day has one: where clocks are put forward over it, it comes later that day; where
 * they are put back over it, the first of the two counts. `planned` is a time that was planned before: intervals go on
 * from there, however late the last run was.
 */
export function nextTime(rule: ScheduleRule, after: Date, timeZone: string, planned: Date = after): Date {
  if ('everyMinutes' in rule) {
    const interval = rule.everyMinutes * 60_000;
    const missed = Math.max(0, Math.floor((after.getTime() - planned.getTime()) / interval));
    return new Date(planned.getTime() + (missed + 1) * interval);
  }
  for (let day = dayIn(after, timeZone); ; day = plusDays(day, 1)) {
    const at = instantIn(day, rule.daily, timeZone);
    if (at > after) return at;
  }
}
