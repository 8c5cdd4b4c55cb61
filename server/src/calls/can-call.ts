import { certaintyOf, regionsOf } from '../platform/phone/show-phone.ts';
import { dayIn, timeOfMinutes } from '../platform/time/calendar.ts';
import { parseInstant } from '../platform/time/dates.ts';
import { type CalleeZone, calleeZone, minuteOfDay, type Whereabouts } from './callee-zone.ts';
import { lawfulWeek, type Week, type Window } from './hours/lawful-hours.ts';

/** The facts about a lead that decide whether it may be called. */
export interface Callee extends Whereabouts {
  do_not_call_since: Date | null;
}

/**
 * The calling hours of a lead type, in the callee's local time, HH:MM[:SS]. If neither is set, those of the workspace
 * apply. The same time twice means the whole day.
 */
export interface CallingHours {
  call_from?: string | null;
  call_until?: string | null;
}

/** The workspace's time zone, and its calling hours for types that set none. */
export interface HoursOfWorkspace {
  time_zone: string;
  calling_hours?: 'lawful' | 'any' | undefined;
}

/** Permission, or the reason for refusing it, with the earliest permitted time (null: never, as things stand). */
export type Verdict = { may: true; zone: CalleeZone } | { may: false; why: WhyNot; at: Date | null; zone: CalleeZone };

export const whysNot = ['do_not_call', 'no_phone', 'not_a_number', 'outside_hours'] as const;
export type WhyNot = (typeof whysNot)[number];

/** Decides whether a lead may be called now. Every call must pass this check. Pure. */
export function canCall(lead: Callee, type: CallingHours | undefined, now: Date, workspace: HoursOfWorkspace): Verdict {
  const zone = calleeZone(lead, workspace.time_zone, now);
  if (lead.do_not_call_since) return { may: false, why: 'do_not_call', at: null, zone };
  if (!lead.phone) return { may: false, why: 'no_phone', at: null, zone };
  if (certaintyOf(lead.phone) === 'none') return { may: false, why: 'not_a_number', at: null, zone };
  const weeks = weeksOf(lead.phone, type, workspace);
  if (isPermitted(weeks, now, zone)) return { may: true, zone };
  let at = opening(weeks, now, zone);
  // If clocks change before that time, the offsets between the zones may be different by then.
  for (let tries = 0; at && tries < MOST_CLOCK_CHANGES; tries += 1) {
    const then = calleeZone(lead, workspace.time_zone, at);
    if (isPermitted(weeks, at, then)) break;
    at = opening(weeks, at, then);
  }
  return { may: false, why: 'outside_hours', at, zone };
}

/** Zones of one country that change their clocks in the same night do so at only a few different times. */
const MOST_CLOCK_CHANGES = 6;

/** Whether it is within the hours in all zones; if these hours are too short to overlap, the likely zone decides. */
function isPermitted(weeks: readonly Week[], at: Date, { time_zone, time_zones }: CalleeZone): boolean {
  if (isOpen(weeks, at, time_zones)) return true;
  return isOpen(weeks, at, [time_zone]) && !nextOpening(weeks, at, time_zones);
}

function opening(weeks: readonly Week[], after: Date, { time_zone, time_zones }: CalleeZone): Date | null {
  return nextOpening(weeks, after, time_zones) ?? nextOpening(weeks, after, [time_zone]);
}

/** The earliest permitted time for a call that is due at `due`. */
export function permittedFrom(
  lead: Callee,
  type: CallingHours | undefined,
  due: Date,
  workspace: HoursOfWorkspace,
): Date {
  const verdict = canCall(lead, type, due, workspace);
  return verdict.may ? due : (verdict.at ?? due);
}

/** Explains the refusal in a sentence. */
export function explainRefusal({ why, at }: Extract<Verdict, { may: false }>, type: CallingHours | undefined): string {
  if (why === 'do_not_call') return 'This lead asked not to be called.';
  if (why === 'no_phone') return 'This lead has no phone number.';
  if (why === 'not_a_number') return 'The phone of this lead is not a phone number. Correct it first.';
  const next = at ? `; next from ${at.toISOString()}` : '';
  if (!type?.call_from && !type?.call_until)
    return `It is outside the lawful calling hours of the lead's country${next}.`;
  const until = type.call_until?.slice(0, 5) ?? '24:00';
  const hours = `${type.call_from?.slice(0, 5) ?? '00:00'} and ${until}`;
  return `Leads of this type can be called between ${hours} local time${next}.`;
}

/** The hours that apply, all of which must be open; empty if any time is permitted. */
function weeksOf(phone: string, type: CallingHours | undefined, { calling_hours }: HoursOfWorkspace): readonly Week[] {
  if (type?.call_from || type?.call_until) {
    const windows = windowsOf(type);
    return windows ? [{ weekdays: windows, saturday: windows, sunday: windows }] : [];
  }
  return calling_hours === 'any' ? [] : [...new Set(regionsOf(phone).map(lawfulWeek))];
}

const WHOLE_DAY = 1440;

/** The windows of a type's own hours: two if the hours span midnight, undefined for a whole day. */
function windowsOf(type: CallingHours): readonly Window[] | undefined {
  const from = minutes(type.call_from, 0);
  const until = minutes(type.call_until, WHOLE_DAY);
  if (from === until || (from === 0 && until === WHOLE_DAY)) return undefined;
  if (from < until) return [[from, until]];
  return [
    [0, until],
    [from, WHOLE_DAY],
  ];
}

function minutes(text: string | null | undefined, otherwise: number): number {
  const match = /^(\d{2}):(\d{2})/.exec(text ?? '');
  return match ? Number(match[1]) * 60 + Number(match[2]) : otherwise;
}

function onDay(week: Week, day: string): readonly Window[] {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday === 0 ? week.sunday : weekday === 6 ? week.saturday : week.weekdays;
}

/** Whether the time is within all of these hours, in each of the zones where the callee may be. */
function isOpen(weeks: readonly Week[], now: Date, zones: readonly string[]): boolean {
  return zones.every((zone) => {
    const [day, minute] = [dayIn(now, zone), minuteOfDay(now, zone)];
    return weeks.every((week) => onDay(week, day).some(([from, until]) => minute >= from && minute < until));
  });
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * How far ahead to look, in ms: a day, or long enough to get past a weekend. Zones whose hours never overlap now may
 * overlap after a clock change weeks later, but nobody should have to wait for that.
 */
function horizonOf(weeks: readonly Week[]): number {
  const isEachDay = weeks.every(({ weekdays, saturday, sunday }) => weekdays === saturday && saturday === sunday);
  return isEachDay ? DAY_MS + 2 * HOUR_MS : 4 * DAY_MS;
}

const openings = new Map<string, Date | null>();
const MAX_CACHED = 1000;

/**
 * The next time after `now` that is within the hours in all zones, cached for a quarter of an hour. A start that a
 * clock change skips moves to the next valid time.
 */
function nextOpening(weeks: readonly Week[], now: Date, zones: readonly string[]): Date | null {
  const key = `${JSON.stringify(weeks)} ${zones.join()} ${Math.floor(now.getTime() / 900_000)}`;
  const cached = openings.get(key);
  if (cached !== undefined && (cached === null || cached > now)) return cached;
  const end = new Date(now.getTime() + horizonOf(weeks));
  const starts = zones.flatMap((name) => weeks.flatMap((week) => startsIn(week, now, end, name)));
  const at = starts
    .sort((a, b) => a.getTime() - b.getTime())
    .find((one) => one > now && one <= end && isOpen(weeks, one, zones));
  if (openings.size >= MAX_CACHED) openings.clear();
  openings.set(key, at ?? null);
  return at ?? null;
}

/** The times at which the hours begin on the days from `now` to `end`. */
function startsIn(week: Week, now: Date, end: Date, zone: string): Date[] {
  const days = Array.from({ length: Math.ceil((end.getTime() - now.getTime()) / DAY_MS) + 1 }, (_, ahead) => ahead);
  return days.flatMap((ahead) => {
    const day = dayIn(new Date(now.getTime() + ahead * DAY_MS), zone);
    return onDay(week, day).flatMap(([from]) => parseInstant(`${day} ${timeOfMinutes(from)}`, zone) ?? []);
  });
}
