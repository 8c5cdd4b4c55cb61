import type { Dice } from './dice.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** How far back the history goes. */
const WEEKS = 8;

/** Time as it runs in a firm's own zone. All moments are ms since 1970. */
export interface DemoClock {
  now: number;
  /** When the lead of this place among so many arrived: more by day than by night, fewer at weekends. */
  arrival(place: number, of: number, dice: Dice): number;
  /** The next moment at which somebody works: itself, or the next morning. */
  working(at: number, dice: Dice): number;
  /** What a clock there shows. */
  local(at: number): { weekday: number; hour: number };
}

/** Of a day's leads, as many in each hour. */
const byHour = [1, 1, 0.5, 0.5, 0.5, 1, 2, 4, 8, 12, 14, 13, 11, 10, 12, 13, 12, 10, 8, 7, 6, 4, 3, 2];
const byWeekday = [1, 1.15, 1.1, 1.05, 0.95, 0.5, 0.4];
const OPENS = 9;
const CLOSES = 18;

/** The clock of a workspace at this moment. */
export function demoClock(now: Date, timeZone: string): DemoClock {
  const local = localIn(timeZone);
  const hours = hoursBefore(now.getTime(), local);
  return {
    now: now.getTime(),
    local,
    arrival(place, of, dice) {
      const all = hours.at(-1)?.sum ?? 0;
      const wanted = ((place + dice.next()) / of) * all;
      const hour = firstFrom(hours, wanted);
      const before = hour.sum - hour.weight;
      return Math.floor(hour.at + ((wanted - before) / hour.weight) * hour.length);
    },
    working(at, dice) {
      let moment = at;
      for (let tries = 0; tries < 4; tries += 1) {
        const { weekday, hour } = local(moment);
        if (weekday !== 7 && hour >= OPENS && hour < CLOSES) return moment;
        const hoursToOpen = hour < OPENS && weekday !== 7 ? OPENS - hour : 24 - hour + OPENS;
        moment = Math.floor(moment / HOUR) * HOUR + hoursToOpen * HOUR + Math.floor(dice.between(1, 50) * MINUTE);
      }
      return moment;
    },
  };
}

interface Hour {
  at: number;
  length: number;
  weight: number;
  /** Of the weights up to and with this one. */
  sum: number;
}

function hoursBefore(now: number, local: DemoClock['local']): Hour[] {
  const hours: Hour[] = [];
  let sum = 0;
  const first = Math.floor((now - WEEKS * 7 * DAY) / HOUR) * HOUR;
  for (let at = first; at < now - MINUTE; at += HOUR) {
    const { weekday, hour } = local(at);
    const length = Math.min(HOUR, now - MINUTE - at);
    // A firm that grows a little.
    const growth = 0.8 + (0.4 * (at - first)) / (now - first);
    const weight = (byHour[hour] ?? 1) * (byWeekday[weekday - 1] ?? 1) * growth * (length / HOUR);
    sum += weight;
    hours.push({ at, length, weight, sum });
  }
  return hours;
}

/** The hour in which the sum reaches this. */
function firstFrom(hours: readonly Hour[], wanted: number): Hour {
  let [low, high] = [0, hours.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hours[middle]?.sum ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return hours[low] as Hour;
}

/** Reading a zone's clock is slow: it is read once for each hour. */
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
