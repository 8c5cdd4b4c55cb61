import { Refused } from '../../http/refused.ts';
import { knownWords, partsOf } from '../../http/text.ts';
import { invalid } from '../../platform/problem.ts';
import { dayIn, plusDays, startOfDay } from '../../platform/time/calendar.ts';
import { parseDate, parseInstant } from '../../platform/time/dates.ts';
import { findNamed } from '../../workspaces/find-named.ts';
import type { LifecycleState, ReferenceKind } from '../../workspaces/reference-data.ts';
import type { FilterContext } from './filter-context.ts';
import type { ListFilter } from './lead-list-conditions.ts';

/** Splits a comma-separated value, dropping empty parts. */
export function wordsOf(value: string): string[] {
  return partsOf(value).filter((part) => part !== '');
}

/** Parses a comma-separated list of allowed words; refuses any other. */
export function wordsIn<W extends string>(at: string, value: string, known: readonly W[]): readonly W[] {
  return knownWords(at, wordsOf(value), known);
}

/** Ids of the named items. A name may contain a comma, so the whole text is tried first. */
export function idsOf(kind: ReferenceKind, value: string, { referenceData }: FilterContext): string[] | undefined {
  const whole = findNamed(referenceData, kind, value);
  if (whole) return [whole.id];
  return someOf(wordsOf(value).flatMap((name) => findNamed(referenceData, kind, name)?.id ?? []));
}

/** Ids of the named owners; `me` and `none` have a special meaning. */
export function ownersIn(
  value: string,
  { referenceData, memberId }: FilterContext,
): readonly (string | null)[] | undefined {
  return someOf(
    wordsOf(value).flatMap((name): (string | null)[] => {
      if (name === 'none') return [null];
      const id = name === 'me' ? memberId : findNamed(referenceData, 'member', name)?.id;
      return id ? [id] : [];
    }),
  );
}

/** Ids of the statuses in the given lifecycle states. */
export function statusesOf(
  states: readonly LifecycleState[],
  { referenceData }: FilterContext,
): readonly string[] | undefined {
  const statuses = referenceData.all('status').filter(({ state }) => states.includes(state));
  return someOf(statuses.map(({ id }) => id));
}

function someOf<T>(values: readonly T[]): T[] | undefined {
  return values.length > 0 ? [...new Set(values)] : undefined;
}

/** Most custom field conditions per request. */
const MOST_CUSTOM_CONDITIONS = 10;

/** Parses custom field conditions, encoded as a query string. A value may contain a comma. */
export function customIn(value: string): NonNullable<ListFilter['custom']> {
  const pairs = [...new URLSearchParams(value)];
  if (pairs.length > MOST_CUSTOM_CONDITIONS)
    throw new Refused(invalid({ at: 'custom', code: 'too_many', limits: { max: MOST_CUSTOM_CONDITIONS } }));
  return pairs.map(([name, text]) => ({ name, values: [...new Set([text.trim(), ...wordsOf(text)])].filter(Boolean) }));
}

/** Start of the day that is `days` after today, in the workspace's time zone. */
export function dayFromNow(days: number, { referenceData, now }: FilterContext): Date {
  const { time_zone } = referenceData.workspace;
  return startOfDay(plusDays(dayIn(now, time_zone), days), time_zone);
}

/** Parses an instant; a date means the start of that day. */
export function instantIn(at: string, text: string, { referenceData }: FilterContext): Date {
  const instant = parseInstant(text, referenceData.workspace.time_zone);
  if (!instant) throw new Refused(invalid({ at, code: 'not_date' }));
  return instant;
}

/** Parses an instant; a date means the end of that day. */
export function endIn(at: string, text: string, context: FilterContext): Date {
  const day = parseDate(text);
  if (day !== text.trim()) return instantIn(at, text, context);
  return startOfDay(plusDays(day, 1), context.referenceData.workspace.time_zone);
}
