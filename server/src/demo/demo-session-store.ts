import type { Tx } from '../platform/database/transaction.ts';

/** Ids of the active sample members who have no account. */
export async function sampleMembers(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT m.id FROM demo_items d JOIN members m ON m.workspace_id = d.workspace_id AND m.id = d.id
     WHERE d.workspace_id = $1 AND d.kind = 'member' AND m.user_id IS NULL AND m.active ORDER BY m.name, m.id`,
    [tx.workspaceId],
  );
  return rows.map(({ id }) => id);
}

/** Records the session from which a sample member's session was opened. */
export async function noteOpened(tx: Tx, id: string, openedFrom: string): Promise<void> {
  await tx.query('INSERT INTO demo_sessions (workspace_id, id, opened_from) VALUES ($1, $2, $3)', [
    tx.workspaceId,
    id,
    openedFrom,
  ]);
}

/** The session from which this one was opened, and its member; undefined if that session is no longer valid. */
export async function openedFrom(
  tx: Tx,
  id: string,
  now: Date,
): Promise<{ id: string; member_id: string } | undefined> {
  const [row] = await tx.query<{ id: string; member_id: string }>(
    `SELECT s.id, s.member_id FROM demo_sessions d
       JOIN sessions s ON s.workspace_id = d.workspace_id AND s.id = d.opened_from
       JOIN members m ON m.workspace_id = s.workspace_id AND m.id = s.member_id
     WHERE d.workspace_id = $1 AND d.id = $2 AND s.ended_at IS NULL AND s.expires_at > $3 AND m.active`,
    [tx.workspaceId, id, now],
  );
  return row;
}
