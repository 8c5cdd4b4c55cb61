import type { Tx } from '../platform/database/transaction.ts';

/** Says since when nobody calls a lead; null: it may be called. */
export async function setDoNotCall(tx: Tx, leadId: string, since: Date | null): Promise<void> {
  await tx.query('UPDATE leads SET do_not_call_since = $3 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    leadId,
    since,
  ]);
}
