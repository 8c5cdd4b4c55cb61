import type { Tx } from '../platform/transaction.ts';

export interface Note {
  id: string;
  lead_id: string;
  text: string;
  /** `token:<id>`, `member:<id>` or `system`. */
  actor: string;
  created_at: Date;
}

export async function addNote(tx: Tx, note: Note): Promise<void> {
  await tx.query(
    'INSERT INTO notes (workspace_id, id, lead_id, text, actor, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [tx.workspaceId, note.id, note.lead_id, note.text, note.actor, note.created_at],
  );
}

/** A lead's notes, newest first, after a cursor (the id of the last one seen). */
export async function listNotes(tx: Tx, leadId: string, limit: number, after?: string): Promise<Note[]> {
  return tx.query<Note>(
    `SELECT id, lead_id, text, actor, created_at FROM notes
     WHERE workspace_id = $1 AND lead_id = $2 AND ($4::uuid IS NULL OR id < $4) ORDER BY id DESC LIMIT $3`,
    [tx.workspaceId, leadId, limit, after ?? null],
  );
}
