import { type ListFilter, narrow, splitUnindexed } from '../leads/list/lead-list-conditions.ts';
import { mostLookedAt } from '../leads/list/lead-list-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';

/** A board of leads by status, or of deals by stage. */
export type BoardKind = 'status' | 'deal_stage';

/** A card as stored. */
export interface CardRow {
  id: string;
  lead_id: string;
  deal_name: string | null;
  name: string | null;
  company_name: string | null;
  email: string | null;
  phone: string | null;
  number: number;
  amount: number | null;
  owner_id: string | null;
  status_id: string;
  next_step_at: Date | null;
  next_step_kind: string | null;
  next_step: string | null;
  version: number;
  tag_ids: readonly string[] | null;
  /** When anything last happened with the lead. */
  active_at: Date;
  /** Sort key of the card in its column, at full precision for the cursor. */
  place_at: string | null;
}

/** Position in a column. Cards due by the end of today come first, then those without a next step, then the others. */
export interface Place {
  band: number;
  at: string | null;
  id: string;
}

/** Parameters of a board query. */
export interface BoardQuery {
  kind: BoardKind;
  filter: ListFilter;
  /** Whose leads the one who asks sees; undefined: all. */
  visibility?: Visibility | undefined;
  columnId: string;
}

/** Counting stops at this many leads or deals. */
const MOST_COUNTED = 10_000;

/**
 * Filters that no index supports are evaluated once per column, on its newest leads or deals; later queries use the ids
 * found. If `whole` is false, the column has more than were searched.
 */
export async function resolveFilter(tx: Tx, question: BoardQuery): Promise<{ question: BoardQuery; whole: boolean }> {
  const { unindexed, indexed: filter } = splitUnindexed(question.filter);
  if (Object.keys(unindexed).length === 0) return { question, whole: true };
  const where = new Conditions(tx.workspaceId).visible(question.visibility);
  const most = mostLookedAt(unindexed);
  const newest = sources[question.kind].newest(where.param(question.columnId), where.param(most));
  narrow(where, unindexed);
  const [row] = await tx.query<{ looked: number; ids: string[] }>(
    `WITH newest AS MATERIALIZED (${newest})
     SELECT (SELECT count(*) FROM newest) AS looked,
       ARRAY(SELECT id FROM leads WHERE id IN (SELECT lead_id FROM newest) AND ${where.sql()}) AS ids`,
    where.params,
  );
  const { looked = 0, ids = [] } = row ?? {};
  const found = filter.ids ? ids.filter((id) => filter.ids?.includes(id)) : ids;
  return { question: { ...question, filter: { ...filter, ids: found } }, whole: looked < most };
}

const bands = [
  { holds: (day: string) => `next_step_at < ${day}`, order: 'next_step_at, id', planned: true },
  { holds: () => 'next_step_at IS NULL', order: 'id DESC', planned: false },
  { holds: (day: string) => `next_step_at >= ${day}`, order: 'next_step_at, id', planned: true },
];

/** Cards of one column by urgency, after a position. */
export async function listCards(
  tx: Tx,
  question: BoardQuery,
  { dayEnd, limit, after }: { dayEnd: Date; limit: number; after?: Place | undefined },
): Promise<{ card: CardRow; band: number }[]> {
  const found: { card: CardRow; band: number }[] = [];
  for (let band = after?.band ?? 0; band < bands.length && found.length < limit; band += 1) {
    const from = after?.band === band ? after : undefined;
    for (const card of await listBand(tx, question, { band, dayEnd, limit: limit - found.length, from }))
      found.push({ card, band });
  }
  return found;
}

interface BandPage {
  band: number;
  dayEnd: Date;
  limit: number;
  from: Place | undefined;
}

async function listBand(tx: Tx, question: BoardQuery, { band, dayEnd, limit, from }: BandPage): Promise<CardRow[]> {
  const { where, source, rows } = fromClause(tx, question);
  const { holds, order, planned } = bands[band] as (typeof bands)[number];
  const conditions = [rows, holds(planned ? where.param(dayEnd) : '')];
  if (from && planned)
    conditions.push(`(next_step_at, ${source.id}) > (${where.param(from.at)}, ${where.param(from.id)})`);
  if (from && !planned) conditions.push(`${source.id} < ${where.param(from.id)}`);
  return tx.query<CardRow>(
    `SELECT ${source.id} AS id, ${source.columns}, leads.id AS lead_id, leads.name, leads.company_name, leads.email,
       leads.phone, leads.number, leads.status_id, leads.next_step_at, leads.next_step_kind, leads.next_step, leads.version, leads.tag_ids,
       to_char(next_step_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place_at,
       greatest(leads.updated_at, (SELECT at FROM activities a WHERE a.workspace_id = leads.workspace_id
         AND a.lead_id = leads.id ORDER BY a.id DESC LIMIT 1)) AS active_at
     FROM ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ${where.param(limit)}`,
    where.params,
  );
}

/** Count and total amount of a column's cards, limited to the first MOST_COUNTED. */
export async function countCards(
  tx: Tx,
  question: BoardQuery,
): Promise<{ count: number; sum: number; exact: boolean }> {
  const { where, source, rows } = fromClause(tx, question);
  const [row] = await tx.query<{ count: number; sum: number }>(
    `SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum FROM (
       SELECT ${source.amount} AS amount FROM ${rows} LIMIT ${where.param(MOST_COUNTED)}
     ) AS counted`,
    where.params,
  );
  const { count = 0, sum = 0 } = row ?? {};
  return { count, sum, exact: count < MOST_COUNTED };
}

interface Source {
  /** FROM clause, given the subquery of the leads. */
  rows(leads: string, column: string): string;
  /** Subquery for the newest leads of a column. */
  newest(column: string, most: string): string;
  id: string;
  columns: string;
  amount: string;
}

const sources: { readonly [K in BoardKind]: Source } = {
  status: {
    rows: (leads, column) => `${leads} WHERE leads.status_id = ${column}`,
    newest: (column, most) =>
      `SELECT id AS lead_id FROM leads WHERE workspace_id = $1 AND status_id = ${column} ORDER BY id DESC LIMIT ${most}`,
    id: 'leads.id',
    columns: 'NULL AS deal_name, leads.target_amount AS amount, leads.owner_id',
    amount: 'leads.target_amount',
  },
  deal_stage: {
    rows: (leads, column) =>
      `deals JOIN ${leads} ON leads.workspace_id = deals.workspace_id AND leads.id = deals.lead_id
       WHERE deals.workspace_id = $1 AND deals.stage_id = ${column}`,
    newest: (column, most) =>
      `SELECT lead_id FROM deals WHERE workspace_id = $1 AND stage_id = ${column} ORDER BY id DESC LIMIT ${most}`,
    id: 'deals.id',
    columns: 'deals.name AS deal_name, deals.amount, coalesce(deals.owner_id, leads.owner_id) AS owner_id',
    amount: 'deals.amount',
  },
};

/** Conditions of the lead list use unqualified column names, so they get a subquery of their own. */
function fromClause(
  tx: Tx,
  { kind, filter, visibility, columnId }: BoardQuery,
): { where: Conditions; source: Source; rows: string } {
  const where = new Conditions(tx.workspaceId).visible(visibility);
  narrow(where, filter);
  const leads = `(SELECT * FROM leads WHERE ${where.sql()}) AS leads`;
  const source = sources[kind];
  return { where, source, rows: source.rows(leads, where.param(columnId)) };
}
