import type { Tx } from '../platform/database/transaction.ts';

/** One submission of a lead, with the submitted fields. */
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

/** A lead's submissions, newest first; `after` is the id of the last one of the previous page. */
export async function listTouches(tx: Tx, leadId: string, limit: number, after?: string): Promise<Touch[]> {
  return tx.query<Touch>(
    `SELECT id, lead_id, submission_id, dialect, token_id, source_id, fields, at FROM touches
     WHERE workspace_id = $1 AND lead_id = $2 AND ($4::uuid IS NULL OR id < $4) ORDER BY id DESC LIMIT $3`,
    [tx.workspaceId, leadId, limit, after ?? null],
  );
}
