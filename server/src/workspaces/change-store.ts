import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';

/**
 * Channel that announces changes of reference data, members or tokens to every process; the payload is the workspace
 * id.
 */
export const CHANGED = 'leadwell_changed';

/** Makes every process drop its cache of this workspace, once the transaction commits. */
export async function announceChange(tx: Tx): Promise<void> {
  touches(tx, 'settings');
  await tx.query('SELECT pg_notify($1, $2)', [CHANGED, tx.workspaceId]);
}
