import { pgArray } from '../platform/database/pg-array.ts';
import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Lead } from './lead.ts';
import { isNumber, keptColumns, leadColumns, leadRow, setLeadColumns } from './lead-row.ts';

/**
 * SQL for the leads with the `ids` (SQL; those in $2 by default), in that order. OFFSET 0 enforces a separate look-up of
 * each lead: with one condition on all ids, PostgreSQL before 17 reads every lead of the workspace if it planned the
 * query while the table was empty.
 */
export function leadsById(columns: string, locking = '', ids = '$2::uuid[]'): string {
  return `SELECT lead.* FROM unnest(${ids}) AS wanted (id) CROSS JOIN LATERAL (
    SELECT ${columns} FROM leads WHERE workspace_id = $1 AND id = wanted.id OFFSET 0 ${locking}) AS lead`;
}

/** One lead by id; `lock` prevents changes by others until the transaction ends. */
export async function getLead(tx: Tx, id: string, lock = false): Promise<Lead | undefined> {
  const [lead] = await tx.query<Lead>(
    `SELECT ${leadColumns} FROM leads WHERE workspace_id = $1 AND id = $2${lock ? ' FOR UPDATE' : ''}`,
    [tx.workspaceId, id],
    { name: lock ? 'get_lead_locked' : 'get_lead' },
  );
  return lead;
}

/** Whether a lead exists and is visible to the transaction. */
export async function hasLead(tx: Tx, id: string): Promise<boolean> {
  const rows = await tx.query('SELECT id FROM leads WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id], {
    name: 'has_lead',
  });
  return rows.length > 0;
}

/** SQL for the ids of all leads that have a phone as a key. Reads an index row by row, however many leads there are. */
function idsByPhone(workspace: string, phone: string): string {
  return `SELECT k.lead_id FROM lead_keys k WHERE k.workspace_id = ${workspace} AND k.kind = 'phone' AND k.value = ${phone}
    UNION ALL SELECT t.lead_id FROM lead_twins t
    WHERE t.workspace_id = ${workspace} AND t.kind = 'phone' AND t.value = ${phone}`;
}

/** SQL for the time since which a phone must not be called, whichever lead has it; null if it may be called. */
export function notToCallInSql(workspace: string, phone: string): string {
  return `(SELECT min(d.do_not_call_since) FROM (${idsByPhone(workspace, phone)}) AS same
    CROSS JOIN LATERAL (SELECT l.do_not_call_since FROM leads l
      WHERE l.workspace_id = ${workspace} AND l.id = same.lead_id AND l.phone = ${phone} LIMIT 1) AS d)`;
}

/** The other leads with the same phone, locked. */
export async function leadsWithPhoneOf(tx: Tx, { id, phone }: Lead): Promise<Lead[]> {
  if (phone === null || !isNumber(phone)) return [];
  return tx.query<Lead>(
    `SELECT lead.* FROM (
       SELECT DISTINCT lead_id AS id FROM (${idsByPhone('$1', '$2')}) AS same ORDER BY id
     ) AS wanted CROSS JOIN LATERAL (SELECT ${leadColumns} FROM leads
       WHERE workspace_id = $1 AND id = wanted.id AND phone = $2 AND id <> $3 OFFSET 0 FOR UPDATE) AS lead`,
    [tx.workspaceId, phone, id],
    { name: 'leads_with_phone' },
  );
}

/** The time since which each phone must not be called, whichever lead has it; phones that may be called are omitted. */
export async function findNotToCall(tx: Tx, phones: readonly string[]): Promise<{ phone: string; since: Date }[]> {
  const numbers = phones.filter(isNumber);
  if (numbers.length === 0) return [];
  return tx.query(
    `SELECT * FROM (SELECT phone, ${notToCallInSql('$1', 'wanted.phone')} AS since
       FROM (SELECT DISTINCT unnest($2::text[]) AS phone) AS wanted) AS known WHERE since IS NOT NULL`,
    [tx.workspaceId, pgArray(numbers)],
    { name: 'find_not_to_call' },
  );
}

/** Writes a lead that was read and changed in this transaction. Only to be used by `saveLeadChange`. */
export async function saveLead(tx: Tx, lead: Lead): Promise<void> {
  await tx.query(
    `UPDATE leads SET ${setLeadColumns('new')} FROM json_populate_recordset(NULL::leads, $1) AS new
     WHERE leads.workspace_id = $2 AND leads.id = $3`,
    [pgJson([leadRow(tx.workspaceId ?? '', lead)]), tx.workspaceId, lead.id],
    { name: 'save_lead' },
  );
}

/** Corrects the time of a lead's first reply, which the database otherwise records by itself. */
export async function setFirstReply(tx: Tx, id: string, at: Date | string | null): Promise<void> {
  await tx.query('UPDATE leads SET first_reply_at = $3 WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id, at]);
}

/** Current values of the columns that the database maintains. */
export async function readKept(tx: Tx, id: string): Promise<Partial<Lead>> {
  const [kept] = await tx.query<Partial<Lead>>(
    `SELECT ${keptColumns.join(', ')} FROM leads WHERE workspace_id = $1 AND id = $2`,
    [tx.workspaceId, id],
    { name: 'read_kept' },
  );
  return kept ?? {};
}

/** Deletes a lead with all its related rows. Release its keys first. */
export async function removeLead(tx: Tx, id: string): Promise<void> {
  await tx.query('DELETE FROM leads WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id]);
}

export async function leadIdByNumber(tx: Tx, number: number): Promise<string | undefined> {
  const [row] = await tx.query<{ id: string }>('SELECT id FROM leads WHERE workspace_id = $1 AND number = $2', [
    tx.workspaceId,
    number,
  ]);
  return row?.id;
}

/** A lead that came with a key. */
export interface KeyHolder extends Pick<Lead, 'id' | 'name' | 'dialect_fields'> {
  value: string;
}

/** Most possible duplicates examined for one key. */
const MOST_HOLDERS = 20;

/** The leads that came with one of these keys and that the caller may see; those that own a key come first. */
export async function leadsByKeys(tx: Tx, kind: 'phone' | 'email', values: readonly string[]): Promise<KeyHolder[]> {
  return tx.query<KeyHolder>(
    `SELECT l.id, l.name, l.dialect_fields, wanted.value FROM unnest($3::text[]) AS wanted (value)
     CROSS JOIN LATERAL (
       SELECT lead_id, 1 AS place FROM lead_keys k
       WHERE k.workspace_id = $1 AND k.kind = $2 AND k.value = wanted.value
       UNION ALL
       (SELECT lead_id, 2 FROM lead_twins t
        WHERE t.workspace_id = $1 AND t.kind = $2 AND t.value = wanted.value AND NOT t.is_second
        ORDER BY lead_id LIMIT ${MOST_HOLDERS})
     ) AS holder
     JOIN leads l ON l.workspace_id = $1 AND l.id = holder.lead_id
     ORDER BY holder.place, l.id`,
    [tx.workspaceId, kind, values],
    { name: 'leads_by_keys' },
  );
}

/**
 * Total leads of the workspace: the counter plus the queued changes. The cost does not depend on the number of leads.
 */
export async function countLeads(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ total: number }>(
    `SELECT (coalesce((SELECT leads FROM lead_counts WHERE workspace_id = $1), 0)
       + coalesce((SELECT sum(delta) FROM index_queue WHERE workspace_id = $1), 0))::bigint AS total`,
    [tx.workspaceId],
    { name: 'count_leads' },
  );
  return row?.total ?? 0;
}

/** Subject of the notification that the index queue has grown. */
export const INDEX_QUEUE = 'index_queue';

/** Makes the indexer check its queue right after the commit. */
export function wakeIndexer(tx: Tx): void {
  tx.note(INDEX_QUEUE);
}

/** Queues created, changed or deleted leads for the indexer, in the transaction that changed them. */
export async function queueForIndex(tx: Tx, leadIds: readonly string[], delta: number): Promise<void> {
  wakeIndexer(tx);
  await tx.query(
    'INSERT INTO index_queue (workspace_id, lead_ids, delta) VALUES ($1, $2, $3)',
    [tx.workspaceId, leadIds, delta],
    { name: 'queue_for_index' },
  );
}
