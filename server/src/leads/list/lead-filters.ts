import Type, { type Static, type TSchema } from 'typebox';
import { Refused } from '../../http/refused.ts';
import { oneOf } from '../../http/shapes.ts';
import { emailKey } from '../../platform/email.ts';
import { anyLeadId } from '../../platform/ids.ts';
import type { Issue } from '../../platform/problem.ts';
import { lifecycleStates } from '../../workspaces/reference-data.ts';
import { LARGEST_AMOUNT } from '../fields.ts';
import { phoneKey } from '../lead-keys.ts';
import type { FilterContext } from './filter-context.ts';
import {
  customIn,
  dayFromNow,
  endIn,
  idsOf,
  instantIn,
  ownersIn,
  statusesOf,
  wordsIn,
  wordsOf,
} from './filter-values.ts';
import { type ListFilter, lacks } from './lead-list-conditions.ts';
import { readSort, SORTED_WITHIN, sortWords } from './lead-sorts.ts';
import { readSearch } from './search-text.ts';

/** A query parameter that filters leads. */
interface Filter<S extends TSchema> {
  schema: S;
  /** Checks what the schema cannot express and throws `Refused`, independently of the caller and the current time. */
  check?(value: Static<S>): unknown;
  /** Converts the value to filter conditions; undefined if it names something unknown, so that no lead can match. */
  read(value: Static<S>, context: FilterContext): ListFilter | undefined;
}

const filter = <S extends TSchema>(one: Filter<S>): Filter<S> => one;

const several = (what: string) =>
  Type.Optional(Type.String({ maxLength: 1000, description: `${what} Separate several with commas.` }));
const named = (kind: 'status' | 'source' | 'type' | 'department' | 'tag', what: string) =>
  filter({
    schema: several(what),
    read: (names, context) => given(`${kind}_ids`, idsOf(kind, names, context)),
  });
const moment = (what: string) =>
  Type.Optional(
    Type.String({ maxLength: 40, description: `${what} A day in the workspace's time zone, or a timestamp.` }),
  );
const amount = (what: string) =>
  Type.Optional(Type.Number({ minimum: -LARGEST_AMOUNT, maximum: LARGEST_AMOUNT, description: what }));

const daysBack = { today: 0, '7d': 6, '30d': 29 } as const;
const statesIn = (value: string) => wordsIn('state', value, lifecycleStates);
const lacksIn = (value: string) => wordsIn('lacks', value, lacks);

/** Every lead filter, with its documentation and conditions. The SQL is in `lead-list-conditions.ts`. */
const filters = {
  q: filter({
    schema: Type.Optional(
      Type.String({
        maxLength: 200,
        description:
          'Any part of a name, company, email address or phone number, in any format; or an id. For one or two characters, the newest leads are searched first, page by page.',
      }),
    ),
    read: (q, { region }) => {
      const id = anyLeadId(q.trim());
      if (id) return { ids: [id] };
      const text = readSearch(q, region);
      return text ? { text } : {};
    },
  }),
  phone: filter({
    schema: Type.Optional(Type.String({ maxLength: 60, description: 'A complete phone number in any format.' })),
    read: (phone, { region }) => {
      const value = phoneKey({ sent: phone }, region);
      return value ? { keys: [{ kind: 'phone', value }] } : undefined;
    },
  }),
  email: filter({
    schema: Type.Optional(Type.String({ maxLength: 254, description: 'A complete email address.' })),
    read: (email) => {
      const value = emailKey(email);
      return value ? { keys: [{ kind: 'email', value }] } : undefined;
    },
  }),
  status: named('status', 'By name or id.'),
  source: named('source', 'By name or id.'),
  owner: filter({
    schema: several('By name, username, email or id; `me`; `none` for leads without an owner.'),
    read: (names, context) => given('owner_ids', ownersIn(names, context)),
  }),
  type: named('type', 'By name or id.'),
  department: named('department', 'By name or id.'),
  tag: named('tag', 'By name or id; leads that have any of them.'),
  dialect: filter({
    schema: several('The API through which the lead first arrived: native, getlead ...'),
    read: (names) => {
      const dialects = wordsOf(names);
      return dialects.length > 0 ? { dialects } : undefined;
    },
  }),
  lacks: filter({
    schema: several(`Leads that have none of these: ${lacks.join(', ')}.`),
    check: lacksIn,
    read: (words) => {
      const fields = lacksIn(words);
      return fields.length > 0 ? { lacks: fields } : {};
    },
  }),
  custom: filter({
    schema: Type.Optional(
      Type.String({
        maxLength: 1000,
        description:
          'Filter by custom fields, at most ten, written like a query string: `Colour=red,blue&Size=` finds leads whose Colour is red or blue, ignoring case, and that have no Size. In a URL it must be percent-encoded: `custom=Colour%3Dred%2Cblue%26Size%3D`.',
      }),
    ),
    check: customIn,
    read: (text, { referenceData }) => {
      const custom = customIn(text);
      if (custom.length === 0) return {};
      const known = custom.flatMap(({ name, values }) => {
        const field = referenceData.customField(name);
        return field ? { name: field.name, values } : [];
      });
      return known.length === custom.length ? { custom: known } : undefined;
    },
  }),
  state: filter({
    schema: several('Lifecycle state of the status: new, open, won, lost, cancelled.'),
    check: statesIn,
    read: (words, context) => given('status_ids', statusesOf(statesIn(words), context)),
  }),
  created: filter({
    schema: Type.Optional(oneOf(['today', '7d', '30d'], 'Created today, or within this many days.')),
    read: (span, context) => ({ created_from: dayFromNow(-daysBack[span], context) }),
  }),
  created_from: filter({
    schema: moment('Created at or after this time.'),
    read: (from, context) => ({ created_from: instantIn('created_from', from, context) }),
  }),
  created_to: filter({
    schema: moment('Created before this time, or by the end of this day.'),
    read: (to, context) => ({ created_to: endIn('created_to', to, context) }),
  }),
  enquired_again: filter({
    schema: Type.Optional(
      oneOf(['today', '7d', '30d'], 'Enquired again while closed: today, or within this many days.'),
    ),
    read: (span, context) => ({ again_from: dayFromNow(-daysBack[span], context) }),
  }),
  waiting: filter({
    schema: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 525_600,
        description: 'New or open leads that have waited for a first reply for at least this many minutes.',
      }),
    ),
    read: (minutes, context) => {
      const open = given('status_ids', statusesOf(['new', 'open'], context));
      return open && { ...open, waiting_since: new Date(context.now.getTime() - minutes * 60_000) };
    },
  }),
  next: filter({
    schema: Type.Optional(
      oneOf(
        ['overdue', 'today', 'planned', 'none', 'callback'],
        'Filter by next step: overdue; due today; any planned; none planned; a callback due by the end of today.',
      ),
    ),
    read: (step, context) => {
      const tomorrow = dayFromNow(1, context);
      return {
        overdue: { next_to: context.now },
        today: { next_from: dayFromNow(0, context), next_to: tomorrow },
        callback: { next_kind: 'callback', next_to: tomorrow },
        planned: { planned: true },
        none: { planned: false },
      }[step];
    },
  }),
  amount_from: filter({
    schema: amount('Minimum target amount.'),
    read: (least) => ({ amount_from: least }),
  }),
  amount_to: filter({
    schema: amount('Maximum target amount.'),
    read: (most) => ({ amount_to: most }),
  }),
};

type Filters = typeof filters;
type FilterName = keyof Filters;
const filterNames = Object.keys(filters) as FilterName[];

/** Filter parameters shared by lists, counts, the board, bulk changes and saved views. */
export const leadFilterQuery = Object.fromEntries(filterNames.map((name) => [name, filters[name].schema])) as {
  readonly [K in FilterName]: Filters[K]['schema'];
};

/** Filter values of a query string. */
export type FilterQuery = { [K in FilterName]?: Static<Filters[K]['schema']> };

/** Filter and sort parameters of a list of leads. */
export const leadListQuery = {
  ...leadFilterQuery,
  sort: Type.Optional(
    Type.String({
      maxLength: 120,
      description: `Sort order: ${sortWords.join(', ')}. A minus reverses a column: \`-name\`. Defaults to newest, or to the due date when \`next\` selects steps that have one. Leads without a value come last. Sorting by newest, oldest or next_step covers all leads; sorting by any other column covers the newest ${SORTED_WITHIN.toLocaleString('en')} that match.`,
    }),
  ),
};

/** What a saved view stores: a list, and how the web app shows it. */
export const savedListQuery = {
  ...leadListQuery,
  group: Type.Optional(oneOf(['status', 'owner', 'source', 'type'], 'What the list is grouped by.')),
};

/** Converts query parameters to a filter; undefined if one names something unknown, so that no lead can match. */
export function listFilter(query: FilterQuery, context: FilterContext): ListFilter | undefined {
  const read = <K extends FilterName>(name: K) => {
    const value = query[name];
    return value === undefined ? {} : (filters[name] as unknown as Filter<TSchema>).read(value, context);
  };
  return filterNames.map(read).reduce((all, one) => all && one && combine(all, one), {} as ListFilter | undefined);
}

/** Issues with filter values and the sort order, independent of the caller and the current time. */
export function issuesOf({ sort, ...query }: FilterQuery & { sort?: string }): readonly Issue[] {
  const ofFilters = filterNames.flatMap((name) => {
    const value = query[name];
    return value === undefined ? [] : issuesIn(() => (filters[name] as unknown as Filter<TSchema>).check?.(value));
  });
  return sort === undefined ? ofFilters : [...ofFilters, ...issuesIn(() => readSort(sort))];
}

function issuesIn(check: () => unknown): readonly Issue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof Refused && 'issues' in error.problem) return error.problem.issues;
    throw error;
  }
}

function given<K extends keyof ListFilter>(name: K, value: ListFilter[K]): ListFilter | undefined {
  return value && { [name]: value };
}

/** Intersects the status conditions (by name, by state, or open) and collects phone and email as keys. */
function combine(one: ListFilter, other: ListFilter): ListFilter | undefined {
  const both = { ...one, ...other };
  if (one.keys && other.keys) both.keys = [...one.keys, ...other.keys];
  if (!one.status_ids || !other.status_ids) return both;
  both.status_ids = one.status_ids.filter((id) => other.status_ids?.includes(id));
  return both.status_ids.length > 0 ? both : undefined;
}
