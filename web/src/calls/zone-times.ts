import { clockTime, weekdayTime } from '../ui/times.ts';

const MINUTE = 60_000;

interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

function wallClock(at: number, timeZone: string): Wall {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
}

const asUtc = ({ year, month, day, hour, minute }: Wall) => Date.UTC(year, month - 1, day, hour, minute);

/**
 * The moment when a clock in that zone shows this time; a time skipped by a clock change is moved forward by the gap.
 */
function momentOf(wall: number, timeZone: string): number {
  const offset = (at: number) => asUtc(wallClock(at, timeZone)) - Math.floor(at / MINUTE) * MINUTE;
  const guesses = [wall - offset(wall - 43_200_000), wall - offset(wall + 43_200_000)].sort((a, b) => a - b);
  return guesses.find((at) => asUtc(wallClock(at, timeZone)) === wall) ?? (guesses[1] as number);
}

/** The moment when it is this hour in that zone, `days` days from today. */
export function timeThere(now: number, days: number, hour: number, timeZone: string): number {
  const { year, month, day } = wallClock(now, timeZone);
  return momentOf(Date.UTC(year, month - 1, day + days, hour), timeZone);
}

/** Reads `2026-11-22T10:00` as local time in a zone; undefined if it is not valid. */
export function readThere(text: string, timeZone: string): number | undefined {
  const wall = Date.parse(`${text}Z`);
  return Number.isNaN(wall) ? undefined : momentOf(wall, timeZone);
}

/** Writes a moment in the form that `readThere` reads. */
export function writeThere(at: number, timeZone: string): string {
  return new Date(asUtc(wallClock(at, timeZone))).toISOString().slice(0, 16);
}

/** A common time to call back. */
export interface Preset {
  label: string;
  /** The key that chooses it. */
  key: string;
  at: number;
}

/** Common times to call back, in the lead's time zone, without those already past. */
export function presetsFor(now: number, timeZone: string): Preset[] {
  return [
    { label: 'In 15 min', key: 'q', at: now + 15 * MINUTE },
    { label: 'In 1 h', key: 'w', at: now + 60 * MINUTE },
    { label: 'Today 17:00', key: 'e', at: timeThere(now, 0, 17, timeZone) },
    { label: 'Tomorrow 10:00', key: 'r', at: timeThere(now, 1, 10, timeZone) },
  ].filter(({ at }) => at > now);
}

/** A moment in both time zones: `Sat 22 Nov, 10:00 lead’s time (05:30 yours)`; the time only once if both agree. */
export function bothTimes(at: number, timeZone: string): string {
  const there = weekdayTime(at, timeZone);
  const [local, ours] = [clockTime(at, timeZone), clockTime(at)];
  return local === ours ? `${there}, their time and yours` : `${there} their time (${ours} yours)`;
}
