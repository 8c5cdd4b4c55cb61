import type { Tx } from '../../platform/database/transaction.ts';
import type { Lead } from '../lead.ts';
import { leadColumns } from '../lead-columns.ts';
import { type Lack, lackable } from './lead-lacks.ts';

/** What a list of leads may be narrowed by. All given must hold. */
export interface ListFilter {
  type_id?: string;
  status_id?: string;
  category_id?: string;
  owner_id?: string;
  source_name?: string;
  source_id?: string;
  importance?: string;
  priority?: number;
  /** Leads about one contact: by its id, or by one of its document numbers. */
  contact?: { by: string; id?: string; value?: string };
  /** Leads with all of these normalised phones and folded emails, twins included. */
  keys?: readonly { kind: 'phone' | 'email'; value: string }[];
  /** Free text: any part of name, company, email or phone. */
  text?: SearchText;
  ids?: readonly string[];
  status_ids?: readonly string[];
  type_ids?: readonly string[];
  source_ids?: readonly string[];
  department_ids?: readonly string[];
  /** Null among them: leads that nobody owns. */
  owner_ids?: readonly (string | null)[];
  /** From then on, and before then. */
  created_from?: Date;
  created_to?: Date;
  /** Leads that came before then and have had no reply. */
  waiting_since?: Date;
  /** Leads whose next step is due from then on, and before then. */
  next_from?: Date;
  next_to?: Date;
  next_kind?: string;
  /** Is anything planned? */
  planned?: boolean;
  /** Is it planned for a certain time? */
  dated?: boolean;
  /** Both included. */
  amount_from?: number;
  amount_to?: number;
  /** Leads that came after this one. */
  newer_than?: string;
  /** What leads are without. */
  lacks?: readonly Lack[];
  /** The dialects by which they first came. */
  dialects?: readonly string[];
  /** Fields of one's own: each has one of these values, in any case; none: it is empty. */
  custom?: readonly { name: string; values: readonly string[] }[];
}

export interface SearchText {
  /** Folded text. */
  text: string;
  /** Its digits in the ways in which they may be part of a phone; none when it cannot be one. */
  digits: readonly string[];
}

/** Newest first, by position: for dialects that page so. `count` answers the total where a counter knows it. */
export async function listLeadsByOffset(
  tx: Tx,
  filter: ListFilter,
  limit: number,
  offset: number,
  count?: (tx: Tx) => Promise<number>,
): Promise<{ leads: Lead[]; total: number }> {
  const where = new Where(tx.workspaceId);
  narrow(where, filter);
  const leads = await tx.query<Lead>(
    `SELECT ${leadColumns} FROM leads WHERE ${where.sql()} ORDER BY id DESC LIMIT ${where.param(limit)} OFFSET ${where.param(offset)}`,
    where.params,
  );
  if (count) return { leads, total: await count(tx) };
  const counting = new Where(tx.workspaceId);
  narrow(counting, filter);
  const [row] = await tx.query<{ total: number }>(
    `SELECT count(*) AS total FROM leads WHERE ${counting.sql()}`,
    counting.params,
  );
  return { leads, total: row?.total ?? 0 };
}

/** Collects conditions with their parameters; texts of conditions are ours, values never become SQL. */
export class Where {
  readonly params: unknown[] = [];
  readonly #conditions: string[] = [];

  constructor(workspaceId: string | null) {
    this.add((param) => `workspace_id = ${param}`, workspaceId);
  }

  param(value: unknown): string {
    this.params.push(value);
    return `$${this.params.length}`;
  }

  add(condition: (param: string) => string, value: unknown): void {
    this.#conditions.push(condition(this.param(value)));
  }

  /** A condition without a value. */
  demand(condition: string): void {
    this.#conditions.push(condition);
  }

  sql(): string {
    return this.#conditions.join(' AND ');
  }
}

const columns = ['type_id', 'status_id', 'category_id', 'owner_id', 'source_id', 'importance', 'priority'] as const;
const anyOf = [
  ['ids', 'id'],
  ['status_ids', 'status_id'],
  ['type_ids', 'type_id'],
  ['source_ids', 'source_id'],
  ['department_ids', 'department_id'],
] as const;
const bounds = [
  ['created_from', 'created_at >='],
  ['created_to', 'created_at <'],
  ['waiting_since', 'first_reply_at IS NULL AND created_at <='],
  ['next_from', 'next_step_at >='],
  ['next_to', 'next_step_at <'],
  ['next_kind', 'next_step_kind ='],
  ['amount_from', 'target_amount >='],
  ['amount_to', 'target_amount <='],
  ['newer_than', 'id >'],
] as const;

/** Adds what narrows a list. */
export function narrow(where: Where, filter: ListFilter): void {
  for (const column of columns)
    if (filter[column] !== undefined) where.add((param) => `${column} = ${param}`, filter[column]);
  for (const [name, column] of anyOf)
    if (filter[name] !== undefined) where.add((param) => `${column} = ANY(${param}::uuid[])`, filter[name]);
  for (const [name, condition] of bounds)
    if (filter[name] !== undefined) where.add((param) => `${condition} ${param}`, filter[name]);
  if (filter.planned !== undefined) where.add((param) => `(next_step_kind IS NOT NULL) = ${param}`, filter.planned);
  if (filter.dated !== undefined) where.add((param) => `(next_step_at IS NOT NULL) = ${param}`, filter.dated);
  if (filter.owner_ids) narrowToOwners(where, filter.owner_ids);
  if (filter.source_name !== undefined)
    where.add(
      (param) =>
        `source_id IN (SELECT id FROM sources s WHERE s.workspace_id = leads.workspace_id AND s.folded_name = ${param})`,
      filter.source_name.toLowerCase(),
    );
  if (filter.contact) narrowToContact(where, filter.contact);
  for (const { kind, value } of filter.keys ?? []) where.add((param) => withKey(where.param(kind), param), value);
  if (filter.text) narrowToText(where, filter.text);
  narrowToRare(where, filter);
}

/** What is seldom asked for and read by no index; the dearest is asked last. */
function narrowToRare(where: Where, filter: ListFilter): void {
  for (const lack of filter.lacks ?? []) where.demand(`${lackable[lack]} IS NULL`);
  for (const { name, values } of filter.custom ?? []) where.add((param) => customIs(where.param(name), param), values);
  if (filter.dialects) where.add((param) => `${FIRST_DIALECT} = ANY(${param}::text[])`, filter.dialects);
}

/** The first touch made the lead. It is looked up lead by lead. */
const FIRST_DIALECT = `(SELECT t.dialect FROM touches t WHERE t.workspace_id = $1 AND t.lead_id = leads.id
  ORDER BY t.id LIMIT 1)`;

function customIs(name: string, values: string): string {
  return `CASE WHEN cardinality(${values}::text[]) = 0 THEN coalesce(custom ->> ${name}, '') = ''
    ELSE lower(custom ->> ${name}) = ANY (ARRAY(SELECT lower(value) FROM unnest(${values}::text[]) AS value)) END`;
}

/** Leads that own a key, and their likely twins. */
export function withKey(kind: string, value: string): string {
  return `id IN (SELECT lead_id FROM lead_keys k WHERE k.workspace_id = $1 AND kind = ${kind} AND value = ${value}
    UNION SELECT lead_id FROM lead_twins t WHERE t.workspace_id = $1 AND kind = ${kind} AND value = ${value})`;
}

function narrowToOwners(where: Where, owners: readonly (string | null)[]): void {
  const nobody = owners.includes(null) ? ' OR owner_id IS NULL' : '';
  where.add(
    (param) => `(owner_id = ANY(${param}::uuid[])${nobody})`,
    owners.filter((id) => id !== null),
  );
}

function narrowToContact(where: Where, contact: NonNullable<ListFilter['contact']>): void {
  if (contact.by === 'id') {
    where.add((param) => `(id = ${param} OR contact_id = ${param})`, contact.id);
    return;
  }
  const kind = where.param(contact.by);
  where.add(
    (value) => `(id, coalesce(contact_id, id)) IN (
      SELECT l.id, coalesce(l.contact_id, l.id) FROM lead_keys k
      JOIN leads l ON l.workspace_id = k.workspace_id AND (l.id = k.lead_id OR l.contact_id = k.lead_id)
      WHERE k.workspace_id = leads.workspace_id AND k.kind = ${kind} AND k.value = ${value})`,
    contact.value,
  );
}

/** Most leads that a text may find where no list is walked. */
export const MOST_FOUND = 2000;

/** What is among the newest texts, what the index finds, and the few leads that the index has not seen yet. */
function narrowToText(where: Where, search: SearchText): void {
  const patterns = where.param(patternsOf(search));
  where.add(
    (most) => `id IN (SELECT lead_id FROM (
        SELECT lead_id, text FROM lead_search WHERE workspace_id = $1 ORDER BY lead_id DESC LIMIT ${most}
      ) AS newest WHERE newest.text LIKE ANY (${patterns})
      UNION SELECT leads_like(${patterns}, ${most}::integer)
      UNION SELECT id FROM (${unseenTexts}) AS unseen WHERE unseen.text LIKE ANY (${patterns}))`,
    MOST_FOUND,
  );
}

/** Leads whose texts the index has not seen as they are now, with their texts. */
export const unseenTexts = `SELECT l.id, lead_text(l) AS text
  FROM index_queue q CROSS JOIN unnest(q.lead_ids) AS waiting (id)
  JOIN leads l ON l.workspace_id = q.workspace_id AND l.id = waiting.id WHERE q.workspace_id = $1`;

/** What a lead's text must be like, in one way or another; what another way finds as well is not looked for twice. */
export function patternsOf({ text, digits }: SearchText): string[] {
  const parts = [...new Set([text, ...digits])];
  return parts
    .filter((part) => !parts.some((other) => other !== part && part.includes(other)))
    .map((part) => `%${part.replace(/[\\%_]/g, '\\$&')}%`);
}
