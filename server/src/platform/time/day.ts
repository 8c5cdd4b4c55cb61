import { parseInstant } from './dates.ts';

/** The instant at which the next day begins in a time zone: until then is today. */
export function endOfToday(now: Date, timeZone: string): Date {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
  const next = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return parseInstant(next, timeZone) ?? now;
}
