import type { Tx } from '../platform/transaction.ts';
import type { Lead } from './lead.ts';
import { leadColumns } from './lead-columns.ts';

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
  /** Leads with all of these normalised phones and folded e-mails, twins included. */
  keys?: readonly { kind: 'phone' | 'email'; value: string }[];
  /** Free text: any part of name, company, e-mail or phone. */
  text?: SearchText;
}

export interface SearchText {
  /** Folded text. */
  text: string;
  /** Its digits, when it may be part of a phone; null otherwise. */
  digits: string | null;
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

/** Newest first, after a cursor (the id of the last lead seen). One more than the page is asked for tells whether more follow. */
export async function listLeadsAfter(tx: Tx, filter: ListFilter, limit: number, after?: string): Promise<Lead[]> {
  const where = new Where(tx.workspaceId);
  narrow(where, filter);
  if (after) where.add((param) => `id < ${param}`, after);
  return tx.query<Lead>(
    `SELECT ${leadColumns} FROM leads WHERE ${where.sql()} ORDER BY id DESC LIMIT ${where.param(limit)}`,
    where.params,
  );
}

/** Collects conditions with their parameters; texts of conditions are ours, values never become SQL. */
class Where {
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

  sql(): string {
    return this.#conditions.join(' AND ');
  }
}

const columns = ['type_id', 'status_id', 'category_id', 'owner_id', 'source_id', 'importance', 'priority'] as const;

function narrow(where: Where, filter: ListFilter): void {
  for (const column of columns)
    if (filter[column] !== undefined) where.add((param) => `${column} = ${param}`, filter[column]);
  if (filter.source_name !== undefined)
    where.add(
      (param) =>
        `source_id IN (SELECT id FROM sources s WHERE s.workspace_id = leads.workspace_id AND s.folded_name = ${param})`,
      filter.source_name.toLowerCase(),
    );
  if (filter.contact) narrowToContact(where, filter.contact);
  for (const key of filter.keys ?? []) {
    const kind = where.param(key.kind);
    where.add(
      (
        value,
      ) => `id IN (SELECT lead_id FROM lead_keys k WHERE k.workspace_id = leads.workspace_id AND kind = ${kind} AND value = ${value}
        UNION SELECT lead_id FROM lead_twins t WHERE t.workspace_id = leads.workspace_id AND kind = ${kind} AND value = ${value})`,
      key.value,
    );
  }
  if (filter.text) narrowToText(where, filter.text);
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

/** The indexed text, and beside it the few leads that the index has not seen yet: a search is always exact. */
function narrowToText(where: Where, { text, digits }: SearchText): void {
  const pattern = where.param(`%${likeEscaped(text)}%`);
  const number = digits === null ? undefined : where.param(`%${digits}%`);
  const matches = (column: string) => `(${column} LIKE ${pattern}${number ? ` OR ${column} LIKE ${number}` : ''})`;
  where.add(
    (ws) => `id IN (
      WITH found AS MATERIALIZED (
        SELECT lead_id FROM lead_search s WHERE s.workspace_id = ${ws} AND ${matches('s.text')}
      ), unseen AS (
        SELECT l.id FROM index_queue q CROSS JOIN unnest(q.lead_ids) AS waiting (id)
        JOIN leads l ON l.workspace_id = q.workspace_id AND l.id = waiting.id
        WHERE q.workspace_id = ${ws} AND ${matches('lead_text(l)')}
      )
      SELECT lead_id FROM found UNION SELECT id FROM unseen
    )`,
    where.params[0],
  );
}

function likeEscaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
