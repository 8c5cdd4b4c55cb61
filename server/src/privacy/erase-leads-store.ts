import { leadFieldNames } from '../leads/fields.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { deletedWithLead } from './searched-tables.ts';

/** Number of rows that are deleted along with a lead, by table. */
export async function countOfLead(tx: Tx, leadId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = { leads: 1 };
  for (const table of deletedWithLead) {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} WHERE workspace_id = $1 AND lead_id = $2`,
      [tx.workspaceId, leadId],
    );
    if (row && row.count > 0) counts[table] = row.count;
  }
  return counts;
}

/** Removes a lead and its deals from search at once, instead of leaving this to the indexer. */
export async function removeFromSearch(tx: Tx, leadId: string): Promise<void> {
  await tx.query('DELETE FROM lead_search WHERE workspace_id = $1 AND lead_id = $2', [tx.workspaceId, leadId]);
  // The rows stay until the indexer has taken their deals out of the sums.
  await tx.query("UPDATE deal_index SET text = '' WHERE workspace_id = $1 AND lead_id = $2", [tx.workspaceId, leadId]);
}

const keptFigures = new Set(['target_amount', 'annual_revenue', 'probability', 'priority']);
const personal = [...leadFieldNames.filter((name) => !keptFigures.has(name)), 'phone_sent'];

/** Makes a lead anonymous: only its status, dates, figures and notes stay. */
export async function makeAnonymous(tx: Tx, leadId: string, now: Date): Promise<void> {
  for (const table of ['touches', 'activities', 'calls', 'tasks', 'deals'] as const)
    await tx.query(`DELETE FROM ${table} WHERE workspace_id = $1 AND lead_id = $2`, [tx.workspaceId, leadId]);
  await tx.query(
    `UPDATE leads SET ${personal.map((name) => `${name} = NULL`).join(', ')}, contact_id = NULL, custom = '{}',
       dialect_fields = '{}', version = version + 1, updated_at = $3 WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, leadId, now],
  );
}

/** The notes of a lead that are to be kept. */
export async function notesOf(tx: Tx, leadId: string): Promise<{ id: string; text: string }[]> {
  return tx.query('SELECT id, text FROM notes WHERE workspace_id = $1 AND lead_id = $2', [tx.workspaceId, leadId]);
}

export async function saveNoteText(tx: Tx, leadId: string, { id, text }: { id: string; text: string }): Promise<void> {
  await tx.query('UPDATE notes SET text = $4 WHERE workspace_id = $1 AND lead_id = $2 AND id = $3', [
    tx.workspaceId,
    leadId,
    id,
    text,
  ]);
}
