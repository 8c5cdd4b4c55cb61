import type { Random } from './random.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Length of the history. */
const WEEKS = 8;

/** The simulated time of a firm, with working hours in its own time zone. All instants are in ms since 1970. */
export interface DemoClock {
  now: number;
  /**
   * The arrival time of lead number `place` out of `of`: more leads arrive by day than by night, and fewer at weekends.
   */
  arrival(place: number, of: number, random: Random): number;
  /** The next instant within working hours: the given one, or the next morning. */
  working(at: number, random: Random): number;
  /** The local time of an instant. */
  local(at: number): { weekday: number; hour: number };
}

/** Relative number of leads in each hour of a day. */
const byHour = [1, 1, 0.5, 0.5, 0.5, 1, 2, 4, 8, 12, 14, 13, 11, 10, 12, 13, 12, 10, 8, 7, 6, 4, 3, 2];
const byWeekday = [1, 1.15, 1.1, 1.05, 0.95, 0.5, 0.4];
const OPENS = 9;
const CLOSES = 18;

/** Creates the clock for a workspace's history, which ends at `now`. */
export function demoClock(now: Date, timeZone: string): DemoClock {
  const local = localIn(timeZone);
  const hours = hoursBefore(now.getTime(), local);
  return {
    now: now.getTime(),
    local,
    arrival(place, of, random) {
      const all = hours.at(-1)?.sum ?? 0;
      const wanted = ((place + random.next()) / of) * all;
      const hour = firstFrom(hours, wanted);
      const before = hour.sum - hour.weight;
      return Math.floor(hour.at + ((wanted - before) / hour.weight) * hour.length);
    },
    working(at, random) {
      let moment = at;
      for (let tries = 0; tries < 4; tries += 1) {
        const { weekday, hour } = local(moment);
        if (weekday !== 7 && hour >= OPENS && hour < CLOSES) return moment;
        const hoursToOpen = hour < OPENS && weekday !== 7 ? OPENS - hour : 24 - hour + OPENS;
        moment = Math.floor(moment / HOUR) * HOUR + hoursToOpen * HOUR + Math.floor(random.between(1, 50) * MINUTE);
      }
      return moment;
    },
  };
}

interface Hour {
  at: number;
  length: number;
  weight: number;
  /** Sum of the weights up to and including this hour. */
  sum: number;
}

function hoursBefore(now: number, local: DemoClock['local']): Hour[] {
  const hours: Hour[] = [];
  let sum = 0;
  const first = Math.floor((now - WEEKS * 7 * DAY) / HOUR) * HOUR;
  for (let at = first; at < now - MINUTE; at += HOUR) {
    const { weekday, hour } = local(at);
    const length = Math.min(HOUR, now - MINUTE - at);
    // The firm grows a little over time.
    const growth = 0.8 + (0.4 * (at - first)) / (now - first);
    const weight = (byHour[hour] ?? 1) * (byWeekday[weekday - 1] ?? 1) * growth * (length / HOUR);
    sum += weight;
    hours.push({ at, length, weight, sum });
  }
  return hours;
}

/** The hour in which the running sum reaches this value. */
function firstFrom(hours: readonly Hour[], wanted: number): Hour {
  let [low, high] = [0, hours.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hours[middle]?.sum ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return hours[low] as Hour;
}

/** Formatting local time is slow, so the result is cached for each hour. */
function localIn(timeZone: string): DemoClock['local'] {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' });
  const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  const known = new Map<number, { weekday: number; hour: number }>();
  return (at) => {
    const key = Math.floor(at / HOUR);
    let found = known.get(key);
    if (!found) {
      const parts = format.formatToParts(key * HOUR);
      const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
      found = { weekday: weekdays.indexOf(of('weekday')) + 1, hour: Number(of('hour')) };
      known.set(key, found);
    }
    return found;
  };
}
