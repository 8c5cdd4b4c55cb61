import Type, { type Static } from 'typebox';
import { Refused } from '../http/refused.ts';
import type { RequestContext } from '../http/request-context.ts';
import { reportQuery, USUAL_DAYS } from '../leads/views/report-query-shape.ts';
import { invalid } from '../platform/problem.ts';
import { dayIn, plusDays, startOfDay } from '../platform/time/calendar.ts';
import { findNamed } from '../workspaces/find-named.ts';
import type { ReferenceData, ReferenceKind } from '../workspaces/reference-data.ts';
import type { Cohort } from './report.ts';

const MOST_DAYS = 731;

const queryShape = Type.Object(reportQuery);
export type ReportQuery = Static<typeof queryShape>;

/** Reads the period and the filters. Refuses periods that are invalid or too long. */
export function readCohort(
  query: ReportQuery,
  { referenceData, at, caller, visibility }: Pick<RequestContext, 'referenceData' | 'at' | 'caller' | 'visibility'>,
): Cohort {
  const zone = referenceData.workspace.time_zone;
  const { from, to } = daysAsked(query, dayIn(at, zone));
  if (from > to) throw new Refused(invalid({ at: 'to', code: 'too_small', limits: { min: dayNumber(from) } }));
  if (plusDays(from, MOST_DAYS) <= to)
    throw new Refused({
      kind: 'own_conflict',
      code: 'too_much',
      detail: `A report covers at most ${MOST_DAYS} days. Choose a shorter period.`,
    });
  return {
    ...spanOf(from, to, zone),
    today: dayIn(at, zone),
    departments: idsOf(referenceData, 'department', query.department),
    sources: idsOf(referenceData, 'source', query.source),
    owners: ownersOf(referenceData, query.owner, caller.member_id),
    visibility,
    words: wordsSent(query),
  };
}

/** The preceding period of equal length. */
export function cohortBefore(cohort: Cohort, referenceData: ReferenceData): Cohort {
  const to = plusDays(cohort.from, -1);
  return { ...cohort, ...spanOf(plusDays(to, 1 - daysOf(cohort).length), to, referenceData.workspace.time_zone) };
}

/** All days of the period, including those without leads. */
export function daysOf({ from, to }: Pick<Cohort, 'from' | 'to'>): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = plusDays(day, 1)) days.push(day);
  return days;
}

/** Query string that lists exactly these leads. */
export function listQuery(cohort: Cohort, more: Readonly<Record<string, string>> = {}): string {
  const all = { created_from: cohort.from, created_to: cohort.to, ...cohort.words, ...more };
  return Object.entries(all)
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`)
    .join('&');
}

function spanOf(from: string, to: string, zone: string) {
  return { from, to, start: startOfDay(from, zone), end: startOfDay(plusDays(to, 1), zone) };
}

function daysAsked({ range, ...query }: ReportQuery, today: string): Pick<Cohort, 'from' | 'to'> {
  if (range === 'quarter') return { from: quarterOf(today), to: today };
  if (range) return { from: plusDays(today, 1 - { today: 1, '7d': 7, '30d': 30 }[range]), to: today };
  const to = query.to ?? laterOf(today, query.from);
  return { from: query.from ?? plusDays(to, 1 - USUAL_DAYS), to };
}

/** The first day of the quarter. */
function quarterOf(day: string): string {
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 5)}${String(month).padStart(2, '0')}-01`;
}

function laterOf(day: string, other: string | undefined): string {
  return other !== undefined && other > day ? other : day;
}

function dayNumber(day: string): number {
  return Number(day.replaceAll('-', ''));
}

/** Ids for the given names. An unknown name matches no lead. */
function idsOf(referenceData: ReferenceData, kind: ReferenceKind, sent: string | undefined): string[] | null {
  if (sent === undefined) return null;
  return wordsOf(sent).flatMap((name) => findNamed(referenceData, kind, name)?.id ?? []);
}

function ownersOf(
  referenceData: ReferenceData,
  sent: string | undefined,
  memberId: string | null,
): (string | null)[] | null {
  if (sent === undefined) return null;
  return wordsOf(sent).flatMap((name): (string | null)[] => {
    if (name === 'none') return [null];
    const id = name === 'me' ? memberId : findNamed(referenceData, 'member', name)?.id;
    return id ? [id] : [];
  });
}

function wordsSent(query: ReportQuery): Record<string, string> {
  const sent = (['department', 'source', 'owner'] as const).map((name) => [name, query[name]]);
  return Object.fromEntries(sent.filter(([, value]) => value !== undefined));
}

function wordsOf(sent: string): string[] {
  return sent.split(',').flatMap((word) => word.trim() || []);
}
