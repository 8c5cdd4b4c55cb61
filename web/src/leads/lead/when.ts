import { clockTime, lastsAllDay } from '../../ui/times.ts';

/** A common date and time, in local time. */
export interface Preset {
  label: string;
  /** The key that chooses it, where presets have keys. */
  key: string;
  at: Date;
}

function clock(daysAhead: number, hour: number, now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + daysAhead, hour);
}

/** Common times for a next step, without those already past. */
export function presets(now = new Date()): Preset[] {
  const untilMonday = (8 - now.getDay()) % 7 || 7;
  const all: Preset[] = [
    { label: 'In 1 hour', key: 'q', at: new Date(now.getTime() + 3_600_000) },
    { label: 'Today 17:00', key: 'w', at: clock(0, 17, now) },
    { label: 'Tomorrow 10:00', key: 'e', at: clock(1, 10, now) },
    { label: 'Monday 10:00', key: 'r', at: clock(untilMonday, 10, now) },
  ];
  return all.filter(({ at }, place) => at > now && !(place === 3 && untilMonday === 1));
}

/** A moment in the format of datetime-local inputs. */
export function toLocalInput(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

/**
 * A due date in a few words: `14:30`, `Tomorrow 10:00`, `Mon 24 Nov 10:00`. If it is due all day in the workspace's
 * time zone, the time is left out: `Today`, `Mon 24 Nov`.
 */
export function dueWords(at: string | Date, workspaceZone: string, now = new Date()): string {
  const due = new Date(at);
  const isAllDay = lastsAllDay(due.getTime(), workspaceZone);
  const days = Math.round((startOfDay(due) - startOfDay(now)) / 86_400_000);
  const time = isAllDay ? '' : clockTime(due.getTime());
  return `${dayWords(due, days, now) || (isAllDay ? 'Today' : '')} ${time}`.trim();
}

/** The day in words; empty for today. */
function dayWords(due: Date, days: number, now: Date): string {
  if (days === 0) return '';
  if (days === 1) return 'Tomorrow';
  if (days === -1) return 'Yesterday';
  const isThisYear = due.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    ...(isThisYear ? { weekday: 'short' } : { year: 'numeric' }),
  }).format(due);
}

function startOfDay(at: Date): number {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
}

/** The duration of a call: `2m 14s`. */
export function talkWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes}m ${seconds % 60}s` : `${seconds}s`;
}
