import { getTimezonesForCountry } from 'countries-and-timezones';
import { regionsOf } from '../platform/phone.ts';

/** The clock by which somebody who is called lives. */
export interface CalleeZone {
  time_zone: string;
  /** True when their country has several times, of which this is the middle one. */
  approximate: boolean;
}

/**
 * Where a phone rings, by its country; `otherwise` for a number that tells none. A country with several times gets
 * `otherwise` if that is one of its own, else the one in the middle, so that no place is far off.
 */
export function calleeZone(phone: string | null, otherwise: string, at: Date): CalleeZone {
  const regions = phone ? regionsOf(phone) : [];
  const quarter = Math.floor(at.getTime() / 900_000);
  const key = `${regions.join()} ${otherwise} ${quarter}`;
  const known = found.get(key) ?? lookUp(regions, otherwise, at);
  if (found.size >= MOST_KEPT) found.clear();
  found.set(key, known);
  return known;
}

const MOST_KEPT = 1000;
/** Clocks change at quarters of an hour at the earliest, and a queue asks for the same few countries. */
const found = new Map<string, CalleeZone>();

function lookUp(regions: readonly string[], otherwise: string, at: Date): CalleeZone {
  const names = regions.flatMap((region) => getTimezonesForCountry(region)?.map(({ name }) => name) ?? []);
  const zones = [...new Set(names)].filter(isKnown).map((name) => ({ name, offset: offsetMinutes(name, at) }));
  zones.sort((a, b) => a.offset - b.offset || (a.name < b.name ? -1 : 1));
  const middle = zones[zones.length >> 1];
  if (!middle) return { time_zone: otherwise, approximate: true };
  const approximate = zones[0]?.offset !== zones.at(-1)?.offset;
  const own = zones.some(({ name }) => name === otherwise);
  return { time_zone: own ? otherwise : middle.name, approximate };
}

/** Minutes since midnight on the wall clock there. */
export function minuteOfDay(at: Date, timeZone: string): number {
  const { hour, minute } = wallClock(at, timeZone);
  return hour * 60 + minute;
}

/** YYYY-MM-DD on the calendar there. */
export function dayOf(at: Date, timeZone: string): string {
  const { year, month, day } = wallClock(at, timeZone);
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function offsetMinutes(timeZone: string, at: Date): number {
  const { year, month, day, hour, minute } = wallClock(at, timeZone);
  return Math.round(
    (Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at.getTime() / 60_000) * 60_000) / 60_000,
  );
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(at: Date, timeZone: string) {
  const clock = clocks.get(timeZone) ?? makeClock(timeZone);
  const parts = clock.formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
}

function makeClock(timeZone: string): Intl.DateTimeFormat {
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** The list of zones is younger or older than this machine's: what it does not know is left out. */
function isKnown(timeZone: string): boolean {
  try {
    return clocks.has(timeZone) || makeClock(timeZone) !== undefined;
  } catch {
    return false;
  }
}
