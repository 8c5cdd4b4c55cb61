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
  const parts = (formats.get(timeZone) ?? makeFormat(timeZone)).formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: of('year'),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
  };
}

/** How far local time is ahead of UTC at an instant, in ms. */
export function zoneOffset(instant: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = wallClock(instant, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
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
