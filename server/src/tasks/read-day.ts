import { dayIn, plusDays, plusMonths, weekdayOf } from '../platform/time/calendar.ts';
import { MARK, type Parsed, without } from './read-time.ts';

/** The time and place for interpreting words like `tomorrow`. */
export interface TimeContext {
  now: Date;
  timeZone: string;
  /** Whether 12/24 means 24 December, as in the United States. */
  monthFirst?: boolean;
}

/** A day as it was named in a text. */
export interface Day {
  day: string;
  /** The part of the day that was named with it, such as `evening`. */
  part?: string | undefined;
  /** The time implied by the words: `end of day` means the end of the working day. */
  time?: string;
  /**
   * Set if the named weekday is today: the same weekday next week, used unless a time that is still to come was
   * named too.
   */
  orElse?: string;
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const WEEKDAY =
  '(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?(?: (?:in the )?(morning|afternoon|evening))?';
/** Includes common misspellings and abbreviations. */
const TOMORROW = '(?:tomorrow|tommorr?ow|tomm?orow|tomoro|tmrr?o?w|tmr|tmw|2morr?ow|2moro)';

type ReadDay = (match: RegExpExecArray, today: string, here: TimeContext) => Day | undefined;

const pattern = (words: string, end = '\\b') => new RegExp(`\\b(?:(?:on|by) )?${words}${end}`, 'i');

/** Patterns for days. A longer phrase comes before those it contains. */
const days: readonly (readonly [RegExp, ReadDay])[] = [
  [
    pattern(String.raw`(\d{4})([-/.])(\d{1,2})\2(\d{1,2})`),
    ([, year, , month, day]) => dated(Number(year), Number(month), Number(day)),
  ],
  [pattern(`(?:the )?day after ${TOMORROW}`), (_, today) => ({ day: plusDays(today, 2) })],
  [
    pattern(`${TOMORROW}(?: (?:in the )?(morning|afternoon|evening|night))?`),
    ([, part], today) => ({ day: plusDays(today, 1), part }),
  ],
  [
    pattern('(?:tonight|this (morning|afternoon|evening))'),
    ([, part], today) => ({ day: today, part: part ?? 'night' }),
  ],
  [pattern('(?:(?:the )?end of (?:the )?day|eod)'), (_, today) => ({ day: today, time: '17:00' })],
  [pattern('today'), (_, today) => ({ day: today })],
  [
    pattern(`(?:next week (?:on )?${WEEKDAY}|${WEEKDAY} next week)`),
    ([, first, firstPart, last, lastPart], today) => weekday(today, first ?? last ?? '', true, firstPart ?? lastPart),
  ],
  [pattern('next week'), (_, today) => ({ day: mondayAfter(today) })],
  [pattern('next month'), (_, today) => ({ day: `${plusMonths(today, 1).slice(0, 8)}01` })],
  [
    pattern(`(?:(next|this) )?${WEEKDAY}`),
    ([, which = '', name = '', part], today) => weekday(today, name, /next/i.test(which), part),
  ],
  [
    pattern(String.raw`(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: of)? ${MONTH}(?:,? (\d{4}))?`),
    ([, day, month, year], today) => nextDated(today, monthOf(month), Number(day), year),
  ],
  [
    pattern(String.raw`${MONTH} (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?`, String.raw`\b(?!:|\.\d)`),
    ([, month, day, year], today) => nextDated(today, monthOf(month), Number(day), year),
  ],
  [
    pattern(String.raw`(\d{1,2})\/(\d{1,2})(?:\/(\d{4}|\d\d))?`, String.raw`\b(?![/.-]?\d)`),
    ([, first, second, year], today, { monthFirst }) =>
      monthFirst
        ? nextDated(today, Number(first), Number(second), year)
        : nextDated(today, Number(second), Number(first), year),
  ],
  // 24.12. and 24-12-2026; without a final dot or a year the numbers may be a time.
  [
    pattern(String.raw`(\d{1,2})(?:\.(\d{1,2})\.(\d{4}|\d\d)?|-(\d{1,2})-(\d{4}))`, String.raw`(?![\d.:])`),
    ([, day, month, year, other, otherYear], today) =>
      nextDated(today, Number(month ?? other), Number(day), year ?? otherYear),
  ],
];

/** Finds a day in a text. In the rest of the text a mark replaces it. */
export function readDay(text: string, here: TimeContext): Parsed<Day> | undefined {
  const today = dayIn(here.now, here.timeZone);
  for (const [words, read] of days) {
    const match = words.exec(text);
    const value = match && read(match, today, here);
    if (match && value) return { value, rest: without(text, match.index, match[0], MARK) };
  }
  return undefined;
}

/** `next friday` is in the week that begins next Monday; `friday` is the next one to come, or today. */
function weekday(today: string, name: string, next: boolean, part: string | undefined): Day {
  const wanted = weekdays.indexOf(name.toLowerCase()) + 1;
  if (next) return { day: plusDays(mondayAfter(today), wanted - 1), part };
  const ahead = (wanted - weekdayOf(today) + 7) % 7;
  const day = plusDays(today, ahead);
  return ahead === 0 ? { day, part, orElse: plusDays(day, 7) } : { day, part };
}

/** The Monday after this day. */
export function mondayAfter(day: string): string {
  return plusDays(day, 8 - weekdayOf(day));
}

function monthOf(name: string | undefined): number {
  return months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
}

function dated(year: number, month: number, date: number): Day | undefined {
  const at = new Date(Date.UTC(year, month - 1, date));
  const real = at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return real ? { day: at.toISOString().slice(0, 10) } : undefined;
}

/** Without a year, the next such date is meant; a year may have only two digits. */
function nextDated(today: string, month: number, date: number, year: string | undefined): Day | undefined {
  if (year) return dated(Number(year.length === 2 ? `20${year}` : year), month, date);
  const thisYear = Number(today.slice(0, 4));
  const day = dated(thisYear, month, date);
  return day && day.day >= today ? day : dated(thisYear + 1, month, date);
}
