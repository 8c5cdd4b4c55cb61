import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Lead } from './lead.ts';
import { keptColumns, leadColumns } from './lead-columns.ts';
import { leadRow, setLeadColumns } from './lead-row.ts';

/** One lead by id; `lock` keeps others from changing it until the transaction ends. */
export async function getLead(tx: Tx, id: string, lock = false): Promise<Lead | undefined> {
  const [lead] = await tx.query<Lead>(
    `SELECT ${leadColumns} FROM leads WHERE workspace_id = $1 AND id = $2${lock ? ' FOR UPDATE' : ''}`,
    [tx.workspaceId, id],
    { name: lock ? 'get_lead_locked' : 'get_lead' },
  );
  return lead;
}

/** Writes the row of a lead that was read and changed in this transaction; for `saveLeadChange` alone. */
export async function saveLead(tx: Tx, lead: Lead): Promise<void> {
  await tx.query(
    `UPDATE leads SET ${setLeadColumns} FROM json_populate_recordset(NULL::leads, $1) AS new
     WHERE leads.workspace_id = new.workspace_id AND leads.id = new.id`,
    [pgJson([leadRow(tx.workspaceId ?? '', lead)])],
    { name: 'save_lead' },
  );
}

/** What the database keeps of a lead by itself, as it is now. */
export async function readKept(tx: Tx, id: string): Promise<Partial<Lead>> {
  const [kept] = await tx.query<Partial<Lead>>(
    `SELECT ${keptColumns.join(', ')} FROM leads WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id],
    { name: 'read_kept' },
  );
  return kept ?? {};
}

/** Removes a lead with all that hangs on it. Its keys are to be released before. */
export async function removeLead(tx: Tx, id: string): Promise<void> {
  await tx.query('DELETE FROM leads WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id]);
}

/** The id behind a lead's number. */
export async function leadIdByNumber(tx: Tx, number: number): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>('SELECT id FROM leads WHERE workspace_id = $1 AND number = $2', [
    tx.workspaceId,
    number,
  ]);
  return row?.id;
}

/** The lead that owns a key (a normalised phone, a folded e-mail ...). */
export async function leadIdByKey(tx: Tx, kind: string, value: string): Promise<string | undefined> {
  const [row] = await tx.query<{ lead_id: string }>(
    'SELECT lead_id FROM lead_keys WHERE workspace_id = $1 AND kind = $2 AND value = $3',
    [tx.workspaceId, kind, value],
    { name: 'lead_id_by_key' },
  );
  return row?.lead_id;
}

/**
 * The newest lead whose phone ends with these digits, or whose digits these end with: finds a number that one side
 * wrote with its country code and the other without. Needs eight digits, so that no two people are confused lightly.
 */
export async function leadIdByPhoneEnd(tx: Tx, digits: string): Promise<string | undefined> {
  const plain = digits.replace(/^0+/, '');
  if (plain.length < 8) return undefined;
  const [row] = await tx.query<{ id: string }>(
    `SELECT id FROM leads WHERE workspace_id = $1 AND phone_tail = right($2, 8)
       AND (right(ltrim(phone, '+0'), length($2)) = $2 OR right($2, length(ltrim(phone, '+0'))) = ltrim(phone, '+0'))
     ORDER BY id DESC LIMIT 1`,
    [tx.workspaceId, plain],
    { name: 'lead_id_by_phone_end' },
  );
  return row?.id;
}

/** How many leads the workspace has: the counter, and what it has not seen yet. Costs the same however many there are. */
export async function countLeads(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ total: number }>(
    `SELECT (coalesce((SELECT leads FROM lead_counts WHERE workspace_id = $1), 0)
       + coalesce((SELECT sum(delta) FROM index_queue WHERE workspace_id = $1), 0))::bigint AS total`,
    [tx.workspaceId],
    { name: 'count_leads' },
  );
  return row?.total ?? 0;
}

/** Subject of the note that the index queue has grown. */
export const INDEX_QUEUE = 'index_queue';

/** Has the indexer look at its queue as soon as the transaction is committed. */
export function wakeIndexer(tx: Tx): void {
  tx.note(INDEX_QUEUE);
}

/** Tells the indexer of leads that came, changed or went, in the transaction that did it. */
export async function queueForIndex(tx: Tx, leadIds: readonly string[], delta: number): Promise<void> {
  wakeIndexer(tx);
  await tx.query(
    'INSERT INTO index_queue (workspace_id, lead_ids, delta) VALUES ($1, $2, $3)',
    [tx.workspaceId, leadIds, delta],
    { name: 'queue_for_index' },
  );
}
