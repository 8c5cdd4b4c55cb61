import { getTimezonesForCountry } from 'countries-and-timezones';
import { regionsOf } from '../platform/phone/show-phone.ts';
import { isKnownZone, wallClock, zoneOffset } from '../platform/time/wall-clock.ts';
import { zonesByPrefix } from './hours/phone-zones.ts';
import { zonesOfPlace } from './hours/place-zones.ts';

/** What is known about where a lead is. */
export interface Whereabouts {
  phone: string | null;
  city?: string | null | undefined;
  state?: string | null | undefined;
}

/** How the time zone was guessed in a country that has several. */
export const zoneClues = ['city', 'area_code', 'city_and_area_code', 'country'] as const;
type ZoneClue = (typeof zoneClues)[number];

/** The local time of the person being called. */
export interface CalleeZone {
  /** The most likely zone: the only possible one, the workspace's own, or the middle one. */
  time_zone: string;
  /** All possible zones, one for each local time, from west to east. */
  time_zones: readonly string[];
  /** True if several zones are possible, or if the country is unknown. */
  approximate: boolean;
  /** What the zone was guessed from; null if the whole country has the same time. */
  guessed_from: ZoneClue | null;
}

/**
 * The time zones in which somebody may be, by the country of their phone number. In a country with several, their city
 * or state and the area code narrow the choice down; if both are known and differ, both zones are possible. If the
 * country is unknown, the result is `fallback`.
 */
export function calleeZone({ phone, city, state }: Whereabouts, fallback: string, at: Date): CalleeZone {
  const regions = phone ? regionsOf(phone) : [];
  const minute = Math.floor(at.getTime() / 60_000);
  const area = phone ? zonesOfNumber(phone) : [];
  const key = [regions.join(), area.join(), city ?? '', state ?? '', fallback, minute].join('|');
  const known = found.get(key) ?? lookUp({ regions, area, city, state }, fallback, at);
  if (found.size >= MAX_CACHED) found.clear();
  found.set(key, known);
  return known;
}

const MAX_CACHED = 1000;
/** Cached because clocks change at most once a minute, and a queue looks up the same few places. */
const found = new Map<string, CalleeZone>();

interface Clues extends Omit<Whereabouts, 'phone'> {
  regions: readonly string[];
  area: readonly string[];
}

function lookUp({ regions, area, city, state }: Clues, fallback: string, at: Date): CalleeZone {
  const names = regions.flatMap((region) => getTimezonesForCountry(region)?.map(({ name }) => name) ?? []);
  // The country list may name zones that this machine does not know.
  const all: string[] = [...new Set<string>(names)].filter(isKnownZone);
  if (all.length === 0)
    return { time_zone: fallback, time_zones: [fallback], approximate: true, guessed_from: 'country' };
  const byPlace = zonesOfPlace({ city, state }, all);
  const byArea = area.filter((zone) => all.includes(zone));
  const clued = [...byPlace, ...byArea];
  const zones = oneForEachTime(clued.length > 0 ? clued : all, at);
  const own = zones.find(({ offset }) => clued.length === 0 && offset === offsetIn(all, fallback, at));
  const time_zone = own ? fallback : (clued[0] ?? zones[zones.length >> 1]?.name ?? fallback);
  return {
    time_zone,
    time_zones: zones.map(({ name }) => name),
    approximate: zones.length > 1,
    guessed_from: oneForEachTime(all, at).length === 1 ? null : clueOf(byPlace, byArea),
  };
}

function clueOf(byPlace: readonly string[], byArea: readonly string[]): ZoneClue {
  if (byPlace.length > 0 && byArea.length > 0) return 'city_and_area_code';
  return byPlace.length > 0 ? 'city' : byArea.length > 0 ? 'area_code' : 'country';
}

function offsetIn(zones: readonly string[], zone: string, at: Date): number | undefined {
  return zones.includes(zone) ? zoneOffset(at.getTime(), zone) : undefined;
}

function oneForEachTime(zones: readonly string[], at: Date): { name: string; offset: number }[] {
  const byOffset = new Map<number, string>();
  for (const name of zones) {
    const offset = zoneOffset(at.getTime(), name);
    if (!byOffset.has(offset)) byOffset.set(offset, name);
  }
  return [...byOffset].map(([offset, name]) => ({ name, offset })).sort((a, b) => a.offset - b.offset);
}

const prefixes = new Map(
  zonesByPrefix.flatMap(([zones, list]) => list.split(/\s+/).map((prefix) => [prefix, zones.split(' ')] as const)),
);
const LONGEST_PREFIX = Math.max(...[...prefixes.keys()].map((prefix) => prefix.length));

/** The zones of a number's area code; empty if the number does not tell the place. */
function zonesOfNumber(phone: string): readonly string[] {
  for (let length = LONGEST_PREFIX; length > 1; length -= 1) {
    const zones = prefixes.get(phone.slice(1, length + 1));
    if (zones) return zones;
  }
  return [];
}

/** Minutes since midnight in the time zone. */
export function minuteOfDay(at: Date, timeZone: string): number {
  const { hour, minute } = wallClock(at, timeZone);
  return hour * 60 + minute;
}
