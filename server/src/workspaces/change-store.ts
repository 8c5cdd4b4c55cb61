import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';

/** Channel on which a change of reference data, members or tokens is told to every process; payload: the workspace. */
export const CHANGED = 'leadwell_changed';

/** Tells every process to forget what it remembers of this workspace, once the transaction commits. */
export async function announceChange(tx: Tx): Promise<void> {
  touches(tx, 'settings');
  await tx.query('SELECT pg_notify($1, $2)', [CHANGED, tx.workspaceId]);
}
