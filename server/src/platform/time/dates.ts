import { zoneOffset } from './wall-clock.ts';

/** Normalises a calendar date, or the date part of an ISO timestamp, to YYYY-MM-DD; undefined for anything else. */
export function parseDate(text: string): string | undefined {
  const match =
    /^(\d{4})-(\d{1,2})-(\d{1,3})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text.trim(),
    );
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1800 && year <= 2200 ? date.toISOString().slice(0, 10) : undefined;
}

/**
 * Parses an instant from ISO 8601, or from `YYYY-MM-DD[ HH:MM[:SS]]` taken as wall time in `timeZone`. A wall time
 * skipped by a clock change gives the later instant, a repeated one the first. Undefined for anything else.
 */
export function parseInstant(text: string, timeZone: string): Date | undefined {
  const match =
    /^(\d{4}-\d{1,2}-\d{1,2})(?:[T ]+(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      text.trim(),
    );
  const day = match?.[1] && parseDate(match[1]);
  if (!match || !day) return undefined;
  const [hour, minute, second] = [Number(match[2] ?? 0), Number(match[3] ?? 0), Number(match[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const wall = Date.parse(`${day}T00:00:00Z`) + ((hour * 60 + minute) * 60 + second) * 1000;
  const offset = match[5];
  if (offset) return new Date(wall - offsetMinutes(offset) * 60_000);
  return new Date(fromWallTime(wall, timeZone));
}

function offsetMinutes(offset: string): number {
  if (offset === 'Z') return 0;
  const digits = offset.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return offset.startsWith('-') ? -minutes : minutes;
}

/** Two guesses suffice: the zone's offsets half a day before and half a day after the wall time. */
function fromWallTime(wall: number, timeZone: string): number {
  const early = wall - zoneOffset(wall + 86_400_000 / 2, timeZone);
  const late = wall - zoneOffset(wall - 86_400_000 / 2, timeZone);
  for (const instant of [Math.min(early, late), Math.max(early, late)])
    if (instant + zoneOffset(instant, timeZone) === wall) return instant;
  return Math.max(early, late);
}
