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
  partsOf,
  statusesOf,
  wordsIn,
} from './filter-values.ts';
import { type ListFilter, lacks } from './lead-list-conditions.ts';
import { readSearch } from './search-text.ts';

/** A query parameter that narrows leads. */
interface Filter<S extends TSchema> {
  schema: S;
  /** Throws `Refused` when the value is wrong whoever asks and whenever; where the schema cannot say so. */
  check?(value: Static<S>): unknown;
  /** What the value asks for; undefined when it names what does not exist, so that no lead can match. */
  read(value: Static<S>, context: FilterContext): ListFilter | undefined;
}

const filter = <S extends TSchema>(one: Filter<S>): Filter<S> => one;

const several = (what: string) =>
  Type.Optional(Type.String({ maxLength: 1000, description: `${what} Several are separated by commas.` }));
const moment = (what: string) =>
  Type.Optional(
    Type.String({ maxLength: 40, description: `${what} A day by the clock of the workspace, or an instant.` }),
  );
const amount = (what: string) =>
  Type.Optional(Type.Number({ minimum: -LARGEST_AMOUNT, maximum: LARGEST_AMOUNT, description: what }));

const daysBack = { today: 0, '7d': 6, '30d': 29 } as const;
const statesIn = (value: string) => wordsIn('state', value, lifecycleStates);
const lacksIn = (value: string) => wordsIn('lacks', value, lacks);

/** Every filter of leads: how it is documented, and what it asks for. Its SQL stands in `lead-list-conditions.ts`. */
const filters = {
  q: filter({
    schema: Type.Optional(
      Type.String({
        maxLength: 200,
        description:
          'Any part of a name, company, e-mail or phone in any form; or an id. One or two characters are looked for among the newest leads first, page by page.',
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
    schema: Type.Optional(Type.String({ maxLength: 60, description: 'A whole phone in any form.' })),
    read: (phone, { region }) => {
      const value = phoneKey({ sent: phone }, region);
      return value ? { keys: [{ kind: 'phone', value }] } : undefined;
    },
  }),
  email: filter({
    schema: Type.Optional(Type.String({ maxLength: 254, description: 'A whole e-mail address.' })),
    read: (email) => {
      const value = emailKey(email);
      return value ? { keys: [{ kind: 'email', value }] } : undefined;
    },
  }),
  status: filter({
    schema: several('By name or id.'),
    read: (names, context) => given('status_ids', idsOf('status', names, context)),
  }),
  source: filter({
    schema: several('By name or id.'),
    read: (names, context) => given('source_ids', idsOf('source', names, context)),
  }),
  owner: filter({
    schema: several('By name, username, e-mail or id; `me`; `none` for leads that nobody owns.'),
    read: (names, context) => given('owner_ids', ownersIn(names, context)),
  }),
  type: filter({
    schema: several('By name or id.'),
    read: (names, context) => given('type_ids', idsOf('type', names, context)),
  }),
  department: filter({
    schema: several('By name or id.'),
    read: (names, context) => given('department_ids', idsOf('department', names, context)),
  }),
  dialect: filter({
    schema: several('By the API by which they first came: native, getlead ...'),
    read: (names) => {
      const dialects = partsOf(names);
      return dialects.length > 0 ? { dialects } : undefined;
    },
  }),
  lacks: filter({
    schema: several(`Those that have none of these: ${lacks.join(', ')}.`),
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
          'By fields of your own, ten at most, as in the query of an address: `Colour=red,blue&Size=` finds those whose Colour is one of these, in any case, and who have no Size. Within an address its signs are written as such: `custom=Colour%3Dred%2Cblue%26Size%3D`.',
      }),
    ),
    check: customIn,
    read: (text, { referenceData }) => {
      const custom = customIn(text);
      if (custom.length === 0) return {};
      return custom.every(({ name }) => referenceData.customFields.has(name)) ? { custom } : undefined;
    },
  }),
  state: filter({
    schema: several('By the lifecycle states of the statuses: new, open, won, lost, cancelled.'),
    check: statesIn,
    read: (words, context) => given('status_ids', statusesOf(statesIn(words), context)),
  }),
  created: filter({
    schema: Type.Optional(oneOf(['today', '7d', '30d'], 'Came today, or within so many days.')),
    read: (span, context) => ({ created_from: dayFromNow(-daysBack[span], context) }),
  }),
  created_from: filter({
    schema: moment('Came then or later.'),
    read: (from, context) => ({ created_from: instantIn('created_from', from, context) }),
  }),
  created_to: filter({
    schema: moment('Came before then; a day is included.'),
    read: (to, context) => ({ created_to: endIn('created_to', to, context) }),
  }),
  waiting: filter({
    schema: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 525_600,
        description: 'In a state new or open, and without a first reply for so many minutes.',
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
        'By the next step: overdue; due today; planned at all; none planned; a callback that is due by the end of today.',
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
    schema: amount('Target amount, at least.'),
    read: (least) => ({ amount_from: least }),
  }),
  amount_to: filter({
    schema: amount('Target amount, at most.'),
    read: (most) => ({ amount_to: most }),
  }),
};

type Filters = typeof filters;
type FilterName = keyof Filters;
const filterNames = Object.keys(filters) as FilterName[];

/** How leads are narrowed, wherever many are meant: lists, counts, the board, bulk changes, saved views. */
export const leadFilterQuery = Object.fromEntries(filterNames.map((name) => [name, filters[name].schema])) as {
  readonly [K in FilterName]: Filters[K]['schema'];
};

/** What a query string says of the leads that are wanted. */
export type FilterQuery = { [K in FilterName]?: Static<Filters[K]['schema']> };

const leadSorts = ['newest', 'oldest', 'next_step'] as const;
export type LeadSort = (typeof leadSorts)[number];

/** How a list of leads is narrowed and sorted; what a saved view holds. */
export const leadListQuery = {
  ...leadFilterQuery,
  sort: Type.Optional(
    oneOf(
      leadSorts,
      'newest if not said, but where `next` asks for steps that have a date: then by that date. next_step: what is due first; leads with nothing planned come last.',
    ),
  ),
};

/** Reads the filters of a list of leads; undefined when one of them names what does not exist: no lead can match. */
export function listFilter(query: FilterQuery, context: FilterContext): ListFilter | undefined {
  const read = <K extends FilterName>(name: K) => {
    const value = query[name];
    return value === undefined ? {} : (filters[name] as unknown as Filter<TSchema>).read(value, context);
  };
  return filterNames.map(read).reduce((all, one) => all && one && combine(all, one), {} as ListFilter | undefined);
}

/** What is wrong with the values of filters, whoever asks and whenever. */
export function issuesOf(query: FilterQuery): readonly Issue[] {
  return filterNames.flatMap((name) => {
    try {
      const value = query[name];
      if (value !== undefined) (filters[name] as unknown as Filter<TSchema>).check?.(value);
      return [];
    } catch (error) {
      if (error instanceof Refused && 'issues' in error.problem) return error.problem.issues;
      throw error;
    }
  });
}

function given<K extends keyof ListFilter>(name: K, value: ListFilter[K]): ListFilter | undefined {
  return value && { [name]: value };
}

/** Statuses may be narrowed by name, by state and by being open; a phone and an e-mail are both keys. */
function combine(one: ListFilter, other: ListFilter): ListFilter | undefined {
  const both = { ...one, ...other };
  if (one.keys && other.keys) both.keys = [...one.keys, ...other.keys];
  if (!one.status_ids || !other.status_ids) return both;
  both.status_ids = one.status_ids.filter((id) => other.status_ids?.includes(id));
  return both.status_ids.length > 0 ? both : undefined;
}
