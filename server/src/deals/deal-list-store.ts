import type { Place } from '../platform/http/keyset.ts';
import type { Tx } from '../platform/transaction.ts';
import { dealsWithLeads, type ShownDeal, shownDeal } from './deal-store.ts';

/** What a list of deals may be narrowed by. All given must hold. */
export interface DealFilter {
  stage_ids?: readonly string[];
  /** Null: nobody's. */
  owner_id?: string | null;
  lead_id?: string;
  /** Part of the name of the deal, of its lead or of the company. */
  text?: string;
}

/** How deals are sorted. */
export type DealOrder = 'newest' | 'close_date' | 'amount';

const end = `coalesce(d.end_date, 'infinity')`;
const amount = `coalesce(d.amount, '-Infinity')`;
const orders: Record<DealOrder, { after: string; by: string }> = {
  newest: { after: '($8::text IS NOT NULL AND d.id < $9)', by: 'd.id DESC' },
  close_date: { after: `(${end}, d.id) > ($8::date, $9)`, by: `${end}, d.id` },
  amount: { after: `(${amount}, d.id) < ($8::numeric, $9)`, by: `${amount} DESC, d.id DESC` },
};

const narrowed = `d.workspace_id = $1 AND ($2::uuid[] IS NULL OR d.stage_id = ANY ($2))
  AND ($3::boolean IS NULL OR ($3 AND d.owner_id IS NULL)) AND ($4::uuid IS NULL OR d.owner_id = $4)
  AND ($5::uuid IS NULL OR d.lead_id = $5)
  AND ($6::text IS NULL OR d.name ILIKE $6 OR l.name ILIKE $6 OR l.company_name ILIKE $6)`;

function params({ stage_ids, owner_id, lead_id, text }: DealFilter): unknown[] {
  const pattern = text === undefined ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return [stage_ids ?? null, owner_id === null || null, owner_id ?? null, lead_id ?? null, pattern];
}

/** A page of deals. */
export async function listDeals(
  tx: Tx,
  order: DealOrder,
  filter: DealFilter,
  limit: number,
  after?: Place,
): Promise<ShownDeal[]> {
  const { after: behind, by } = orders[order];
  return tx.query<ShownDeal>(
    `SELECT ${shownDeal} FROM ${dealsWithLeads} WHERE ${narrowed} AND ($9::uuid IS NULL OR ${behind})
     ORDER BY ${by} LIMIT $7`,
    [tx.workspaceId, ...params(filter), limit, after?.key ?? null, after?.id ?? null],
  );
}

/** Deals of one stage together. */
export interface StageSum {
  stage_id: string;
  count: number;
  sum: number;
  /** Of those that were closed since the given moment. */
  recent_count: number;
  recent_sum: number;
}

/** Counts and sums of deals by stage. */
export async function sumDeals(tx: Tx, filter: DealFilter, closedSince: Date): Promise<StageSum[]> {
  return tx.query<StageSum>(
    `SELECT d.stage_id, count(*) AS count, coalesce(sum(d.amount), 0) AS sum,
       count(*) FILTER (WHERE d.closed_at >= $7) AS recent_count,
       coalesce(sum(d.amount) FILTER (WHERE d.closed_at >= $7), 0) AS recent_sum
     FROM ${dealsWithLeads} WHERE ${narrowed} GROUP BY d.stage_id`,
    [tx.workspaceId, ...params(filter), closedSince],
  );
}
