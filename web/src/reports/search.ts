import type { paths } from '../api/schema.d.ts';

type Asked = NonNullable<paths['/v1/reports/sources']['get']['parameters']['query']>;

/** The date ranges with a name. */
export const ranges = { today: 'Today', '7d': '7 days', '30d': '30 days', quarter: 'Quarter' } as const;
export type RangeName = keyof typeof ranges;
export const USUAL_RANGE: RangeName = '30d';

/** The search parameters of the reports. */
export interface ReportSearch {
  range?: RangeName;
  /** A custom range in place of a named one. */
  from?: string;
  to?: string;
  compare?: true;
  department?: string;
  source?: string;
  owner?: string;
  /** The saved report that the rest came from. */
  view?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the search parameters; invalid ones are ignored. */
export function readReportSearch(sent: Readonly<Record<string, unknown>>): ReportSearch {
  const search: ReportSearch = {};
  const range = String(sent['range'] ?? '');
  if (range in ranges && range !== USUAL_RANGE) search.range = range as RangeName;
  for (const name of ['from', 'to'] as const) {
    const day = sent[name];
    if (typeof day === 'string' && DAY.test(day)) search[name] = day;
  }
  for (const name of ['department', 'source', 'owner'] as const) {
    const value = sent[name];
    if ((typeof value === 'string' || typeof value === 'number') && value !== '') search[name] = String(value);
  }
  if (sent['compare'] === true || sent['compare'] === 'previous') search.compare = true;
  if (typeof sent['view'] === 'string') search.view = sent['view'];
  return search;
}

/** The search as query parameters of the API. */
export function askedOf({ range, from, to, compare, view: _, ...filters }: ReportSearch): Asked {
  const days = from || to ? { ...(from && { from }), ...(to && { to }) } : { range: range ?? USUAL_RANGE };
  return { ...days, ...filters, ...(compare && { compare: 'previous' }) };
}

/** The period and the filters as a query string, as a saved report stores them; empty for the defaults. */
export function writeReport({ view: _, compare, ...search }: ReportSearch): string {
  return new URLSearchParams({ ...search, ...(compare && { compare: 'previous' }) }).toString();
}

/** Reads the query string of a saved report. */
export const readReport = (query: string): ReportSearch =>
  readReportSearch(Object.fromEntries(new URLSearchParams(query)));
