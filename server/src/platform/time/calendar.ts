import { parseDate, parseInstant } from './dates.ts';
import { wallClock } from './wall-clock.ts';

/** The calendar day (YYYY-MM-DD) of an instant in a time zone. */
export function dayIn(at: Date, timeZone: string): string {
  const { year, month, day } = wallClock(at, timeZone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** The wall time (HH:MM) of an instant in a time zone. */
export function timeIn(at: Date, timeZone: string): string {
  const { hour, minute } = wallClock(at, timeZone);
  return timeOfMinutes(hour * 60 + minute);
}

/** The wall time (HH:MM) this many minutes after midnight. */
export function timeOfMinutes(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The instant of a wall time (HH:MM) in a time zone; a time skipped by a clock change gives the later instant. */
export function instantIn(day: string, time: string, timeZone: string): Date {
  const instant = parseInstant(`${day} ${time}`, timeZone);
  if (!instant) throw new Error(`${day} ${time} is no time.`);
  return instant;
}

/** The instant at which a day begins in a time zone. */
export function startOfDay(day: string, timeZone: string): Date {
  return instantIn(day, '00:00', timeZone);
}

/** The last second of a day in a time zone: when something with a day but no time is due. */
export function endOfDay(day: string, timeZone: string): Date {
  return new Date(startOfDay(plusDays(day, 1), timeZone).getTime() - 1000);
}

/**
 * When something is due: like `parseInstant`, but a day without a time means the end of that day.
 * Undefined for anything else.
 */
export function parseDue(text: string, timeZone: string): Date | undefined {
  const day = /^[\d-]+$/.test(text.trim()) ? parseDate(text) : undefined;
  return day ? endOfDay(day, timeZone) : parseInstant(text, timeZone);
}

/** The instant at which today began in a time zone. */
export function startOfToday(now: Date, timeZone: string): Date {
  return startOfDay(dayIn(now, timeZone), timeZone);
}

/** The instant at which tomorrow begins in a time zone. */
export function endOfToday(now: Date, timeZone: string): Date {
  return startOfDay(plusDays(dayIn(now, timeZone), 1), timeZone);
}

/** Adds days to a calendar day; negative numbers subtract. */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The ISO weekday: 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** Adds months to a calendar day; if the month is too short, gives its last day. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last.getUTCDate()))).toISOString().slice(0, 10);
}
