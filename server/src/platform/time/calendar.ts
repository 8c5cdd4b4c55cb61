import { parseInstant } from './dates.ts';
import { wallClock } from './wall-clock.ts';

/** The day (YYYY-MM-DD) that a clock in this zone shows at an instant. */
export function dayIn(at: Date, timeZone: string): string {
  const { year, month, day } = wallClock(at, timeZone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** What a clock in this zone shows at an instant, HH:MM. */
export function timeIn(at: Date, timeZone: string): string {
  const { hour, minute } = wallClock(at, timeZone);
  return [hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The instant of a time of day (HH:MM) in a zone; one that a clock change skips is the later one. */
export function instantIn(day: string, time: string, timeZone: string): Date {
  const instant = parseInstant(`${day} ${time}`, timeZone);
  if (!instant) throw new Error(`${day} ${time} is no time.`);
  return instant;
}

/** When a day begins in a zone. */
export function startOfDay(day: string, timeZone: string): Date {
  return instantIn(day, '00:00', timeZone);
}

/** When today began in a zone. */
export function startOfToday(now: Date, timeZone: string): Date {
  return startOfDay(dayIn(now, timeZone), timeZone);
}

/** When tomorrow begins in a zone: until then is today. */
export function endOfToday(now: Date, timeZone: string): Date {
  return startOfDay(plusDays(dayIn(now, timeZone), 1), timeZone);
}

/** The day so many days later, or earlier. */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The same day of a later month; its last day where that month is shorter. */
export function plusMonths(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last.getUTCDate()))).toISOString().slice(0, 10);
}
