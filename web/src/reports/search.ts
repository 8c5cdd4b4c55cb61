import type { paths } from '../api/schema.d.ts';

type Asked = NonNullable<paths['/v1/reports/sources']['get']['parameters']['query']>;

/** The ranges of days that can be chosen by name. */
export const ranges = { today: 'Today', '7d': '7 days', '30d': '30 days', quarter: 'Quarter' } as const;
export type RangeName = keyof typeof ranges;
export const USUAL_RANGE: RangeName = '30d';

/** What the address of the reports says. */
export interface ReportSearch {
  range?: RangeName;
  /** Days of one's own choice, in place of a range. */
  from?: string;
  to?: string;
  compare?: true;
  department?: string;
  source?: string;
  owner?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the address; what it cannot hold is left out. */
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
  if (sent['compare'] === true) search.compare = true;
  return search;
}

/** The same as the server takes it. */
export function askedOf({ range, from, to, compare, ...filters }: ReportSearch): Asked {
  const days = from || to ? { ...(from && { from }), ...(to && { to }) } : { range: range ?? USUAL_RANGE };
  return { ...days, ...filters, ...(compare && { compare: 'previous' }) };
}
