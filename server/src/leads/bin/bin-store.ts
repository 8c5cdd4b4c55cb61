import { pgJson } from '../../platform/database/pg-json.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/ids.ts';
import { Conditions } from '../../workspaces/access/conditions.ts';
import type { Visibility } from '../../workspaces/access/visibility.ts';
import { leadNameInSql } from '../lead-name.ts';
import { setFirstReply } from '../lead-store.ts';
import { leadTables } from '../lead-tables.ts';

/** Leads stay in the bin for this many days, unless the workspace keeps deleted leads for a shorter time. */
export const BIN_DAYS = 30;

/** A deleted lead in the bin. */
export interface BinnedLead {
  id: string;
  lead_id: string;
  number: number;
  name: string;
  company_name: string | null;
  deleted_at: Date;
  actor: string;
  job_id: string | null;
}

type Row = Record<string, unknown>;

/** Tables whose rows about a deleted lead are stored in the bin. */
const keptTables = ['leads', ...leadTables] as const;
type KeptTable = (typeof keptTables)[number];

/** The rows of a deleted lead, by table. */
export type Contents = { readonly [T in KeptTable]: readonly Row[] | null };

const columns = 'b.id, b.lead_id, b.number, b.name, b.company_name, b.deleted_at, b.actor, b.job_id';

function rowsOf(table: KeptTable): string {
  const also = table === 'lead_distinctions' ? ' OR t.other_id = l.id' : '';
  const of = table === 'leads' ? 't.id = l.id' : `(t.lead_id = l.id${also})`;
  return `'${table}', (SELECT json_agg(row_to_json(t)) FROM ${table} t WHERE t.workspace_id = l.workspace_id AND ${of})`;
}

/**
 * Copies a lead that is about to be deleted into the bin. Does nothing if the workspace keeps
 * deleted leads for zero days.
 */
export async function putInBin(
  tx: Tx,
  leadId: string,
  { actor, jobId = null, now }: { actor: string; jobId?: string | null | undefined; now: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO deleted_leads (workspace_id, id, lead_id, number, name, company_name, owner_id, department_id, deleted_at,
       actor, job_id, contents)
     SELECT l.workspace_id, $3, l.id, l.number, ${leadNameInSql}, l.company_name, l.owner_id, l.department_id, $4, $5, $6,
       json_build_object(${keptTables.map(rowsOf).join(', ')})
     FROM leads l WHERE l.workspace_id = $1 AND l.id = $2
       AND (SELECT deleted_days FROM retention r WHERE r.workspace_id = $1) IS DISTINCT FROM 0`,
    [tx.workspaceId, leadId, uuidv7(now.getTime()), now, actor, jobId],
    { name: 'put_in_bin' },
  );
}

/** Filters of the bin. */
export interface BinFilter {
  after?: string | undefined;
  jobId?: string | undefined;
  visibility?: Visibility | undefined;
}

function binned(tx: Tx, { after, jobId, visibility }: BinFilter): Conditions {
  const where = new Conditions(tx.workspaceId, 'b');
  if (after) where.add(`b.id < ${where.param(after)}`);
  if (jobId) where.add(`b.job_id = ${where.param(jobId)}`);
  return where.visible(visibility, 'b');
}

/** Deleted leads that the caller was allowed to see, newest first. */
export async function listBin(tx: Tx, limit: number, filter: BinFilter): Promise<BinnedLead[]> {
  const where = binned(tx, filter);
  return tx.query<BinnedLead>(
    `SELECT ${columns} FROM deleted_leads b WHERE ${where.sql()} ORDER BY b.id DESC LIMIT ${where.param(limit)}`,
    where.params,
  );
}

/** Number of leads in the bin that match the filter, for example those that a job deleted. */
export async function countBinned(tx: Tx, filter: BinFilter): Promise<number> {
  const where = binned(tx, filter);
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM deleted_leads b WHERE ${where.sql()}`,
    where.params,
  );
  return row?.count ?? 0;
}

/**
 * Removes a lead from the bin and returns its rows; undefined if the caller was not allowed to see it, or
 * if it is no longer there.
 */
export async function takeFromBin(
  tx: Tx,
  leadId: string,
  visibility: Visibility | undefined,
): Promise<Contents | undefined> {
  const where = binned(tx, { visibility });
  where.add(`b.lead_id = ${where.param(leadId)}`);
  const [row] = await tx.query<{ contents: Contents }>(
    `DELETE FROM deleted_leads b WHERE ${where.sql()} RETURNING b.contents`,
    where.params,
  );
  return row?.contents;
}

/** Which of these ids still exist. Rows that refer to any other cannot be restored. */
export async function stillThere(
  tx: Tx,
  ids: readonly string[],
  table: 'waiting_names' | 'leads',
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(`SELECT id FROM ${table} WHERE workspace_id = $1 AND id = ANY ($2)`, [
    tx.workspaceId,
    ids,
  ]);
  return new Set(rows.map(({ id }) => id));
}

/** Inserts rows from the bin back into one table. */
export async function insertRows(tx: Tx, table: KeptTable, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1) ON CONFLICT DO NOTHING`,
    [pgJson(rows)],
  );
}

/** Undoes what triggers did when the rows were put back, because they treat restored rows as new ones. */
export async function settleRestored(tx: Tx, leadId: string, attempts: readonly Row[], lead: Row): Promise<void> {
  const params = [tx.workspaceId, leadId];
  await tx.query('DELETE FROM call_attempts WHERE workspace_id = $1 AND lead_id = $2', params);
  await insertRows(tx, 'call_attempts', attempts);
  // A call that somebody had claimed when the lead was deleted is no longer claimed.
  await tx.query(
    `UPDATE calls SET state = CASE WHEN only_listed THEN 'cancelled' ELSE 'pending' END, claim_id = NULL, claimed_by = NULL, claim_expires_at = NULL, member_id = NULL,
       started_at = NULL WHERE workspace_id = $1 AND lead_id = $2 AND state = 'claimed'`,
    params,
  );
  await setFirstReply(tx, leadId, lead['first_reply_at'] as string | null);
}

/** Deletes leads that were put into the bin before the given time. Returns how many. */
export async function emptyBin(tx: Tx, before: Date, limit: number): Promise<number> {
  return tx.execute(
    `DELETE FROM deleted_leads WHERE workspace_id = $1 AND id = ANY (ARRAY(
       SELECT id FROM deleted_leads WHERE workspace_id = $1 AND deleted_at < $2 ORDER BY deleted_at LIMIT $3))`,
    [tx.workspaceId, before, limit],
  );
}

/** Removes sample leads from the bin. */
export async function emptyBinOfSamples(tx: Tx): Promise<void> {
  await tx.query(
    `DELETE FROM deleted_leads WHERE workspace_id = $1 AND json_typeof(contents -> 'demo_leads') = 'array'`,
    [tx.workspaceId],
  );
}
