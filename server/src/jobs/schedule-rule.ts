import { dayIn, instantIn, plusDays } from '../platform/time/calendar.ts';

/** When a scheduled job starts: at a time of day (HH:MM) in the workspace's time zone, or at intervals of minutes. */
export type ScheduleRule = { daily: string } | { everyMinutes: number };

/** The rule as text. It is stored with a schedule to detect that the rule has changed. */
export function ruleText(rule: ScheduleRule): string {
  return 'daily' in rule ? `daily at ${rule.daily}` : `every ${rule.everyMinutes} minutes`;
}

/**
 * The first time after an instant. Each day has one: if the clocks skip that time of day, it comes later that day; if
 * it occurs twice, the first one is used. `planned` is the time planned before: intervals continue from there, however
 * late the last run was.
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
