import type { paths } from '../api/schema.d.ts';

type ListQuery = NonNullable<paths['/v1/leads']['get']['parameters']['query']>;

/** How leads are narrowed and sorted: the part of an address that lists, the board and saved views share. */
export type LeadFilters = Omit<ListQuery, 'cursor' | 'limit'>;

/** What the address of the leads says: the filters, the saved view they came from, whose drawer is open. */
export interface LeadSearch extends LeadFilters {
  view?: string;
  lead?: string;
  new?: number;
}

const texts = [
  'q',
  'phone',
  'email',
  'status',
  'source',
  'owner',
  'type',
  'department',
  'state',
  'dialect',
  'lacks',
  'custom',
  'created_from',
  'created_to',
] as const;
const numbers = ['waiting', 'amount_from', 'amount_to'] as const;
const words = {
  created: ['today', '7d', '30d'],
  next: ['overdue', 'today', 'planned', 'none', 'callback'],
  sort: ['newest', 'oldest', 'next_step'],
} as const;

/** Names of everything that narrows or sorts, in the order in which an address says it. */
const filterNames = [...texts, ...numbers, 'created', 'next', 'sort'] as const satisfies (keyof LeadFilters)[];

/** Reads what narrows and sorts; what cannot be that is left out. */
export function readFilters(sent: Readonly<Record<string, unknown>>): LeadFilters {
  const filters: Record<string, unknown> = {};
  for (const name of texts) {
    const value = sent[name];
    if ((typeof value === 'string' || typeof value === 'number') && value !== '') filters[name] = String(value);
  }
  for (const name of numbers) {
    const value = sent[name];
    if (value !== undefined && value !== '' && Number.isFinite(Number(value))) filters[name] = Number(value);
  }
  for (const [name, known] of Object.entries(words)) {
    const value = known.find((word) => word === sent[name]);
    if (value !== undefined) filters[name] = value;
  }
  return filters as LeadFilters;
}

/** Reads an address of the leads. */
export function readLeadSearch(sent: Readonly<Record<string, unknown>>): LeadSearch {
  const search: LeadSearch = readFilters(sent);
  if (typeof sent['view'] === 'string') search.view = sent['view'];
  if (typeof sent['lead'] === 'string') search.lead = sent['lead'];
  if (sent['new'] !== undefined) search.new = 1;
  return search;
}

/** Filters as a query string, always in one order: two that mean the same read the same. */
export function writeFilters(filters: LeadFilters): string {
  const pairs = new URLSearchParams();
  for (const name of filterNames) if (filters[name] !== undefined) pairs.set(name, String(filters[name]));
  return pairs.toString();
}

/** Filters of a query string, as saved views keep them. */
export function filtersOfQuery(query: string): LeadFilters {
  return readFilters(Object.fromEntries(new URLSearchParams(query)));
}

/** Only what narrows. */
export function narrowing({ sort: _, ...filters }: LeadFilters): Omit<LeadFilters, 'sort'> {
  return filters;
}

/** What is asked of the workspace's own fields, by their names; blank: they are empty. */
export function customOf({ custom }: LeadFilters): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(custom));
}

/** The filters with another value of one of the workspace's own fields; undefined: whichever. */
export function withCustom(filters: LeadFilters, name: string, value: string | undefined): Pick<LeadFilters, 'custom'> {
  const { [name]: _, ...rest } = customOf(filters);
  const custom = `${new URLSearchParams(value === undefined ? rest : { ...rest, [name]: value })}`;
  return { custom: custom === '' ? undefined : custom };
}

/** The values of a filter that may have several. */
export function valuesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',').filter((value) => value !== '');
}
