import { getTimezonesForCountry } from 'countries-and-timezones';
import { regionsOf } from '../platform/phone.ts';
import { isKnownZone, wallClock, zoneOffset } from '../platform/time/wall-clock.ts';

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

/** Minutes since midnight on the wall clock there. */
export function minuteOfDay(at: Date, timeZone: string): number {
  const { hour, minute } = wallClock(at, timeZone);
  return hour * 60 + minute;
}
