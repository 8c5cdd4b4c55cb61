import { certaintyOf } from '../platform/phone/show-phone.ts';
import { dayIn } from '../platform/time/calendar.ts';
import { parseInstant } from '../platform/time/dates.ts';
import { type CalleeZone, calleeZone, minuteOfDay } from './callee-zone.ts';

/** The facts about a lead that decide whether it may be called. */
export interface Callee {
  phone: string | null;
  do_not_call_since: Date | null;
}

/** The calling hours of a lead type, in the callee's local time, HH:MM[:SS]. */
export interface CallingHours {
  call_from?: string | null;
  call_until?: string | null;
}

/** Either permission, or the reason against it with the earliest permitted time (null: never, as things stand). */
export type Verdict = { may: true; zone: CalleeZone } | { may: false; why: WhyNot; at: Date | null; zone: CalleeZone };

const whysNot = ['do_not_call', 'no_phone', 'not_a_number', 'outside_hours'] as const;
type WhyNot = (typeof whysNot)[number];

/** Decides whether a lead may be called now. Every call must pass this check. Pure. */
export function canCall(lead: Callee, type: CallingHours | undefined, now: Date, workspaceZone: string): Verdict {
  const zone = calleeZone(lead.phone, workspaceZone, now);
  if (lead.do_not_call_since) return { may: false, why: 'do_not_call', at: null, zone };
  if (!lead.phone) return { may: false, why: 'no_phone', at: null, zone };
  if (certaintyOf(lead.phone) === 'none') return { may: false, why: 'not_a_number', at: null, zone };
  if (isOpen(type, now, zone.time_zone)) return { may: true, zone };
  return { may: false, why: 'outside_hours', at: nextOpening(type, now, zone.time_zone), zone };
}

/** The earliest permitted time for a call due then. */
export function permittedFrom(lead: Callee, type: CallingHours | undefined, due: Date, workspaceZone: string): Date {
  if (!type?.call_from && !type?.call_until) return due;
  const verdict = canCall(lead, type, due, workspaceZone);
  return verdict.may ? due : (verdict.at ?? due);
}

/** Words the reason as a sentence. */
export function explainRefusal({ why, at }: Extract<Verdict, { may: false }>, type: CallingHours | undefined): string {
  if (why === 'do_not_call') return 'This lead asked not to be called.';
  if (why === 'no_phone') return 'This lead has no phone number.';
  if (why === 'not_a_number') return 'The phone of this lead is not a phone number. Correct it first.';
  const until = type?.call_until?.slice(0, 5) ?? '24:00';
  const hours = `${type?.call_from?.slice(0, 5) ?? '00:00'} and ${until}`;
  return `Leads of this type can be called between ${hours} local time${at ? `; next from ${at.toISOString()}` : ''}.`;
}

function isOpen(type: CallingHours | undefined, now: Date, timeZone: string): boolean {
  const [from, until] = hoursOf(type);
  if (from === until) return true;
  const minute = minuteOfDay(now, timeZone);
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

const WHOLE_DAY = 1440;

function hoursOf(type: CallingHours | undefined): [from: number, until: number] {
  const from = minutes(type?.call_from, 0);
  const until = minutes(type?.call_until, WHOLE_DAY);
  return from === 0 && until === WHOLE_DAY ? [0, 0] : [from, until];
}

function minutes(text: string | null | undefined, otherwise: number): number {
  const match = /^(\d{2}):(\d{2})/.exec(text ?? '');
  return match ? Number(match[1]) * 60 + Number(match[2]) : otherwise;
}

/** The next start of calling hours after now. A start skipped by a clock change moves to the next valid time. */
function nextOpening(type: CallingHours | undefined, now: Date, timeZone: string): Date | null {
  const time = type?.call_from?.slice(0, 5) ?? '00:00';
  for (let days = 0; days <= 3; days += 1) {
    const day = dayIn(new Date(now.getTime() + days * 86_400_000), timeZone);
    const at = parseInstant(`${day} ${time}`, timeZone);
    if (at && at > now && isOpen(type, at, timeZone)) return at;
  }
  return null;
}
