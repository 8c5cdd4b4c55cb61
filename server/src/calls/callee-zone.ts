import { getTimezonesForCountry } from 'countries-and-timezones';
import { regionsOf } from '../platform/phone/show-phone.ts';
import { isKnownZone, wallClock, zoneOffset } from '../platform/time/wall-clock.ts';

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
  // The country list may name zones that this machine does not know.
  const zones = [...new Set(names)]
    .filter(isKnownZone)
    .map((name) => ({ name, offset: zoneOffset(at.getTime(), name) }));
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
