import type { Tx } from '../../platform/database/transaction.ts';
import { Conditions } from '../../workspaces/access/conditions.ts';
import type { Lead } from '../lead.ts';
import { leadColumns } from '../lead-columns.ts';
import { type ListFilter, narrow, unseenTexts } from './lead-list-conditions.ts';
import { type LeadQuestion, orderings, otherWay, type Plan, type Position, planList } from './lead-list-plan.ts';

/** A page of leads; `next` is where the list goes on. A page may be short, even empty, and the list go on. */
export interface LeadPage {
  leads: Lead[];
  next: Position | undefined;
}

/** Most leads that are looked at for one answer, however few of them fit. */
export const MOST_LOOKED_AT = 20_000;

/** Most where each lead's first touch is looked up: dearer than the lead itself. */
const MOST_TOUCHED = 5_000;

/** How many leads are looked at for what no index answers of a filter. */
export function mostLookedAt({ dialects }: ListFilter): number {
  return dialects ? MOST_TOUCHED : MOST_LOOKED_AT;
}

/** Where two indexes could be read, so many leads are looked at by each before one of them is read at length. */
const GLANCE = 1_000;

/** A question with its page, and the text that leads must hold besides. */
export interface PageQuestion extends LeadQuestion {
  limit: number;
  after?: Position | undefined;
  patterns?: readonly string[];
  /** How many leads are looked at; as many as the filter allows if not said. */
  most?: number;
}

/**
 * A page of a list, read in order from as many indexes as it takes. Its cost has a bound that does not depend on how
 * many leads there are: what was not found among MOST_LOOKED_AT leads is left to the next page.
 */
export async function readLeads(tx: Tx, question: PageQuestion): Promise<LeadPage> {
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
  const rows = await tx.query<Lead & { position: string | null }>(
    `${withUnseen(question)} SELECT ${leadColumns}, ${key ?? 'NULL'}::text AS position
     FROM ${streamsOf(where, plan, question, '*', most)} AS leads
     WHERE ${conditionsOf(where, plan, question)} ORDER BY ${by} LIMIT ${where.param(limit + 1)}`,
    where.params,
  );
  const leads = rows.slice(0, limit).map(({ position: _, ...lead }) => lead as Lead);
  const last = rows[limit - 1];
  if (last && rows.length > limit) return { leads, next: { key: last.position, id: last.id } };
  return { leads, next: isPlain(question, plan) ? undefined : await endOf(tx, question, most) };
}

/** How many leads there are, up to `most`; not `exact` when there are more, or more would have to be looked at. */
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
  );
  const { found = 0, looked = 0 } = row ?? {};
  return { count: Math.min(found, most), exact: found <= most && looked < budget };
}

type Asked = Omit<PageQuestion, 'limit'>;

/** Nothing is left to check of what the streams hold. */
function isPlain({ patterns }: Asked, { rest }: Plan): boolean {
  return !patterns && Object.keys(rest).length === 0;
}

/** How many leads are read from the streams: where nothing is left to check, no more than are wanted. */
function budgetOf(question: Asked, plan: Plan, limit: number): number {
  return isPlain(question, plan) ? limit + 1 : (question.most ?? mostLookedAt(plan.rest));
}

/** The streams as one table, in order. */
function streamsOf(
  where: Conditions,
  { streams }: Plan,
  { order, after }: Asked,
  columns: string,
  most: number,
): string {
  const { by, key, after: behind } = orderings[order];
  const from = after && behind(key ? `${where.param(after.key)}::timestamptz` : '', where.param(after.id));
  const limit = where.param(most);
  const each = streams.map(
    (stream) =>
      `(SELECT ${columns} FROM leads WHERE workspace_id = $1 AND ${stream}${from ? ` AND ${from}` : ''} ORDER BY ${by} LIMIT ${limit})`,
  );
  if (each.length === 1) return each.join('');
  return `(SELECT * FROM (${each.join(' UNION ALL ')}) AS streams ORDER BY ${by} LIMIT ${limit})`;
}

/** Where the streams were left when the budget was used up; undefined when they ended. */
async function endOf(tx: Tx, question: Asked, most: number): Promise<Position | undefined> {
  const where = new Conditions(tx.workspaceId);
  const { key, by } = orderings[question.order];
  const columns = key ? `id, ${key}` : 'id';
  const streams = streamsOf(where, planList(where, question), question, columns, most);
  const [row] = await tx.query<{ id: string; key: string | null }>(
    `SELECT id, ${key ?? 'NULL'}::text AS key FROM ${streams} AS leads ORDER BY ${by} OFFSET ${where.param(most - 1)} LIMIT 1`,
    where.params,
  );
  return row;
}

/** What every lead must be that the streams do not see to. */
function conditionsOf(where: Conditions, { rest }: Plan, { patterns }: Asked): string {
  narrow(where, rest);
  if (patterns) where.add(holdsText(where.param(patterns)));
  return where.sql();
}

const withUnseen = ({ patterns }: Asked) => (patterns ? `WITH unseen AS MATERIALIZED (${unseenTexts})` : '');

/** The text of a lead is looked up one by one, as it is now. */
function holdsText(patterns: string): string {
  return `CASE WHEN id IN (SELECT id FROM unseen) THEN id IN (SELECT id FROM unseen WHERE text LIKE ANY (${patterns}))
    ELSE EXISTS (SELECT 1 FROM lead_search s WHERE s.workspace_id = $1 AND s.lead_id = leads.id
      AND s.text LIKE ANY (${patterns})) END`;
}

/** Newest first, by position: for dialects that page so. `count` answers the total where a counter knows it. */
export async function listLeadsByOffset(
  tx: Tx,
  filter: ListFilter,
  limit: number,
  offset: number,
  count?: (tx: Tx) => Promise<number>,
): Promise<{ leads: Lead[]; total: number }> {
  const where = new Conditions(tx.workspaceId);
  narrow(where, filter);
  const leads = await tx.query<Lead>(
    `SELECT ${leadColumns} FROM leads WHERE ${where.sql()} ORDER BY id DESC LIMIT ${where.param(limit)} OFFSET ${where.param(offset)}`,
    where.params,
  );
  if (count) return { leads, total: await count(tx) };
  const counting = new Conditions(tx.workspaceId);
  narrow(counting, filter);
  const [row] = await tx.query<{ total: number }>(
    `SELECT count(*) AS total FROM leads WHERE ${counting.sql()}`,
    counting.params,
  );
  return { leads, total: row?.total ?? 0 };
}
