import { dayIn, endOfDay, instantIn, plusDays, plusMonths } from '../platform/time/calendar.ts';
import { type Day, readDay, type TimeContext } from './read-day.ts';
import { MARK, type Parsed, partsOfDay, readTime, without } from './read-time.ts';

/**
 * Parses a due date such as `tomorrow 10`, `fri 14:30`, `in 2 hours` or `next monday`. A day without a time means the
 * end of that day, so that no task is overdue on the day it was planned for.
 */
export function parseDueDate(text: string, here: TimeContext): { due_at: Date | null; rest: string } {
  const upcoming = readSpan(text, here);
  if (upcoming) return { due_at: upcoming.value, rest: upcoming.rest };
  const day = readDay(text, here);
  const time = readTime(day?.rest ?? text, day?.value.part);
  const rest = time?.rest ?? day?.rest ?? text;
  if (!day && !time) return { due_at: null, rest: text };
  return { due_at: compose(day?.value, time?.value, here), rest };
}

/** A time without a day means its next occurrence. */
function compose(day: Day | undefined, time: string | undefined, { now, timeZone }: TimeContext): Date {
  const today = dayIn(now, timeZone);
  const wanted = time ?? day?.time ?? partsOfDay[day?.part?.toLowerCase() ?? ''];
  const at = (date: string) => (wanted ? instantIn(date, wanted, timeZone) : endOfDay(date, timeZone));
  const due = at(day?.day ?? today);
  const later = day ? day.orElse : plusDays(today, 1);
  return later !== undefined && (due <= now || !wanted) ? at(later) : due;
}

const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const COUNT = String.raw`half an|an? couple(?: of)?|an?|${numbers.join('|')}|\d{1,3}(?:[.,]\d)?`;
const UNIT = 'minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|fortnight|months?';
const span = new RegExp(
  String.raw`\bin (?:about )?(?<count>${COUNT}) ?(?<unit>${UNIT})(?<half> and a half)?\b(?:['’]?s?['’]? time\b)?`,
  'i',
);

/** `in 2 hours` counts hours; `in 3 days` counts days, and a time may follow it. */
function readSpan(text: string, here: TimeContext): Parsed<Date> | undefined {
  const match = span.exec(text);
  if (!match) return undefined;
  const { count = '', unit = '', half } = match.groups ?? {};
  const many = amountOf(count) + (half ? 0.5 : 0);
  if (/^(?:h|mi|m$)/i.test(unit)) {
    const minutes = many * (/^h/i.test(unit) ? 60 : 1);
    return { value: new Date(here.now.getTime() + minutes * 60_000), rest: without(text, match.index, match[0]) };
  }
  const today = dayIn(here.now, here.timeZone);
  const rest = without(text, match.index, match[0], MARK);
  const time = readTime(rest);
  return { value: compose({ day: ahead(today, many, unit) }, time?.value, here), rest: time?.rest ?? rest };
}

function ahead(today: string, many: number, unit: string): string {
  if (/^mo/i.test(unit)) return plusMonths(today, Math.round(many));
  const days = /^w/i.test(unit) ? 7 : /^f/i.test(unit) ? 14 : 1;
  return plusDays(today, Math.round(many * days));
}

function amountOf(count: string): number {
  if (/^half/i.test(count)) return 0.5;
  if (/couple/i.test(count)) return 2;
  if (/^an?$/i.test(count)) return 1;
  return numbers.indexOf(count.toLowerCase()) + 1 || Number(count.replace(',', '.'));
}
