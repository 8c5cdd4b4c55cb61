import type { Tx } from '../platform/database/transaction.ts';
import { IDLE_MS } from '../workspaces/access/session-store.ts';

/** Notifies every process listening on the channel once the transaction commits. */
export async function tellStore(tx: Tx, channel: string, payload: string): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [channel, payload]);
}

/** Whether a session is still valid: not ended, not expired, and recently used. */
export async function sessionStands(tx: Tx, id: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    `SELECT 1 FROM sessions WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL AND expires_at > $3
       AND (last_seen_at IS NULL OR last_seen_at > $4)`,
    [tx.workspaceId, id, now, new Date(now.getTime() - IDLE_MS)],
    { name: 'session_stands' },
  );
  return rows.length > 0;
}
