import type { Tx } from '../platform/database/transaction.ts';

/**
 * Begins a new epoch of events if the database is no longer in the cluster, or on the timeline, in which the latest
 * epoch began: transaction ids of the two cannot be compared. Must run as the owner, after migrations and before
 * anything is announced. Returns whether a new epoch began.
 */
export async function beginEpochIfMoved(tx: Tx): Promise<boolean> {
  if (!(await hasMoved(tx))) return false;
  // Waits for transactions that are announcing events, so that these are committed to the old epoch.
  await tx.query('LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE');
  if (!(await hasMoved(tx))) return false;
  await tx.query(
    `INSERT INTO event_epochs (epoch, cluster)
     SELECT greatest(floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint, max(epoch) + 1), this_cluster()
     FROM event_epochs`,
  );
  return true;
}

async function hasMoved(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ moved: boolean }>(
    'SELECT cluster <> this_cluster() AS moved FROM event_epochs ORDER BY epoch DESC LIMIT 1',
  );
  return row?.moved === true;
}
