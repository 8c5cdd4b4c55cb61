import { Refused } from '../../http/refused.ts';
import { invalid } from '../../platform/problem.ts';
import type { ReferenceData, ReferenceKind } from '../../workspaces/reference-data.ts';

/** Most leads that are sorted by a column without an index in that order. */
export const SORTED_WITHIN = 10_000;

/** How a list is sorted by a column. */
export interface ColumnSort {
  /** SQL for the value of a lead; `param` adds a parameter to the statement. */
  key: (param: (value: unknown) => string) => string;
  /** SQL type of the value. */
  type: keyof typeof keyTypes;
  descending: boolean;
}

/** Types of sort keys, each with the pattern that a key in a cursor must match. */
const keyTypes = {
  text: /^[^\0]{0,40}$/su,
  integer: /^\d{1,9}$/,
  numeric: /^-?\d{1,15}(\.\d{1,10})?$/,
} as const;

type SortKey = Omit<ColumnSort, 'descending'>;

/** Texts are sorted by their first characters only, because these become part of the cursor; see `keyTypes`. */
const LONGEST_KEY = 40;
const text = (value: string): SortKey => ({ key: () => `left(lower(${value}), ${LONGEST_KEY})`, type: 'text' });
/** Times as seconds, so that no cursor can name a date that does not exist. */
const time = (value: string): SortKey => number(`extract(epoch FROM ${value})`);
const number = (value: string): SortKey => ({ key: () => value, type: 'numeric' });

/** Columns that a list can be sorted by, besides custom fields. */
const sortKeys = {
  name: () => text('coalesce(name, company_name, email, phone)'),
  company_name: () => text('company_name'),
  email: () => text('email'),
  phone: () => text('phone'),
  status: (data: ReferenceData) => byPlace('status_id', inOrder(data, 'status')),
  type: (data: ReferenceData) => byPlace('type_id', inOrder(data, 'type')),
  source: (data: ReferenceData) => byPlace('source_id', byName(data, 'source')),
  department: (data: ReferenceData) => byPlace('department_id', byName(data, 'department')),
  owner: (data: ReferenceData) => byPlace('owner_id', byName(data, 'member')),
  target_amount: () => number('target_amount'),
  next_step: () => time('next_step_at'),
  first_reply: () => time('first_reply_at - created_at'),
  created: () => time('created_at'),
  updated: () => time('updated_at'),
} as const;
type SortColumn = keyof typeof sortKeys;
const sortColumns = Object.keys(sortKeys) as SortColumn[];

const inOrder = (data: ReferenceData, kind: ReferenceKind) => data.all(kind).map(({ id }) => id);
const byName = (data: ReferenceData, kind: ReferenceKind) =>
  [...data.all(kind)].sort((a, b) => a.name.localeCompare(b.name)).map(({ id }) => id);

function byPlace(name: string, ids: readonly string[]): SortKey {
  return { key: (param) => `array_position(${param(ids)}::uuid[], ${name})`, type: 'integer' };
}

const CUSTOM = 'custom.';

function ofCustomField(name: string, data: ReferenceData): SortKey {
  if (data.customField(name)?.type !== 'number')
    return { key: (param) => `left(lower(nullif(custom ->> ${param(name)}, '')), ${LONGEST_KEY})`, type: 'text' };
  return {
    key: (param) => {
      const value = `(custom ->> ${param(name)})`;
      return `CASE WHEN ${value} ~ '^-?\\d{1,15}(\\.\\d{1,10})?$' THEN ${value}::numeric END`;
    },
    type: 'numeric',
  };
}

/** Values of the `sort` parameter, for its documentation and error messages. */
export const sortWords = ['newest', 'oldest', ...sortColumns, `${CUSTOM}<name of a custom field>`];

/** What a `sort` parameter requests: an order that an index provides, or sorting by a column. */
export type Sort = { order: 'newest' | 'oldest' | 'next_step' } | { sort: (data: ReferenceData) => ColumnSort };

/** Parses a `sort` parameter; refuses unknown columns. A minus before a column reverses the order. */
export function readSort(wanted: string): Sort {
  if (wanted === 'newest' || wanted === '-created') return { order: 'newest' };
  if (wanted === 'oldest' || wanted === 'created') return { order: 'oldest' };
  if (wanted === 'next_step') return { order: 'next_step' };
  const descending = wanted.startsWith('-');
  const name = descending ? wanted.slice(1) : wanted;
  if (name.startsWith(CUSTOM) && name.length > CUSTOM.length)
    return { sort: (data) => ({ ...ofCustomField(name.slice(CUSTOM.length), data), descending }) };
  const known = sortColumns.find((one) => one === name);
  if (!known) throw new Refused(invalid({ at: 'sort', code: 'not_in_list', limits: { allowed: sortWords } }));
  return { sort: (data) => ({ ...sortKeys[known](data), descending }) };
}

/** Whether a cursor's key can be a value of the sort. */
export function fitsSort(key: string | null, { type }: Pick<ColumnSort, 'type'>): boolean {
  return key === null || keyTypes[type].test(key);
}
