import { useSyncExternalStore } from 'react';

const MINUTE = 60_000;
const watchers = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  for (const watcher of watchers) watcher();
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  timer ??= setInterval(tick, MINUTE);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The current time, updated once a minute by one shared timer. */
export function useMinute(): number {
  useSyncExternalStore(watch, () => Math.floor(now / MINUTE));
  return Math.max(now, Date.now() - MINUTE);
}

/** A moment relative to another, shortened: `6m`, `1h`, `in 2d`; from a week on, the date. */
export function relative(at: number, from: number): string {
  const minutes = Math.round(Math.abs(from - at) / MINUTE);
  if (minutes < 1) return 'now';
  const days = Math.floor(minutes / 1440);
  if (days >= 7) return date(at, from);
  const short = shortSpan(minutes);
  return at > from ? `in ${short}` : short;
}

/** `relative` for use in a sentence: `6m ago`, `just now`, `in 2d`. */
export function ago(at: number, from: number): string {
  const short = relative(at, from);
  if (at > from) return short;
  if (short === 'now') return 'just now';
  return from - at < 7 * 1440 * MINUTE ? `${short} ago` : short;
}

/** A span of whole minutes, shortened: `6m`, `1h`, `2d`. */
export function shortSpan(minutes: number): string {
  if (minutes < 60) return `${minutes}m`;
  return minutes < 1440 ? `${Math.floor(minutes / 60)}h` : `${Math.floor(minutes / 1440)}d`;
}

/** The calendar day of a moment in a time zone, YYYY-MM-DD. */
export function dayIn(timeZone: string, at = Date.now()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** Whether a moment is the last second of a day in a time zone: things due on a day without a time are due then. */
export function lastsAllDay(at: number, timeZone: string): boolean {
  const parts = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone }).format(at) === '23:59:59';
}

function date(at: number, from: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(from).getFullYear();
  return new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
  }).format(at);
}

/** A date and time in full, with the time zone. */
export function absolute(at: number | string, timeZone?: string): string {
  return new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(timeZone && { timeZone }),
  }).format(new Date(at));
}

/** The time, with the day unless it is today. */
export function dayTime(at: number, now: number): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return sameDay ? clockTime(at) : weekdayTime(at);
}

/** The day with its weekday, and the time, in a time zone or in the browser's own. */
export function weekdayTime(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone && { timeZone }),
  }).format(at);
}

/** HH:MM in a time zone, or in the browser's own. */
export function clockTime(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone && { timeZone }),
  }).format(at);
}
