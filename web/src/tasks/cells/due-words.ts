import { clockTime, dayIn, lastsAllDay, shortSpan } from '../../ui/times.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A due date in words, with its urgency. */
interface DueWords {
  words: string;
  urgency: 'overdue' | 'today' | 'later';
}

/** A due date in a few words: `2h overdue`, `Today 14:30`, `Tomorrow 10:00`, `Mon 10:00`, `24 Dec`. */
export function dueWords(due: string, now: number, timeZone: string): DueWords {
  const at = Date.parse(due);
  if (at < now)
    return { words: `${shortSpan(Math.max(1, Math.round((now - at) / MINUTE)))} overdue`, urgency: 'overdue' };
  const days = Math.round((Date.parse(dayIn(timeZone, at)) - Date.parse(dayIn(timeZone, now))) / DAY);
  const time = timeWords(at, timeZone);
  if (days === 0) return { words: `Today${time}`, urgency: 'today' };
  if (days === 1) return { words: `Tomorrow${time}`, urgency: 'later' };
  if (days < 7) {
    const weekday = new Intl.DateTimeFormat(undefined, { timeZone, weekday: 'short' }).format(at);
    return { words: `${weekday}${time}`, urgency: 'later' };
  }
  return { words: dateWords(at, now, timeZone), urgency: 'later' };
}

/** The time of day; empty for a task with a day but no time. */
function timeWords(at: number, timeZone: string): string {
  return lastsAllDay(at, timeZone) ? '' : ` ${clockTime(at, timeZone)}`;
}

function dateWords(at: number, now: number, timeZone: string): string {
  const year = (moment: number) => new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' }).format(moment);
  const withYear = year(at) !== year(now);
  return new Intl.DateTimeFormat(undefined, {
    timeZone,
    day: 'numeric',
    month: 'short',
    ...(withYear && { year: 'numeric' }),
  }).format(at);
}
