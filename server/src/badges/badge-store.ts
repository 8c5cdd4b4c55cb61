import { type SubmissionFilter, whereOf } from '../journal/submission-where-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';

/** Badges count up to this number. */
export const MOST_ON_BADGE = 100;
/** Most index entries that are searched for a badge, because few of them may match. */
const MOST_LOOKED_AT = 2_000;

/**
 * Calls that can be made now, among the leads that are visible to the caller. Runs without row-level visibility,
 * because the query applies it itself.
 */
export async function countCallsDue(tx: Tx, now: Date, visibility: Visibility | undefined): Promise<number> {
  const where = new Conditions(tx.workspaceId);
  const at = where.param(now);
  const among = visibility
    ? `AND EXISTS (SELECT 1 FROM leads l WHERE ${where.inside('l').visible(visibility, 'l').sql()} AND l.id = due.lead_id)`
    : '';
  return count(
    tx,
    `(SELECT lead_id, state, claim_expires_at FROM calls WHERE workspace_id = $1 AND state IN ('pending', 'claimed')
       AND offer_at <= ${at} ORDER BY offer_at, id LIMIT ${MOST_LOOKED_AT}) AS due
     WHERE (state = 'pending' OR claim_expires_at <= ${at}) ${among}`,
    where.params,
  );
}

/** A member's open tasks that are due before a given time. */
export async function countTasksDue(tx: Tx, memberId: string, before: Date): Promise<number> {
  return count(tx, `tasks WHERE workspace_id = $1 AND assignee_id = $2 AND done_at IS NULL AND due_at < $3`, [
    tx.workspaceId,
    memberId,
    before,
  ]);
}

/** Refused and failed requests that match a filter of the journal. */
export async function countQuarantine(tx: Tx, filter: SubmissionFilter): Promise<number> {
  const { bounds, rest, params } = whereOf(tx, filter);
  return count(
    tx,
    `(SELECT * FROM submissions s WHERE ${bounds} AND s.outcome IN ('refused', 'failed') ORDER BY s.id DESC
       LIMIT ${MOST_LOOKED_AT}) AS s WHERE ${rest || 'true'}`,
    params,
  );
}

async function count(tx: Tx, from: string, params: readonly unknown[]): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM ${from} LIMIT ${MOST_ON_BADGE}) AS counted`,
    params,
  );
  return row?.count ?? 0;
}
