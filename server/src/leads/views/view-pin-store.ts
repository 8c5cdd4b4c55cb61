import { touches } from '../../events/screens.ts';
import type { Tx } from '../../platform/database/transaction.ts';

/** Ids of the views that a member pinned, the first one first. */
export async function listPins(tx: Tx, memberId: string): Promise<string[]> {
  const pins = await tx.query<{ view_id: string }>(
    'SELECT view_id FROM view_pins WHERE workspace_id = $1 AND member_id = $2 ORDER BY pinned_at, view_id',
    [tx.workspaceId, memberId],
  );
  return pins.map(({ view_id }) => view_id);
}

/** Pins a view behind those that are pinned; one that is pinned already stays where it is. */
export async function addPin(tx: Tx, memberId: string, viewId: string, at: Date): Promise<void> {
  touches(tx, 'views');
  await tx.query(
    'INSERT INTO view_pins (workspace_id, member_id, view_id, pinned_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [tx.workspaceId, memberId, viewId, at],
  );
}

/** Lets a view go back to its place. */
export async function removePin(tx: Tx, memberId: string, viewId: string): Promise<void> {
  touches(tx, 'views');
  await tx.query('DELETE FROM view_pins WHERE workspace_id = $1 AND member_id = $2 AND view_id = $3', [
    tx.workspaceId,
    memberId,
    viewId,
  ]);
}
