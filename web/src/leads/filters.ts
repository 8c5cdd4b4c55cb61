import type { paths } from '../api/schema.d.ts';

type ListQuery = NonNullable<paths['/v1/leads']['get']['parameters']['query']>;

/** The filters and sort order of leads, shared by the list, the board and saved views. */
export type LeadFilters = Omit<ListQuery, 'cursor' | 'limit'> & { group?: Group | undefined };

/** What a list can be grouped by. */
export const groupNames = ['status', 'owner', 'source', 'type'] as const;
export type Group = (typeof groupNames)[number];

/** The columns that the server sorts by, besides custom fields. */
export const sortNames = [
  'name',
  'company_name',
  'status',
  'owner',
  'source',
  'type',
  'department',
  'phone',
  'email',
  'target_amount',
  'next_step',
  'first_reply',
  'updated',
] as const;
export type SortName = (typeof sortNames)[number] | `custom.${string}`;

/** The search parameters of the lead list: filters, the saved view they came from, the open lead. */
export interface LeadSearch extends LeadFilters {
  view?: string;
  lead?: string;
  new?: number;
  /** Set while the dialog for a pasted request is open. */
  paste?: number;
}

const spans = ['today', '7d', '30d'] as const;
/**
 * How each filter is read from the URL: as text, as a number, or as one of these words. The compiler reports a missing
 * filter. They are written to the URL in this order.
 */
const kinds: { readonly [N in keyof Required<LeadFilters>]: 'text' | 'number' | 'sort' | readonly string[] } = {
  q: 'text',
  phone: 'text',
  email: 'text',
  status: 'text',
  source: 'text',
  owner: 'text',
  type: 'text',
  department: 'text',
  tag: 'text',
  state: 'text',
  dialect: 'text',
  lacks: 'text',
  custom: 'text',
  created_from: 'text',
  created_to: 'text',
  waiting: 'number',
  amount_from: 'number',
  amount_to: 'number',
  created: spans,
  enquired_again: spans,
  next: ['overdue', 'today', 'planned', 'none', 'callback'],
  sort: 'sort',
  group: groupNames,
};
const filterNames = Object.keys(kinds) as (keyof LeadFilters)[];

/** Reads filters and sort order; invalid values are ignored. */
export function readFilters(sent: Readonly<Record<string, unknown>>): LeadFilters {
  const filters: Record<string, unknown> = {};
  for (const name of filterNames) {
    const value = readFilter(name, sent[name]);
    if (value !== undefined) filters[name] = value;
  }
  return filters as LeadFilters;
}

function readFilter(name: keyof LeadFilters, sent: unknown): string | number | undefined {
  const kind = kinds[name];
  if (typeof kind === 'object') return kind.find((word) => word === sent);
  if (sent === undefined || sent === '') return undefined;
  if (kind === 'number') return Number.isFinite(Number(sent)) ? Number(sent) : undefined;
  if (kind === 'sort') return sortIn(sent);
  return typeof sent === 'string' || typeof sent === 'number' ? String(sent) : undefined;
}

function sortIn(sent: unknown): string | undefined {
  if (typeof sent !== 'string') return undefined;
  if (sent === 'newest' || sent === 'oldest' || /^-?custom\../.test(sent)) return sent;
  return sortNames.some((name) => name === sent.replace(/^-/, '')) ? sent : undefined;
}

/** Reads the search parameters of the lead list. */
export function readLeadSearch(sent: Readonly<Record<string, unknown>>): LeadSearch {
  const search: LeadSearch = readFilters(sent);
  if (typeof sent['view'] === 'string') search.view = sent['view'];
  if (typeof sent['lead'] === 'string') search.lead = sent['lead'];
  if (sent['new'] !== undefined) search.new = 1;
  if (sent['paste'] !== undefined) search.paste = 1;
  return search;
}

/** Filters as a query string in a fixed order, so that equal filters give equal strings. */
export function writeFilters(filters: LeadFilters): string {
  const pairs = new URLSearchParams();
  for (const name of filterNames) if (filters[name] !== undefined) pairs.set(name, String(filters[name]));
  return pairs.toString();
}

/** Filters from a query string, as saved views store them. */
export function filtersOfQuery(query: string): LeadFilters {
  return readFilters(Object.fromEntries(new URLSearchParams(query)));
}

/** The filters without sort order and grouping. */
export function narrowing({ sort: _, group: __, ...filters }: LeadFilters): Omit<LeadFilters, 'sort' | 'group'> {
  return filters;
}

/** The filters and the sort order, as the API takes them. */
export function asked({ group: _, ...query }: LeadFilters): Omit<LeadFilters, 'group'> {
  return query;
}

/** The filters on custom fields by name; an empty value means that the field is empty. */
export function customOf({ custom }: LeadFilters): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(custom));
}

/** The filters with one custom field set to a value; undefined removes it. */
export function withCustom(filters: LeadFilters, name: string, value: string | undefined): Pick<LeadFilters, 'custom'> {
  const { [name]: _, ...rest } = customOf(filters);
  const custom = `${new URLSearchParams(value === undefined ? rest : { ...rest, [name]: value })}`;
  return { custom: custom === '' ? undefined : custom };
}

/** The values of a filter that takes several. */
export function valuesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',').filter((value) => value !== '');
}
