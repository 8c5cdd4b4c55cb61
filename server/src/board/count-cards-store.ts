import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { BoardQuery } from './board-query.ts';
import { dealsOfColumn, leadsOfColumn } from './board-store.ts';

/** Counting stops at this many leads or deals. */
const MOST_COUNTED = 10_000;

/**
 * Count and total amount of the cards of a column, for filters that no sums can answer. Only the first MOST_COUNTED
 * cards are counted.
 */
export async function countCards(
  tx: Tx,
  question: BoardQuery,
): Promise<{ count: number; sum: number; exact: boolean }> {
  const where = new Conditions(tx.workspaceId, 'c');
  const rows = (question.kind === 'status' ? leadsOfColumn : dealsOfColumn)(where, { ...question, sort: 'newest' });
  const [row] = await tx.query<{ count: number; sum: number }>(
    `SELECT count(*) AS count, coalesce(sum(amount), 0) AS sum FROM (
       SELECT c.amount FROM (${rows}) AS c LIMIT ${where.param(MOST_COUNTED)}
     ) AS counted`,
    where.params,
  );
  const { count = 0, sum = 0 } = row ?? {};
  return { count, sum, exact: count < MOST_COUNTED };
}
