import type { Place } from '../http/keyset.ts';
import { unseenTexts } from '../leads/list/lead-list-conditions.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { fold } from '../platform/fold/fold.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import { dealsWithLeads, type ShownDeal, shownDeal } from './deal-store.ts';

/** Filters for a list of deals; all must match. */
export interface DealFilter {
  stage_ids?: readonly string[];
  /** Null for deals without an owner. */
  owner_id?: string | null;
  lead_id?: string;
  /** Part of the name of the deal, its lead or the company. */
  text?: string;
  /** YYYY-MM-DD: expected to close on or before this day. */
  closes_by?: string;
  /** Limits which leads the caller sees; undefined for all. */
  visibility?: Visibility | undefined;
}

export type DealOrder = 'newest' | 'close_date' | 'amount';

const amount = `coalesce(d.amount, '-Infinity')`;
const orders: Record<DealOrder, { after: (key: string, id: string) => string; by: string }> = {
  newest: { after: (_key, id) => `d.id < ${id}`, by: 'd.id DESC' },
  close_date: {
    // Deals without a date come after all those with one.
    after: (key, id) =>
      `(${key}::text <> 'infinity' AND ((d.end_date, d.id) > (${key}::date, ${id}) OR d.end_date IS NULL)
        OR ${key}::text = 'infinity' AND d.end_date IS NULL AND d.id > ${id})`,
    by: 'd.end_date, d.id',
  },
  amount: { after: (key, id) => `(${amount}, d.id) < (${key}::numeric, ${id})`, by: `${amount} DESC, d.id DESC` },
};

/** If a word occurs in more deals or leads than this, only the newest deals are searched. */
const MOST_FOUND = 2_000;
const NEWEST = 20_000;

async function conditionsOf(tx: Tx, filter: DealFilter): Promise<Conditions> {
  const where = new Conditions(tx.workspaceId, 'd');
  const { stage_ids, owner_id, lead_id, text, closes_by, visibility } = filter;
  if (stage_ids) where.add(`d.stage_id = ANY (${where.param(stage_ids)}::uuid[])`);
  if (owner_id === null) where.add('d.owner_id IS NULL');
  else if (owner_id !== undefined) where.add(`d.owner_id = ${where.param(owner_id)}`);
  if (lead_id) where.add(`d.lead_id = ${where.param(lead_id)}`);
  if (closes_by) where.add(`d.end_date <= ${where.param(closes_by)}::date`);
  where.visible(visibility, 'l');
  if (text !== undefined) await narrowToText(tx, where, text, visibility);
  return where;
}

/** Filters deals by text: by index if there are few matches, otherwise among the newest deals. */
async function narrowToText(
  tx: Tx,
  where: Conditions,
  text: string,
  visibility: Visibility | undefined,
): Promise<void> {
  const pattern = `%${fold(text).replace(/[\\%_]/g, '\\$&')}%`;
  const found = await findDeals(tx, pattern);
  // A member who sees only their own leads has few of them.
  const isOwn = visibility?.owners.length === 1 && visibility.departments.length === 0;
  if (found) where.add(`d.id = ANY (${where.param(found)}::uuid[])`);
  else if (!isOwn)
    where.add(`d.id IN (SELECT n.id FROM deals n WHERE n.workspace_id = $1 ORDER BY n.id DESC LIMIT ${NEWEST})`);
  const like = where.param(pattern);
  where.add(
    `(fold_text(d.name) LIKE ${like} OR fold_text(l.name) LIKE ${like} OR fold_text(l.company_name) LIKE ${like})`,
  );
}

/** Ids of the deals that match, themselves or by their lead; undefined if the word is too short or too common. */
async function findDeals(tx: Tx, pattern: string): Promise<string[] | undefined> {
  if (pattern.length < SHORTEST) return undefined;
  const [found] = await tx.query<{ leads: number; ids: string[] }>(
    `WITH unseen AS MATERIALIZED (${unseenTexts}), hits AS MATERIALIZED (
       SELECT id FROM leads_like(ARRAY[$2::text], $3) AS found (id)
       UNION SELECT id FROM unseen WHERE text LIKE $2
     ), deals_found AS (
       SELECT id FROM deals_like($2, $3) AS found (id)
       UNION SELECT d.id FROM hits JOIN deals d ON d.workspace_id = $1 AND d.lead_id = hits.id
     )
     SELECT (SELECT count(*) FROM hits)::int AS leads, ARRAY(SELECT id FROM deals_found LIMIT $3) AS ids`,
    [tx.workspaceId, pattern, MOST_FOUND + 1],
  );
  return found && Math.max(found.leads, found.ids.length) <= MOST_FOUND ? found.ids : undefined;
}

/** A trigram index needs three letters between the two wildcards. */
const SHORTEST = 5;

export async function listDeals(
  tx: Tx,
  order: DealOrder,
  filter: DealFilter,
  limit: number,
  after?: Place,
): Promise<ShownDeal[]> {
  const where = await conditionsOf(tx, filter);
  const { after: behind, by } = orders[order];
  if (after) where.add(behind(order === 'newest' ? '' : where.param(after.key), where.param(after.id)));
  return tx.query<ShownDeal>(
    `SELECT ${shownDeal} FROM ${dealsWithLeads} WHERE ${where.sql()} ORDER BY ${by} LIMIT ${where.param(limit)}`,
    where.params,
  );
}

/** Totals of the deals at one stage. */
export interface StageSum {
  stage_id: string;
  count: number;
  sum: number;
  /** Deals closed since the given time. */
  recent_count: number;
  recent_sum: number;
}

/** Counts and sums of deals by stage. */
export async function sumDeals(tx: Tx, filter: DealFilter, closedSince: Date): Promise<StageSum[]> {
  const where = await conditionsOf(tx, filter);
  const since = where.param(closedSince);
  // Leads are joined only if a filter needs them.
  const from = filter.visibility || filter.text !== undefined ? dealsWithLeads : 'deals d';
  return tx.query<StageSum>(
    `SELECT d.stage_id, count(*) AS count, coalesce(sum(d.amount), 0) AS sum,
       count(*) FILTER (WHERE d.closed_at >= ${since}) AS recent_count,
       coalesce(sum(d.amount) FILTER (WHERE d.closed_at >= ${since}), 0) AS recent_sum
     FROM ${from} WHERE ${where.sql()} GROUP BY d.stage_id`,
    where.params,
  );
}
