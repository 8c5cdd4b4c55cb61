import { parseInstant } from '../platform/time/dates.ts';
import { type CalleeZone, calleeZone, dayOf, minuteOfDay } from './callee-zone.ts';

/** What of a lead decides whether it may be called. */
export interface Callee {
  phone: string | null;
  do_not_call_since: Date | null;
}

/** What of its lead type does: the hours of the callee's day between which they are called, HH:MM[:SS]. */
export interface CallingHours {
  call_from?: string | null;
  call_until?: string | null;
}

/** Yes, or no with the reason and the earliest lawful time; null: never, as things stand. */
export type Verdict = { may: true; zone: CalleeZone } | { may: false; why: WhyNot; at: Date | null; zone: CalleeZone };

const whysNot = ['do_not_call', 'no_phone', 'outside_hours'] as const;
type WhyNot = (typeof whysNot)[number];

/** The one gate that every call passes: may this lead be called now? Pure. */
export function canCall(lead: Callee, type: CallingHours | undefined, now: Date, workspaceZone: string): Verdict {
  const zone = calleeZone(lead.phone, workspaceZone, now);
  if (lead.do_not_call_since) return { may: false, why: 'do_not_call', at: null, zone };
  if (!lead.phone) return { may: false, why: 'no_phone', at: null, zone };
  if (isOpen(type, now, zone.time_zone)) return { may: true, zone };
  return { may: false, why: 'outside_hours', at: opens(type, now, zone.time_zone), zone };
}

/** When a call that is due then may be made: at once, or as soon as it is lawful. */
export function lawfulFrom(lead: Callee, type: CallingHours | undefined, due: Date, workspaceZone: string): Date {
  if (!type?.call_from && !type?.call_until) return due;
  const verdict = canCall(lead, type, due, workspaceZone);
  return verdict.may ? due : (verdict.at ?? due);
}

/** Says why not, in a sentence. */
export function whyNot({ why, at }: Extract<Verdict, { may: false }>, type: CallingHours | undefined): string {
  if (why === 'do_not_call') return 'This lead asked not to be called.';
  if (why === 'no_phone') return 'This lead has no phone number.';
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

/** The next opening after now. Where a clock change skips it, the day begins with what follows. */
function opens(type: CallingHours | undefined, now: Date, timeZone: string): Date | null {
  const time = type?.call_from?.slice(0, 5) ?? '00:00';
  for (let days = 0; days <= 3; days += 1) {
    const day = dayOf(new Date(now.getTime() + days * 86_400_000), timeZone);
    const at = parseInstant(`${day} ${time}`, timeZone);
    if (at && at > now && isOpen(type, at, timeZone)) return at;
  }
  return null;
}
