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

/** The moment when a clock there shows this; a time that a clock change skips is the moment after it. */
function momentOf(wall: number, timeZone: string): number {
  const offset = (at: number) => asUtc(wallClock(at, timeZone)) - Math.floor(at / MINUTE) * MINUTE;
  const guesses = [wall - offset(wall - 43_200_000), wall - offset(wall + 43_200_000)].sort((a, b) => a - b);
  return guesses.find((at) => asUtc(wallClock(at, timeZone)) === wall) ?? (guesses[1] as number);
}

/** A time of day there, so many days from today. */
export function timeThere(now: number, days: number, hour: number, timeZone: string): number {
  const { year, month, day } = wallClock(now, timeZone);
  return momentOf(Date.UTC(year, month - 1, day + days, hour), timeZone);
}

/** `2026-11-22T10:00` of a clock there; undefined when it is no such text. */
export function readThere(text: string, timeZone: string): number | undefined {
  const wall = Date.parse(`${text}Z`);
  return Number.isNaN(wall) ? undefined : momentOf(wall, timeZone);
}

/** As `readThere` reads it. */
export function writeThere(at: number, timeZone: string): string {
  return new Date(asUtc(wallClock(at, timeZone))).toISOString().slice(0, 16);
}

/** One of the usual times to call back. */
export interface Preset {
  label: string;
  /** The key that chooses it, always the same. */
  key: string;
  at: number;
}

/** The usual times to call back, in the callee's day; one that has gone by is left out. */
export function presetsFor(now: number, timeZone: string): Preset[] {
  return [
    { label: 'In 15 min', key: 'q', at: now + 15 * MINUTE },
    { label: 'In 1 h', key: 'w', at: now + 60 * MINUTE },
    { label: 'Today 17:00', key: 'e', at: timeThere(now, 0, 17, timeZone) },
    { label: 'Tomorrow 10:00', key: 'r', at: timeThere(now, 1, 10, timeZone) },
  ].filter(({ at }) => at > now);
}

/** A moment in both clocks: `Sat 22 Nov, 10:00 there (05:30 yours)`; once only where they agree. */
export function bothTimes(at: number, timeZone: string): string {
  const there = new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(at);
  const [local, ours] = [clockTime(at, timeZone), clockTime(at)];
  return local === ours ? `${there}, their time and yours` : `${there} lead’s time (${ours} yours)`;
}

/** HH:MM on a clock there; here if no zone is said. */
export function clockTime(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone && { timeZone }),
  }).format(at);
}
