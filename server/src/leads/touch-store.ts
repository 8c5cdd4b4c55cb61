import type { Tx } from '../platform/database/transaction.ts';

/** One arrival of a lead, with what it brought. */
export interface Touch {
  id: string;
  lead_id: string;
  submission_id: string;
  dialect: string;
  token_id: string | null;
  source_id: string | null;
  fields: Record<string, unknown>;
  at: Date;
}

/** A lead's arrivals, newest first; `after` is the id of the last one seen. */
export async function listTouches(tx: Tx, leadId: string, limit: number, after?: string): Promise<Touch[]> {
  return tx.query<Touch>(
    `SELECT id, lead_id, submission_id, dialect, token_id, source_id, fields, at FROM touches
     WHERE workspace_id = $1 AND lead_id = $2 AND ($4::uuid IS NULL OR id < $4) ORDER BY id DESC LIMIT $3`,
    [tx.workspaceId, leadId, limit, after ?? null],
  );
}
