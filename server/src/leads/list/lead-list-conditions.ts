import { fold } from '../../platform/fold/fold.ts';
import type { Conditions } from '../../workspaces/access/conditions.ts';
import { patternsOf, type SearchText } from './search-text.ts';

/**
 * Conditions on a list of leads; all given ones must hold. The SQL of each is in `conditions`; `lead-filters.ts` maps
 * request parameters to them.
 */
export interface ListFilter {
  type_id?: string;
  status_id?: string;
  category_id?: string;
  owner_id?: string;
  source_id?: string;
  importance?: string;
  priority?: number;
  source_name?: string;
  /** Leads of one contact, given by its id or one of its document numbers. */
  contact?: { by: string; id?: string; value?: string };
  ids?: readonly string[];
  status_ids?: readonly string[];
  type_ids?: readonly string[];
  source_ids?: readonly string[];
  department_ids?: readonly string[];
  /** Leads that have any of these tags. */
  tag_ids?: readonly string[];
  /** null includes leads without an owner. */
  owner_ids?: readonly (string | null)[];
  /** Creation time: from inclusive, to exclusive. */
  created_from?: Date;
  created_to?: Date;
  /** Leads that enquired again, while closed, at or after this time. */
  again_from?: Date;
  /** Leads created before this time that have had no reply. */
  waiting_since?: Date;
  /** Due time of the next step: from inclusive, to exclusive. */
  next_from?: Date;
  next_to?: Date;
  next_kind?: string;
  /** Whether a next step is planned. */
  planned?: boolean;
  /** Whether the next step has a due time. */
  dated?: boolean;
  /** Both bounds are inclusive. */
  amount_from?: number;
  amount_to?: number;
  /** Leads created after this one. */
  newer_than?: string;
  /** Leads that have all of these normalised phones and emails, including possible duplicates. */
  keys?: readonly { kind: 'phone' | 'email'; value: string }[];
  /** Free text that matches any part of the name, company, email or phone. */
  text?: SearchText;
  /** Fields that must be empty. */
  lacks?: readonly Lack[];
  /** Each custom field must have one of the values, ignoring case; an empty list means the field is empty. */
  custom?: readonly { name: string; values: readonly string[] }[];
  /** Dialects by which the leads were first submitted. */
  dialects?: readonly string[];
}

type Narrowing<V> = (where: Conditions, value: V) => void;

const is =
  (column: string): Narrowing<unknown> =>
  (where, value) =>
    where.add(`${column} ${where.param(value)}`);
const isAnyOf =
  (column: string): Narrowing<readonly string[]> =>
  (where, ids) =>
    where.add(`${column} = ANY (${where.param(ids)}::uuid[])`);

/** SQL of each filter, in the order of the conditions; the most expensive ones come last. */
const conditions: { readonly [K in keyof ListFilter]-?: Narrowing<NonNullable<ListFilter[K]>> } = {
  type_id: is('type_id ='),
  status_id: is('status_id ='),
  category_id: is('category_id ='),
  owner_id: is('owner_id ='),
  source_id: is('source_id ='),
  importance: is('importance ='),
  priority: is('priority ='),
  ids: isAnyOf('id'),
  status_ids: isAnyOf('status_id'),
  type_ids: isAnyOf('type_id'),
  source_ids: isAnyOf('source_id'),
  department_ids: isAnyOf('department_id'),
  tag_ids: (where, ids) => where.add(`tag_ids && ${where.param(ids)}::uuid[]`),
  created_from: is('created_at >='),
  created_to: is('created_at <'),
  again_from: is('enquired_again_at >='),
  waiting_since: is('first_reply_at IS NULL AND created_at <='),
  next_from: is('next_step_at >='),
  next_to: is('next_step_at <'),
  next_kind: is('next_step_kind ='),
  amount_from: is('target_amount >='),
  amount_to: is('target_amount <='),
  newer_than: is('id >'),
  planned: is('(next_step_kind IS NOT NULL) ='),
  dated: is('(next_step_at IS NOT NULL) ='),
  owner_ids: (where, ids) => where.add(where.isOneOf('owner_id', ids)),
  source_name: (where, name) =>
    where.add(
      `source_id IN (SELECT id FROM sources s WHERE s.workspace_id = leads.workspace_id AND s.folded_name = ${where.param(fold(name))})`,
    ),
  contact: narrowToContact,
  keys: (where, keys) => {
    for (const key of keys) where.add(hasKey(where, key));
  },
  text: narrowToText,
  lacks: (where, fields) => {
    for (const field of fields) where.add(`${lackable[field]} IS NULL`);
  },
  custom: (where, fields) => {
    for (const field of fields) where.add(customIs(where.param(field.name), where.param(field.values)));
  },
  dialects: (where, names) => where.add(`${FIRST_DIALECT} = ANY (${where.param(names)}::text[])`),
};

/** Adds the filter's conditions to the query. */
export function narrow(where: Conditions, filter: ListFilter): void {
  const add = <K extends keyof ListFilter>(name: K) => {
    const value = filter[name];
    if (value !== undefined) (conditions[name] as Narrowing<typeof value>)(where, value);
  };
  for (const name of Object.keys(conditions) as (keyof ListFilter)[]) add(name);
}

/** Separates the conditions that no index supports, so that the number of leads checked against them can be limited. */
export function splitUnindexed(filter: ListFilter): { unindexed: ListFilter; indexed: ListFilter } {
  const { lacks, custom, dialects, tag_ids, ...indexed } = filter;
  const unindexed = {
    ...(lacks && { lacks }),
    ...(custom && { custom }),
    ...(dialects && { dialects }),
    ...(tag_ids && { tag_ids }),
  };
  return { unindexed, indexed };
}

/** Fields that can be filtered for being empty, with their columns. */
const lackable = {
  name: 'name',
  phone: 'phone',
  email: 'email',
  company: 'company_name',
  owner: 'owner_id',
  source: 'source_id',
  type: 'type_id',
  department: 'department_id',
  next_step: 'next_step_kind',
  amount: 'target_amount',
  tags: 'tag_ids',
} as const;
type Lack = keyof typeof lackable;
export const lacks = Object.keys(lackable) as Lack[];

/** Dialect of the touch that created the lead; looked up separately for each lead. */
const FIRST_DIALECT = `(SELECT t.dialect FROM touches t WHERE t.workspace_id = $1 AND t.lead_id = leads.id
  ORDER BY t.id LIMIT 1)`;

function customIs(name: string, values: string): string {
  return `CASE WHEN cardinality(${values}::text[]) = 0 THEN coalesce(custom ->> ${name}, '') = ''
    ELSE fold_text(custom ->> ${name}) = ANY (ARRAY(SELECT fold_text(value) FROM unnest(${values}::text[]) AS value)) END`;
}

/** Condition for the leads that own the key and for their possible duplicates. */
export function hasKey(where: Conditions, key: { kind: string; value: string }): string {
  const [kind, value] = [where.param(key.kind), where.param(key.value)];
  return `id IN (SELECT lead_id FROM lead_keys k WHERE k.workspace_id = $1 AND kind = ${kind} AND value = ${value}
    UNION SELECT lead_id FROM lead_twins t WHERE t.workspace_id = $1 AND kind = ${kind} AND value = ${value})`;
}

function narrowToContact(where: Conditions, { by, id, value }: NonNullable<ListFilter['contact']>): void {
  if (by === 'id') {
    const contact = where.param(id);
    where.add(`(id = ${contact} OR contact_id = ${contact})`);
    return;
  }
  where.add(`(id, coalesce(contact_id, id)) IN (
      SELECT l.id, coalesce(l.contact_id, l.id) FROM lead_keys k
      JOIN leads l ON l.workspace_id = k.workspace_id AND (l.id = k.lead_id OR l.contact_id = k.lead_id)
      WHERE k.workspace_id = leads.workspace_id AND k.kind = ${where.param(by)} AND k.value = ${where.param(value)})`);
}

/** Most leads that a text search may return outside of paged lists. */
export const MOST_FOUND = 2000;

/** Searches the newest texts, the index, and the few leads that are not indexed yet. */
function narrowToText(where: Conditions, search: SearchText): void {
  const [patterns, most] = [where.param(patternsOf(search)), where.param(MOST_FOUND)];
  where.add(`id IN (SELECT lead_id FROM (
        SELECT lead_id, text FROM lead_search WHERE workspace_id = $1 ORDER BY lead_id DESC LIMIT ${most}
      ) AS newest WHERE newest.text LIKE ANY (${patterns})
      UNION SELECT leads_like(${patterns}, ${most}::integer)
      UNION SELECT id FROM (${unseenTexts}) AS unseen WHERE unseen.text LIKE ANY (${patterns}))`);
}

/** Leads whose current text is not indexed yet, with that text. */
export const unseenTexts = `SELECT l.id, l.text
  FROM index_queue q CROSS JOIN unnest(q.lead_ids) AS waiting (id)
  CROSS JOIN LATERAL (
    SELECT id, lead_text(leads) AS text FROM leads WHERE workspace_id = $1 AND id = waiting.id OFFSET 0
  ) AS l WHERE q.workspace_id = $1`;
