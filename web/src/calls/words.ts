import type { Shape } from '../api/client.ts';
import { clockTime, dayTime, shortSpan } from '../ui/times.ts';
import type { Why } from './api/get-calls.ts';

const MINUTE = 60_000;

/** Why a call is next, in a few words: `Callback due 11:30`, `New, 6m wait`, `Retry 2 of 3, 12:00`. */
export function whyWords(why: Why, now: number): string {
  const at = Date.parse(why.at);
  // Screens update the time only once a minute, so allow for a minute.
  const comes = at > now + MINUTE;
  if (why.kind === 'callback') return comes ? `Callback ${dayTime(at, now)}` : `Callback due ${dayTime(at, now)}`;
  if (why.kind === 'retry') {
    const of = why.max_attempts ? ` of ${why.max_attempts}` : '';
    return `Retry ${why.attempt}${of}, ${dayTime(at, now)}`;
  }
  if (why.kind === 'new' && !comes) return `New, ${waited(Date.parse(why.waiting_since ?? why.at), now)} wait`;
  return comes ? `Planned ${dayTime(at, now)}` : `Planned, due ${dayTime(at, now)}`;
}

const clues = {
  city: 'guessed from the city',
  area_code: 'guessed from the area code',
  city_and_area_code: 'guessed from the city and area code',
  country: 'the country has several time zones',
} as const;

/** The lead's time: `14:20`, `about 14:20 in Denver, guessed from the area code`, `between 06:20 and 09:20, ...`. */
export function localTimeWords(zone: Shape<'CalleeZone'>, now: number): string {
  const { time_zone, time_zones, guessed_from } = zone;
  if (!guessed_from) return clockTime(now, time_zone);
  const [first = time_zone, last = first] = [time_zones[0], time_zones.at(-1)];
  if (time_zones.length > 1)
    return `between ${clockTime(now, first)} and ${clockTime(now, last)}, ${clues[guessed_from]}`;
  const place = time_zone.split('/').at(-1)?.replaceAll('_', ' ');
  return `about ${clockTime(now, time_zone)} in ${place}, ${clues[guessed_from]}`;
}

/** `6m`, `2h`, `3d`. */
export function waited(since: number, now: number): string {
  return shortSpan(Math.max(0, Math.floor((now - since) / MINUTE)));
}

/** `41 m`, `1 h 5 m`, `35 s`. */
export function talkWords(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `0:07`, `12:40`, `1:02:03`. */
export function timerWords(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The label and colour of each agent state. */
export const stateLooks = {
  offline: { word: 'Offline', tone: 'neutral' },
  ready: { word: 'Ready', tone: 'won' },
  claimed: { word: 'Next lead', tone: 'new' },
  on_call: { word: 'On a call', tone: 'qualified' },
  wrap_up: { word: 'Wrap-up', tone: 'proposal' },
  paused: { word: 'Paused', tone: 'lost' },
} as const satisfies Record<Shape<'AgentView'>['state'], { word: string; tone: string }>;
