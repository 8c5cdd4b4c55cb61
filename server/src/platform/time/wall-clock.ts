/** A date and time of day, as a clock on the wall shows them. */
export interface WallClock {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

// Creating a formatter takes far longer than using one.
const formats = new Map<string, Intl.DateTimeFormat>();

/** The local date and time in a time zone. */
export function wallClock(at: Date | number, timeZone: string): WallClock {
  const instant = Number(at);
  const local = new Date(instant + zoneOffset(instant, timeZone));
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
  };
}

/** Since 2000, clocks have changed only on a full minute. */
const FIRST_CACHED = Date.UTC(2000, 0, 1);
const MINUTE_MS = 60_000;
const MAX_CACHED = 5_000;
/** By time zone, then by minute since 1970: using a formatter takes microseconds. */
const offsets = new Map<string, Map<number, number>>();

/** How far local time is ahead of UTC at an instant, in ms. */
export function zoneOffset(instant: number, timeZone: string): number {
  if (!(instant >= FIRST_CACHED)) return readOffset(instant, timeZone);
  const minute = Math.floor(instant / MINUTE_MS);
  const known = offsets.get(timeZone);
  const offset = known?.get(minute) ?? readOffset(instant, timeZone);
  if (known && known.size < MAX_CACHED) known.set(minute, offset);
  else offsets.set(timeZone, new Map([[minute, offset]]));
  return offset;
}

function readOffset(instant: number, timeZone: string): number {
  const parts = (formats.get(timeZone) ?? makeFormat(timeZone)).formatToParts(instant);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(instant / 1000) * 1000;
}

/** Whether this machine knows the time zone. */
export function isKnownZone(timeZone: string): boolean {
  try {
    return formats.has(timeZone) || makeFormat(timeZone) !== undefined;
  } catch {
    return false;
  }
}

function makeFormat(timeZone: string): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
