import type { Place } from '../http/keyset.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import { dealsWithLeads, type ShownDeal, shownDeal } from './deal-store.ts';
import { kindFor, sumIndexed } from './index/deal-sum-store.ts';
import {
  type IndexedFilter,
  isUpToDate,
  narrowDeals,
  narrowIndexed,
  ownOnly,
  withLive,
} from './index/indexed-deals-store.ts';
import { amongNewest, locate, NEAR, type TextMatch } from './index/search-deals-store.ts';

/** Filters for a list of deals; all must match. */
export interface DealFilter
  extends Pick<
    IndexedFilter,
    'stage_ids' | 'owner_id' | 'lead_id' | 'closes_by' | 'closed_from' | 'closed_to' | 'visibility'
  > {
  /** Text contained in the name of the deal, its lead or the company. */
  text?: string;
}

export type DealOrder = 'newest' | 'close_date' | 'amount';

const amount = `coalesce(d.amount, '-Infinity')`;
/** SQL for the sort orders of deals `d`, whose id is in the given column. */
const orders: Record<
  DealOrder,
  { after: (key: string, id: string, column: string) => string; by: (id: string) => string }
> = {
  newest: { after: (_key, id, column) => `${column} < ${id}`, by: (id) => `${id} DESC` },
  close_date: {
    // Deals without a date come after all those with one.
    after: (key, id, column) =>
      `(${key}::text <> 'infinity' AND ((d.end_date, ${column}) > (${key}::date, ${id}) OR d.end_date IS NULL)
        OR ${key}::text = 'infinity' AND d.end_date IS NULL AND ${column} > ${id})`,
    by: (id) => `d.end_date, ${id}`,
  },
  amount: {
    after: (key, id, column) => `(${amount}, ${column}) < (${key}::numeric, ${id})`,
    by: (id) => `${amount} DESC, ${id} DESC`,
  },
};

/** A page of deals in this order, after the given position. */
export async function listDeals(
  tx: Tx,
  order: DealOrder,
  filter: DealFilter,
  limit: number,
  after?: Place,
): Promise<ShownDeal[]> {
  const { text, visibility } = filter;
  if (text !== undefined) return searchDeals(tx, order, { ...filter, text }, limit, after);
  if (ownOnly(visibility)) return readIndexed(tx, { order, filter, limit }, after);
  const where = narrowDeals(new Conditions(tx.workspaceId, 'd'), filter).visible(visibility, 'l');
  addPlace(where, order, 'd.id', after);
  return tx.query<ShownDeal>(
    `SELECT ${shownDeal} FROM ${dealsWithLeads} WHERE ${where.sql()} ORDER BY ${orders[order].by('d.id')} LIMIT ${where.param(limit)}`,
    where.params,
  );
}

function addPlace(where: Conditions, order: DealOrder, column: string, after: Place | undefined): void {
  if (!after) return;
  const key = order === 'newest' ? '' : where.param(after.key);
  where.add(orders[order].after(key, where.param(after.id), column));
}

/**
 * Deals that contain a text. A page of the newest matches for a common word is usually found among the newest deals;
 * otherwise the text index is searched.
 */
async function searchDeals(
  tx: Tx,
  order: DealOrder,
  filter: DealFilter & { text: string },
  limit: number,
  after?: Place,
): Promise<ShownDeal[]> {
  const page = (match: TextMatch) => readIndexed(tx, { order, filter, match, limit }, after);
  if (order === 'newest') {
    const near = await page(amongNewest(filter.text, filter, NEAR));
    if (near.length === limit) return near;
  }
  return page(await locate(tx, filter.text, filter));
}

/** A page of deals, read from the index. */
async function readIndexed(
  tx: Tx,
  { order, filter, match, limit }: { order: DealOrder; filter: DealFilter; match?: TextMatch; limit: number },
  after?: Place,
): Promise<ShownDeal[]> {
  const where = narrowIndexed(new Conditions(tx.workspaceId, 'd'), filter);
  addPlace(where, order, 'd.deal_id', after);
  if (match) where.add(`d.text LIKE ${where.param(match.pattern)}`);
  const conditions = where.sql();
  const { by } = orders[order];
  const most = where.param(limit);
  const inOrder = `ORDER BY ${by('d.deal_id')} LIMIT ${most}`;
  return tx.query<ShownDeal>(
    `${withLive}, found AS MATERIALIZED (
       SELECT d.deal_id FROM (
         (SELECT d.deal_id, d.end_date, d.amount FROM ${match?.among(where) ?? 'deal_index'} AS d
          WHERE ${conditions} AND ${isUpToDate} ${inOrder})
         UNION ALL SELECT d.deal_id, d.end_date, d.amount FROM live d WHERE ${conditions}
       ) AS d ${inOrder}
     )
     SELECT ${shownDeal} FROM ${dealsWithLeads} WHERE d.workspace_id = $1 AND d.id = ANY (ARRAY(SELECT deal_id FROM found))
     ORDER BY ${by('d.id')}`,
    where.params,
  );
}

/** Totals of the deals at one stage. */
export interface StageSum {
  stage_id: string;
  count: number;
  sum: number;
  /** Deals closed since the day given as `closedSince`. */
  recent_count: number;
  recent_sum: number;
}

/** Counts and sums of deals by stage; `closedSince` is the first day of a month. */
export async function sumDeals(
  tx: Tx,
  { text, ...filter }: IndexedFilter & Pick<DealFilter, 'text'>,
  closedSince: string,
): Promise<StageSum[]> {
  return sumIndexed<StageSum>(tx, {
    filter,
    kind: text === undefined ? kindFor(filter) : 'deals',
    text: text === undefined ? undefined : await locate(tx, text, filter),
    select: (where) => {
      const isRecent = `FILTER (WHERE closed_on >= ${where.param(closedSince)}::date)`;
      return `stage_id, sum(deals)::bigint AS count, sum(amount) AS sum, coalesce(sum(deals) ${isRecent}, 0)::bigint AS recent_count,
        coalesce(sum(amount) ${isRecent}, 0) AS recent_sum`;
    },
    by: 'stage_id',
  });
}
