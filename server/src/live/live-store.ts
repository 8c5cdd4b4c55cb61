import type { Tx } from '../platform/transaction.ts';

/** Announces to every process that listens to the channel, once the transaction commits. */
export async function tellStore(tx: Tx, channel: string, payload: string): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [channel, payload]);
}

/** True while a session has not ended. */
export async function sessionStands(tx: Tx, id: string, now: Date): Promise<boolean> {
  const rows = await tx.query(
    'SELECT 1 FROM sessions WHERE workspace_id = $1 AND id = $2 AND ended_at IS NULL AND expires_at > $3',
    [tx.workspaceId, id, now],
    { name: 'session_stands' },
  );
  return rows.length > 0;
}
