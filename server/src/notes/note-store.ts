import { listOfLead } from '../leads/lead-sublist-store.ts';
import type { Tx } from '../platform/database/transaction.ts';

export interface Note {
  id: string;
  lead_id: string;
  text: string;
  /** `token:<id>`, `member:<id>` or `system`. */
  actor: string;
  created_at: Date;
  /** When the note was last changed; null if never. */
  edited_at: Date | null;
}

const columns = 'id, lead_id, text, actor, created_at, edited_at';

export async function addNote(tx: Tx, note: Omit<Note, 'edited_at'>): Promise<void> {
  await tx.query(
    'INSERT INTO notes (workspace_id, id, lead_id, text, actor, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [tx.workspaceId, note.id, note.lead_id, note.text, note.actor, note.created_at],
  );
}

/** A lead's notes, newest first, after a cursor (the id of the last one seen). */
export function listNotes(tx: Tx, leadId: string, limit: number, after?: string): Promise<Note[]> {
  return listOfLead(tx, { columns, from: 'notes' }, leadId, limit, after);
}

/** Reads one note and locks it. */
export async function lockNote(tx: Tx, id: string): Promise<Note | undefined> {
  const [note] = await tx.query<Note>(`SELECT ${columns} FROM notes WHERE workspace_id = $1 AND id = $2 FOR UPDATE`, [
    tx.workspaceId,
    id,
  ]);
  return note;
}

/** Changes the text of a note. */
export async function changeNote(tx: Tx, { id, lead_id }: Note, text: string, at: Date): Promise<void> {
  await tx.query('UPDATE notes SET text = $4, edited_at = $5 WHERE workspace_id = $1 AND lead_id = $2 AND id = $3', [
    tx.workspaceId,
    lead_id,
    id,
    text,
    at,
  ]);
}

/** Deletes a note, and its text in the timeline entry about it. */
export async function removeNote(tx: Tx, { id, lead_id }: Note): Promise<void> {
  await tx.query('DELETE FROM notes WHERE workspace_id = $1 AND lead_id = $2 AND id = $3', [
    tx.workspaceId,
    lead_id,
    id,
  ]);
  await tx.query(
    `UPDATE activities SET detail = json_build_object('id', $3::text)
     WHERE workspace_id = $1 AND lead_id = $2 AND kind = 'note_added' AND detail->>'id' = $3`,
    [tx.workspaceId, lead_id, id],
  );
}
