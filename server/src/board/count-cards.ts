import { sumDeals } from '../deals/deal-list-store.ts';
import { sumLeads } from '../leads/sums/lead-sum-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { type BoardQuery, indexedFilter, isSummed } from './board-query.ts';

/** The sums of a column. */
interface ColumnSum {
  count: number;
  sum: number;
  /** False if there are more cards than were counted, so that the sum is too low. */
  exact: boolean;
}

/** Exact sums of all columns, as a function of the query for a column; undefined if no sums can answer the filter. */
export async function sumColumns(
  tx: Tx,
  questions: readonly BoardQuery[],
): Promise<((question: BoardQuery) => ColumnSum) | undefined> {
  const [first] = questions;
  if (!first) return undefined;
  if (first.kind === 'status') {
    if (!isSummed(first.filter)) return undefined;
    const sums = new Map((await sumLeads(tx, first.filter, first.visibility)).map((one) => [one.status_id, one]));
    return ({ columnId }) => ({ count: 0, sum: 0, ...sums.get(columnId), exact: true });
  }
  const filter = indexedFilter(first);
  if (!filter) return undefined;
  const since = questions.find(({ closedSince }) => closedSince)?.closedSince ?? 'infinity';
  const sums = new Map((await sumDeals(tx, filter, since)).map((one) => [one.stage_id, one]));
  return ({ columnId, closedSince }) => {
    const { count = 0, sum = 0, recent_count = 0, recent_sum = 0 } = sums.get(columnId) ?? {};
    return closedSince ? { count: recent_count, sum: recent_sum, exact: true } : { count, sum, exact: true };
  };
}
