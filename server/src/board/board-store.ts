import { isUpToDate, narrowIndexed, withLive } from '../deals/index/indexed-deals-store.ts';
import { narrow, splitUnindexed } from '../leads/list/lead-list-conditions.ts';
import { mostLookedAt } from '../leads/list/lead-list-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import { type BoardQuery, indexedFilter } from './board-query.ts';
import { type Band, bandsFor, type Position } from './card-orders.ts';

/** A card as stored. */
export interface CardRow {
  id: string;
  lead_id: string;
  deal_name: string | null;
  /** The stage of a deal; null for a lead. */
  stage_id: string | null;
  name: string | null;
  company_name: string | null;
  email: string | null;
  phone: string | null;
  number: number;
  amount: number | null;
  /** YYYY-MM-DD: the expected closing date. */
  end_date: string | null;
  /** YYYY-MM-DD: the day on which a deal was won or lost. */
  closed_on: string | null;
  created_at: Date;
  owner_id: string | null;
  status_id: string;
  next_step_at: Date | null;
  next_step_kind: string | null;
  next_step: string | null;
  version: number;
  tag_ids: readonly string[] | null;
  /** When the lead was last changed or last got a timeline entry. */
  active_at: Date;
  /** Sort key of the card in its column, at full precision for the cursor. */
  place_at: string | null;
}

/**
 * Evaluates filters that no index supports, once per column and only on its newest leads or deals; later queries use
 * the ids found. `whole` is false if the column has more than were searched.
 */
export async function resolveFilter(tx: Tx, question: BoardQuery): Promise<{ question: BoardQuery; whole: boolean }> {
  const { unindexed, indexed: filter } = splitUnindexed(question.filter);
  if (Object.keys(unindexed).length === 0) return { question, whole: true };
  const where = new Conditions(tx.workspaceId).visible(question.visibility);
  const most = mostLookedAt(unindexed);
  const [table, id, column] =
    question.kind === 'status' ? ['leads', 'id', 'status_id'] : ['deals', 'lead_id', 'stage_id'];
  const newest = `SELECT ${id} AS lead_id FROM ${table} WHERE workspace_id = $1 AND ${column} = ${where.param(question.columnId)}
    ORDER BY id DESC LIMIT ${where.param(most)}`;
  narrow(where, unindexed);
  const [row] = await tx.query<{ looked: number; ids: string[] }>(
    `WITH newest AS MATERIALIZED (${newest})
     SELECT (SELECT count(*) FROM newest) AS looked,
       ARRAY(SELECT id FROM leads WHERE id IN (SELECT lead_id FROM newest) AND ${where.sql()}) AS ids`,
    where.params,
  );
  const { looked = 0, ids = [] } = row ?? {};
  const found = filter.ids ? ids.filter((one) => filter.ids?.includes(one)) : ids;
  return { question: { ...question, filter: { ...filter, ids: found } }, whole: looked < most };
}

/** Cards of one column in its order, after a position. */
export async function listCards(
  tx: Tx,
  question: BoardQuery,
  { dayEnd, limit, after }: { dayEnd: Date; limit: number; after?: Position | undefined },
): Promise<{ card: CardRow; band: number }[]> {
  const bands = bandsFor(question.sort, question.isOfClosedDeals);
  const found: { card: CardRow; band: number }[] = [];
  for (let at = after?.band ?? 0; at < bands.length && found.length < limit; at += 1) {
    const band = bands[at] as Band;
    const from = after?.band === at ? after : undefined;
    for (const card of await listBand(tx, question, { band, dayEnd, limit: limit - found.length, from }))
      found.push({ card, band: at });
  }
  return found;
}

interface BandPage {
  band: Band;
  dayEnd: Date;
  limit: number;
  from: Position | undefined;
}

async function listBand(tx: Tx, question: BoardQuery, { band, dayEnd, limit, from }: BandPage): Promise<CardRow[]> {
  const where = new Conditions(tx.workspaceId, 'c');
  where.add(band.holds(band.usesDay ? where.param(dayEnd) : ''));
  const { key, descending } = band;
  const way = descending ? '<' : '>';
  if (from && key)
    where.add(`(${key.column}, c.id) ${way} (${where.param(from.at)}::${key.type}, ${where.param(from.id)})`);
  if (from && !key) where.add(`c.id ${way} ${where.param(from.id)}`);
  const order = [...(key ? [key.column] : []), 'c.id'].map((by) => (descending ? `${by} DESC` : by)).join(', ');
  const most = where.param(limit);
  const page = pageOf(where, question, `ORDER BY ${order} LIMIT ${most}`);
  return tx.query<CardRow>(
    `${page} SELECT c.id, ${sources[question.kind].columns}, c.end_date, c.closed_on, c.amount, l.id AS lead_id, l.name,
       l.company_name, l.email, l.phone, l.number, l.status_id, l.next_step_at, l.next_step_kind, l.next_step, l.version,
       l.tag_ids, ${placeOf(band)} AS place_at,
       greatest(l.updated_at, (SELECT at FROM activities a WHERE a.workspace_id = l.workspace_id
         AND a.lead_id = l.id ORDER BY a.id DESC LIMIT 1)) AS active_at
     FROM page c JOIN leads l ON l.workspace_id = $1 AND l.id = c.lead_id ${sources[question.kind].join} ORDER BY ${order}`,
    where.params,
  );
}

function placeOf({ key }: Band): string {
  if (!key) return 'NULL';
  if (key.type !== 'timestamptz') return `(${key.column})::text`;
  return `to_char(${key.column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

const sources = {
  status: { columns: 'NULL AS deal_name, NULL AS stage_id, l.owner_id, l.created_at', join: '' },
  deal_stage: {
    columns: 'd.name AS deal_name, d.stage_id, coalesce(d.owner_id, l.owner_id) AS owner_id, d.created_at',
    join: 'JOIN deals d ON d.workspace_id = $1 AND d.id = c.id',
  },
} as const;

/** The columns that bands are sorted by. */
const sorted = 'workspace_id, id, lead_id, next_step_at, end_date, amount, closed_on';

/** Common table expression `page`: the cards `c` of the column that meet the conditions, in order. */
function pageOf(where: Conditions, question: BoardQuery, inOrder: string): string {
  const placed = where.sql();
  if (question.kind === 'status')
    return `WITH page AS MATERIALIZED (
        SELECT ${sorted} FROM (${leadsOfColumn(where, question)}) AS c WHERE ${placed} ${inOrder}
      )`;
  const filter = indexedFilter(question);
  if (!filter)
    return `WITH page AS MATERIALIZED (
        SELECT ${sorted} FROM (${dealsOfColumn(where, question)}) AS c WHERE ${placed} ${inOrder}
      )`;
  // Compared with `=` instead of a list, because only then is the index read in its order.
  const inside = narrowIndexed(where.inside('d').add(`d.stage_id = ${where.param(question.columnId)}`), filter).sql();
  const since = question.closedSince ? ` AND d.closed_on >= ${where.param(question.closedSince)}::date` : '';
  const column = `SELECT d.workspace_id, d.deal_id AS id, d.lead_id, d.next_step_at, d.end_date, d.amount, d.closed_on`;
  return `${withLive}, page AS MATERIALIZED (
      SELECT * FROM (
        (SELECT ${sorted} FROM (${column} FROM deal_index d WHERE ${inside}${since} AND ${isUpToDate}) AS c
         WHERE ${placed} ${inOrder})
        UNION ALL SELECT ${sorted} FROM (${column} FROM live d WHERE ${inside}${since}) AS c WHERE ${placed}
      ) AS c ${inOrder}
    )`;
}

/** How many of a column's newest leads are sorted by amount or date. */
const SORTED_WITHIN = 2_000;

/**
 * SQL for the leads of a column, with the columns that cards are sorted by. Only the newest are sorted by amount
 * or date.
 */
export function leadsOfColumn(where: Conditions, { filter, visibility, columnId, sort }: BoardQuery): string {
  const inside = where.inside('').visible(visibility);
  narrow(inside, filter);
  const isSorted = sort === 'amount' || sort === 'close_date';
  return `SELECT leads.workspace_id, leads.id, leads.id AS lead_id, leads.next_step_at, leads.expected_completion_date AS end_date,
      leads.target_amount AS amount, NULL::date AS closed_on
    FROM leads WHERE ${inside.sql()} AND leads.status_id = ${where.param(columnId)}
    ${isSorted ? `ORDER BY leads.id DESC LIMIT ${SORTED_WITHIN}` : ''}`;
}

/**
 * SQL for the deals of a column. Leads are a subquery, because conditions of the lead list use unqualified
 * column names.
 */
export function dealsOfColumn(where: Conditions, { filter, visibility, columnId, closedSince }: BoardQuery): string {
  const inside = where.inside('').visible(visibility);
  narrow(inside, filter);
  const since = closedSince ? ` AND deals.closed_on >= ${where.param(closedSince)}::date` : '';
  return `SELECT deals.workspace_id, deals.id, deals.lead_id, leads.next_step_at, deals.end_date, deals.amount, deals.closed_on
    FROM deals JOIN (SELECT * FROM leads WHERE ${inside.sql()}) AS leads
      ON leads.workspace_id = deals.workspace_id AND leads.id = deals.lead_id
    WHERE deals.workspace_id = $1 AND deals.stage_id = ${where.param(columnId)}${since}`;
}
