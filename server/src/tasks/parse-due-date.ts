import { dayIn, instantIn, plusDays, plusMonths, timeIn, weekdayOf } from '../platform/time/calendar.ts';

/** The time and place for interpreting words like `tomorrow`. */
export interface TimeContext {
  now: Date;
  timeZone: string;
  /** 12/24 is the 24th of December, as in the United States. */
  monthFirst?: boolean;
}

/** A parsed value, and the rest of the text. */
interface Parsed<T> {
  value: T;
  rest: string;
}

/** The default time of a day without one. */
export const MORNING = '10:00';
const partsOfDay: Record<string, string> = { morning: '09:00', afternoon: '14:00', evening: '18:00', night: '19:00' };
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** Parses a due date such as `tomorrow 10`, `fri 14:30`, `in 2 hours` or `next monday`. */
export function parseDueDate(text: string, here: TimeContext): { due_at: Date | null; rest: string } {
  const upcomingDay = readSpan(text, here);
  if (upcomingDay) return { due_at: upcomingDay.value, rest: upcomingDay.rest };
  const day = readDay(text, here);
  const time = readTime(day?.rest ?? text);
  const rest = time?.rest ?? day?.rest ?? text;
  if (!day && !time) return { due_at: null, rest: text };
  return { due_at: compose(day?.value, time?.value, here), rest };
}

interface Day {
  day: string;
  /** The default time of day. */
  defaultTime: string;
  /** The day a week later, for a weekday that is today when the time has passed. */
  orElse?: string;
}

function compose(day: Day | undefined, time: string | undefined, { now, timeZone }: TimeContext): Date {
  if (!day) {
    const today = dayIn(now, timeZone);
    const due = instantIn(today, time ?? MORNING, timeZone);
    return due > now ? due : instantIn(plusDays(today, 1), time ?? MORNING, timeZone);
  }
  const due = instantIn(day.day, time ?? day.defaultTime, timeZone);
  return day.orElse && due <= now ? instantIn(day.orElse, time ?? day.defaultTime, timeZone) : due;
}

const span = /\bin (an?|half an|\d{1,3}) ?(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|months?)\b/i;

/** `in 2 hours` counts hours; `in 3 days` counts days, and a time may follow it. */
function readSpan(text: string, { now, timeZone }: TimeContext): Parsed<Date> | undefined {
  const match = span.exec(text);
  if (!match) return undefined;
  const [all, count = '', unit = ''] = match;
  const many = /^\d/.test(count) ? Number(count) : /half/i.test(count) ? 0.5 : 1;
  const rest = without(text, match.index, all);
  if (/^(h|mi|m$)/i.test(unit)) {
    const minutes = many * (/^h/i.test(unit) ? 60 : 1);
    return { value: new Date(now.getTime() + minutes * 60_000), rest };
  }
  const today = dayIn(now, timeZone);
  const day = /^mo/i.test(unit) ? plusMonths(today, many) : plusDays(today, many * (/^w/i.test(unit) ? 7 : 1));
  const time = readTime(rest);
  return { value: instantIn(day, time?.value ?? timeIn(now, timeZone), timeZone), rest: time?.rest ?? rest };
}

type ReadDay = (match: RegExpExecArray, today: string, here: TimeContext) => Day | undefined;

/** Patterns for naming a day, longest words first. */
const days: readonly (readonly [RegExp, ReadDay])[] = [
  [/\b(?:on |by )?(\d{4})-(\d{2})-(\d{2})\b/, ([, y, m, d]) => dated(Number(y), Number(m), Number(d))],
  [/\bday after tomorrow\b/i, (_, today) => ({ day: plusDays(today, 2), defaultTime: MORNING })],
  [
    /\b(?:by )?(?:tomorrow|tmrw|tmr)(?: (morning|afternoon|evening|night))?\b/i,
    ([, part], today) => ({ day: plusDays(today, 1), defaultTime: usual(part) }),
  ],
  [
    /\b(?:tonight|this (morning|afternoon|evening))\b/i,
    ([, part], today) => ({ day: today, defaultTime: usual(part ?? 'night') }),
  ],
  [/\b(?:by )?(?:end of day|eod)\b/i, (_, today) => ({ day: today, defaultTime: '17:00' })],
  [/\b(?:by )?today\b/i, (_, today, here) => ({ day: today, defaultTime: later(here) })],
  [/\bnext week\b/i, (_, today) => ({ day: mondayAfter(today), defaultTime: MORNING })],
  [
    /\b(?:(?:on|by) )?(?:(next|this) )?(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?(?: (morning|afternoon|evening))?\b/i,
    ([, which, name, part], today) => weekday(today, name ?? '', /next/i.test(which ?? ''), usual(part)),
  ],
  [
    new RegExp(`\\b(?:(?:on|by) )?(\\d{1,2})(?:st|nd|rd|th)? ${month}(?: (\\d{4}))?\\b`, 'i'),
    ([, d, m, y], today) => nextDated(today, monthOf(m), Number(d), y),
  ],
  [
    new RegExp(`\\b(?:(?:on|by) )?${month} (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?\\b(?!:)`, 'i'),
    ([, m, d, y], today) => nextDated(today, monthOf(m), Number(d), y),
  ],
  [
    /\b(?:(?:on|by) )?(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?\b/,
    ([, a, b, y], today, { monthFirst }) =>
      monthFirst ? nextDated(today, Number(a), Number(b), y) : nextDated(today, Number(b), Number(a), y),
  ],
];

function readDay(text: string, here: TimeContext): Parsed<Day> | undefined {
  const today = dayIn(here.now, here.timeZone);
  for (const [words, read] of days) {
    const match = words.exec(text);
    const value = match && read(match, today, here);
    if (match && value) return { value, rest: without(text, match.index, match[0], ' ¦ ') };
  }
  return undefined;
}

/** A bare number is a time only after a day or `at`; numbers below seven mean the afternoon. */
const times: readonly (readonly [RegExp, (match: RegExpExecArray) => string | undefined])[] = [
  [/(?:\b(?:at|by) |@ ?)?\b(\d{1,2}):(\d{2}) ?(am|pm)?\b/i, ([, h, m, half]) => clock(Number(h), Number(m), half)],
  [/(?:\b(?:at|by) |@ ?)?\b(\d{1,2}) ?(am|pm)\b/i, ([, h, half]) => clock(Number(h), 0, half)],
  [/(?:\b(?:at|by) )?\b(noon|midnight)\b/i, ([, word]) => (/noon/i.test(word ?? '') ? '12:00' : '00:00')],
  [/(?:\bat |@ ?|¦ +)(\d{1,2})\b(?![:/.%]|¦)/i, ([, h]) => clock(Number(h) < 7 ? Number(h) + 12 : Number(h), 0)],
];

function readTime(text: string): Parsed<string> | undefined {
  for (const [words, read] of times) {
    const match = words.exec(text);
    const value = match && read(match);
    if (match && value) return { value, rest: without(text, match.index, match[0]) };
  }
  return undefined;
}

function clock(hour: number, minute: number, half?: string): string | undefined {
  const hours = half ? (hour % 12) + (/pm/i.test(half) ? 12 : 0) : hour;
  if (hours > 23 || minute > 59 || (half && (hour < 1 || hour > 12))) return undefined;
  return `${String(hours).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function usual(part: string | undefined): string {
  return (part && partsOfDay[part.toLowerCase()]) ?? MORNING;
}

/** Today means the end of the working day, or of the day when that has passed. */
function later({ now, timeZone }: TimeContext): string {
  return timeIn(now, timeZone) < '17:00' ? '17:00' : '23:59';
}

/** `next friday` is in the week that begins next Monday; `friday` is the coming one. */
function weekday(today: string, name: string, next: boolean, time: string): Day {
  const wanted = weekdays.indexOf(name.toLowerCase()) + 1;
  if (next) return { day: plusDays(mondayAfter(today), wanted - 1), defaultTime: time };
  const ahead = (wanted - weekdayOf(today) + 7) % 7;
  const day = plusDays(today, ahead);
  return ahead === 0 ? { day, defaultTime: time, orElse: plusDays(day, 7) } : { day, defaultTime: time };
}

/** The Monday after this day. */
export function mondayAfter(day: string): string {
  return plusDays(day, 8 - weekdayOf(day));
}

function monthOf(name: string | undefined): number {
  return months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

function dated(year: number, monthNumber: number, date: number): Day | undefined {
  const at = new Date(Date.UTC(year, monthNumber - 1, date));
  const real = at.getUTCMonth() === monthNumber - 1 && at.getUTCDate() === date;
  return real ? { day: at.toISOString().slice(0, 10), defaultTime: MORNING } : undefined;
}

/** Without a year, the next such date is meant. */
function nextDated(today: string, monthNumber: number, date: number, year: string | undefined): Day | undefined {
  if (year) return dated(Number(year), monthNumber, date);
  const thisYear = Number(today.slice(0, 4));
  const day = dated(thisYear, monthNumber, date);
  return day && day.day >= today ? day : dated(thisYear + 1, monthNumber, date);
}

function without(text: string, at: number, part: string, mark = ' '): string {
  return `${text.slice(0, at)}${mark}${text.slice(at + part.length)}`;
}
