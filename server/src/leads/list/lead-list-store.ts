import type { Tx } from '../../platform/database/transaction.ts';
import { Conditions } from '../../workspaces/access/conditions.ts';
import type { Visibility } from '../../workspaces/access/visibility.ts';
import type { Lead } from '../lead.ts';
import { type FoundLead, recallLeads, rowState } from '../lead-memory-store.ts';
import { leadColumns } from '../lead-row.ts';
import { type ListFilter, narrow, unseenTexts } from './lead-list-conditions.ts';
import { type LeadQuestion, orderings, otherWay, type Plan, type Position, planList } from './lead-list-plan.ts';
import { type ColumnSort, SORTED_WITHIN } from './lead-sorts.ts';

/** A page of leads; `next` is where the next page starts. A page may be short or even empty without being the last. */
export interface LeadPage {
  leads: Lead[];
  next: Position | undefined;
  /** The number of newest leads that were sorted, if there are more leads than that. */
  sortedWithin?: number | undefined;
}

/** Most leads examined for one response, however few of them match. */
export const MOST_LOOKED_AT = 20_000;

/** Lower limit when each lead's first touch is looked up, which costs more than reading the lead. */
const MOST_TOUCHED = 5_000;

/** Most leads that may be examined for conditions that no index supports. */
export function mostLookedAt({ dialects }: ListFilter): number {
  return dialects ? MOST_TOUCHED : MOST_LOOKED_AT;
}

/** If two indexes are possible, each is first tried on this many leads before one is read in full. */
const GLANCE = 1_000;

/** A page of a list, optionally limited to leads whose text matches the patterns. */
export interface PageQuestion extends LeadQuestion {
  limit: number;
  after?: Position | undefined;
  patterns?: readonly string[];
  /** Most leads to examine; defaults to the limit for the filter. */
  most?: number;
}

/**
 * Reads a page in order from as many indexes as needed. The cost is bounded regardless of the number of leads: after
 * MOST_LOOKED_AT leads the rest is left to the next page.
 */
export async function readLeads(tx: Tx, question: PageQuestion): Promise<LeadPage> {
  if (question.sort) return readSorted(tx, question, question.sort);
  const other = question.patterns || question.most ? undefined : otherWay(question);
  for (const way of other ? [question, other] : []) {
    const page = await readPage(tx, { ...question, ...way, most: GLANCE });
    if (page.leads.length === question.limit || !page.next) return page;
  }
  return readPage(tx, question);
}

async function readPage(tx: Tx, question: PageQuestion): Promise<LeadPage> {
  const { order, limit } = question;
  const where = new Conditions(tx.workspaceId);
  const plan = planList(where, question);
  const most = budgetOf(question, plan, limit);
  const { key, by } = orderings[order];
  const rows = await tx.query<FoundLead & { position: string | null }>(
    `${withUnseen(question)} SELECT id, ${rowState} AS row_state, ${key ?? 'NULL'}::text AS position
     FROM ${streamsOf(where, plan, question, '*, xmin', most)} AS leads
     WHERE ${conditionsOf(where, plan, question)} ORDER BY ${by} LIMIT ${where.param(limit + 1)}`,
    where.params,
    { prepared: true },
  );
  const page = await pageOf(tx, rows, limit);
  if (page.next || isPlain(question, plan)) return page;
  return { ...page, next: await endOf(tx, question, most) };
}

/** The first `limit` leads that a query found, and where the next page starts if it found more. */
export async function pageOf(
  tx: Tx,
  found: readonly (FoundLead & { position?: string | null })[],
  limit: number,
): Promise<LeadPage> {
  const leads = await recallLeads(tx, found.slice(0, limit));
  const last = found.length > limit ? found[limit - 1] : undefined;
  return { leads, next: last && { key: last.position ?? null, id: last.id } };
}

/** Counts leads up to `most`; not `exact` if there are more or the examination limit was reached. */
export async function countMatching(
  tx: Tx,
  question: Omit<PageQuestion, 'limit' | 'after'>,
  most: number,
): Promise<{ count: number; exact: boolean }> {
  const where = new Conditions(tx.workspaceId);
  const plan = planList(where, question);
  const budget = budgetOf(question, plan, most);
  const [row] = await tx.query<{ found: number; looked: number }>(
    `${withUnseen(question)} SELECT count(*) FILTER (WHERE ${conditionsOf(where, plan, question)}) AS found, count(*) AS looked
     FROM ${streamsOf(where, plan, question, '*', budget)} AS leads`,
    where.params,
    { prepared: true },
  );
  const { found = 0, looked = 0 } = row ?? {};
  return { count: Math.min(found, most), exact: found <= most && looked < budget };
}

type Asked = Omit<PageQuestion, 'limit'>;

/** Whether the streams already satisfy all conditions. */
function isPlain({ patterns }: Asked, { rest }: Plan): boolean {
  return !patterns && Object.keys(rest).length === 0;
}

/** Number of leads to read from the streams: only as many as requested if no conditions remain to be checked. */
function budgetOf(question: Asked, plan: Plan, limit: number): number {
  return isPlain(question, plan) ? limit + 1 : (question.most ?? mostLookedAt(plan.rest));
}

/** Merges the streams into one table, in list order. */
export function streamsOf(
  where: Conditions,
  { streams }: Plan,
  { order, after }: Asked,
  columns: string,
  most: number,
): string {
  const { by, key, after: behind } = orderings[order];
  const from = after && behind(key ? `${where.param(after.key)}::timestamptz` : '', where.param(after.id));
  const limit = where.param(most);
  const each = streams.map(({ where: one, tag }) => {
    const leads = `SELECT ${columns} FROM leads WHERE workspace_id = $1 AND ${one}${from ? ` AND ${from}` : ''}`;
    // The tag's own list gives the order; each of its leads is looked up by id.
    return tag
      ? `(SELECT leads.* FROM lead_tags t CROSS JOIN LATERAL (${leads} AND leads.id = t.lead_id LIMIT 1) AS leads
          WHERE t.workspace_id = $1 AND t.tag_id = ${tag}${after ? ` AND t.lead_${behind('', where.param(after.id))}` : ''}
          ORDER BY t.lead_${by} LIMIT ${limit})`
      : `(${leads} ORDER BY ${by} LIMIT ${limit})`;
  });
  if (each.length === 1) return each.join('');
  return `(SELECT * FROM (${each.join(' UNION ALL ')}) AS streams ORDER BY ${by} LIMIT ${limit})`;
}

/** Position in the streams where the limit was reached; undefined if they were read to the end. */
async function endOf(tx: Tx, question: Asked, most: number): Promise<Position | undefined> {
  const where = new Conditions(tx.workspaceId);
  const { key, by } = orderings[question.order];
  const columns = key ? `id, ${key}` : 'id';
  const streams = streamsOf(where, planList(where, question), question, columns, most);
  const [row] = await tx.query<{ id: string; key: string | null }>(
    `SELECT id, ${key ?? 'NULL'}::text AS key FROM ${streams} AS leads ORDER BY ${by} OFFSET ${where.param(most - 1)} LIMIT 1`,
    where.params,
    { prepared: true },
  );
  return row;
}

/** Conditions that the streams do not cover. */
export function conditionsOf(where: Conditions, { rest }: Plan, { patterns }: Asked): string {
  narrow(where, rest);
  if (patterns) where.add(holdsText(where.param(patterns)));
  return where.sql();
}

/**
 * Sorts the newest leads of a list by a column. Leads without a value come last; of those with equal
 * values, the newest come first.
 */
async function readSorted(tx: Tx, question: PageQuestion, { key, type, descending }: ColumnSort): Promise<LeadPage> {
  const { limit, after, most = SORTED_WITHIN } = question;
  const unsorted = { ...question, after: undefined };
  const where = new Conditions(tx.workspaceId);
  const plan = planList(where, unsorted);
  const leads = streamsOf(where, plan, unsorted, '*, xmin', most);
  const expression = key((value) => where.param(value));
  const conditions = conditionsOf(where, plan, unsorted);
  const rows = await tx.query<FoundLead & { position: string | null }>(
    `${withUnseen(question)} SELECT id, ${rowState} AS row_state, sort_key::text AS position
     FROM (SELECT leads.*, ${expression} AS sort_key FROM ${leads} AS leads) AS leads
     WHERE ${conditions}${after ? ` AND ${isBehind(where, after, type, descending)}` : ''}
     ORDER BY sort_key${descending ? ' DESC' : ''} NULLS LAST, id DESC LIMIT ${where.param(limit + 1)}`,
    where.params,
    { prepared: true },
  );
  const page = await pageOf(tx, rows, limit);
  const hasMore = (await endOf(tx, unsorted, most + 1)) !== undefined;
  return { ...page, ...(hasMore && { sortedWithin: most }) };
}

/** Whether a lead comes after a position of a sorted list. */
function isBehind(where: Conditions, { key, id }: Position, type: ColumnSort['type'], descending: boolean): string {
  const older = `id < ${where.param(id)}`;
  if (key === null) return `(sort_key IS NULL AND ${older})`;
  const from = `${where.param(key)}::${type}`;
  return `(sort_key ${descending ? '<' : '>'} ${from} OR sort_key = ${from} AND ${older} OR sort_key IS NULL)`;
}

/** SQL for the texts that are not indexed yet, if the question searches by text. */
export const withUnseen = ({ patterns }: Asked) => (patterns ? `WITH unseen AS MATERIALIZED (${unseenTexts})` : '');

/** Checks the current text of each lead individually. */
function holdsText(patterns: string): string {
  return `CASE WHEN id IN (SELECT id FROM unseen) THEN id IN (SELECT id FROM unseen WHERE text LIKE ANY (${patterns}))
    ELSE EXISTS (SELECT 1 FROM lead_search s WHERE s.workspace_id = $1 AND s.lead_id = leads.id
      AND s.text LIKE ANY (${patterns})) END`;
}

/** Newest first, paged by offset, for dialects that require it. `count` returns the total if a counter knows it. */
export async function listLeadsByOffset(
  tx: Tx,
  filter: ListFilter,
  { limit, offset, visibility }: { limit: number; offset: number; visibility: Visibility | undefined },
  count?: (tx: Tx) => Promise<number>,
): Promise<{ leads: Lead[]; total: number }> {
  const where = new Conditions(tx.workspaceId).visible(visibility);
  narrow(where, filter);
  const leads = await tx.query<Lead>(
    `SELECT ${leadColumns} FROM leads WHERE ${where.sql()} ORDER BY id DESC LIMIT ${where.param(limit)} OFFSET ${where.param(offset)}`,
    where.params,
  );
  if (count) return { leads, total: await count(tx) };
  const counting = new Conditions(tx.workspaceId).visible(visibility);
  narrow(counting, filter);
  const [row] = await tx.query<{ total: number }>(
    `SELECT count(*) AS total FROM leads WHERE ${counting.sql()}`,
    counting.params,
  );
  return { leads, total: row?.total ?? 0 };
}
