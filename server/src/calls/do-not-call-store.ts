import type { Tx } from '../platform/database/transaction.ts';

/** Sets since when a lead must not be called; null allows calls. */
export async function setDoNotCall(tx: Tx, leadId: string, since: Date | null): Promise<void> {
  await tx.query('UPDATE leads SET do_not_call_since = $3 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    leadId,
    since,
  ]);
}
