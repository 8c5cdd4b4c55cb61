import { touches } from '../../events/screens.ts';
import type { Tx } from '../../platform/database/transaction.ts';

/** Ids of the views that a member pinned, in the order of pinning. */
export async function listPins(tx: Tx, memberId: string): Promise<string[]> {
  const pins = await tx.query<{ view_id: string }>(
    'SELECT view_id FROM view_pins WHERE workspace_id = $1 AND member_id = $2 ORDER BY pinned_at, view_id',
    [tx.workspaceId, memberId],
  );
  return pins.map(({ view_id }) => view_id);
}

/** Pins a view after the existing pins; an already pinned view stays in place. */
export async function addPin(tx: Tx, memberId: string, viewId: string, at: Date): Promise<void> {
  touches(tx, 'views');
  await tx.query(
    'INSERT INTO view_pins (workspace_id, member_id, view_id, pinned_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [tx.workspaceId, memberId, viewId, at],
  );
}

/** Unpins a view, which returns to its usual position. */
export async function removePin(tx: Tx, memberId: string, viewId: string): Promise<void> {
  touches(tx, 'views');
  await tx.query('DELETE FROM view_pins WHERE workspace_id = $1 AND member_id = $2 AND view_id = $3', [
    tx.workspaceId,
    memberId,
    viewId,
  ]);
}
