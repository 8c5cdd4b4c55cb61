import type { Tx } from '../platform/database/transaction.ts';

/** A call that somebody has claimed at the moment. */
export interface HeldCall {
  claimed_by: string;
  claim_id: string;
  started_at: Date | null;
}

/** A lead's claimed calls; expired claims are left out. */
export async function listHeldCalls(tx: Tx, leadId: string, now: Date): Promise<HeldCall[]> {
  return tx.query<HeldCall>(
    `SELECT coalesce(claimed_by, 'Somebody') AS claimed_by, claim_id, started_at FROM calls
     WHERE workspace_id = $1 AND lead_id = $2 AND state = 'claimed' AND claim_expires_at > $3 ORDER BY id`,
    [tx.workspaceId, leadId, now],
  );
}
