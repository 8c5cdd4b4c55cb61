import { getTimezonesForCountry } from 'countries-and-timezones';
import { regionsOf } from '../platform/phone.ts';

/** The local time of the person being called. */
export interface CalleeZone {
  time_zone: string;
  /** True when the country has several time zones, of which this is the middle one. */
  approximate: boolean;
}

/**
 * The time zone of a phone number by its country; `otherwise` if the country is unknown. For a country with several
 * zones it is `otherwise` if that is one of them, else the middle one, so that the error stays small.
 */
export function calleeZone(phone: string | null, fallback: string, at: Date): CalleeZone {
  const regions = phone ? regionsOf(phone) : [];
  const quarter = Math.floor(at.getTime() / 900_000);
  const key = `${regions.join()} ${fallback} ${quarter}`;
  const known = found.get(key) ?? lookUp(regions, fallback, at);
  if (found.size >= MAX_CACHED) found.clear();
  found.set(key, known);
  return known;
}

const MAX_CACHED = 1000;
/** Cached: clocks change at most every quarter of an hour, and a queue asks for the same few countries. */
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

/** Minutes since midnight in the time zone. */
export function minuteOfDay(at: Date, timeZone: string): number {
  const { hour, minute } = wallClock(at, timeZone);
  return hour * 60 + minute;
}

/** The calendar day (YYYY-MM-DD) in the time zone. */
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

/** The list of zones may be newer or older than this machine's; unknown zones are left out. */
function isKnown(timeZone: string): boolean {
  try {
    return clocks.has(timeZone) || makeClock(timeZone) !== undefined;
  } catch {
    return false;
  }
}
