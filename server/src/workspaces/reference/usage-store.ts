import type { Tx } from '../../platform/database/transaction.ts';
import type { ReferenceTable } from './reference-item-store.ts';

/** Counting stops here; the result then means 'at least this many'. */
export const MOST_COUNTED = 10_000;

/** Indexed columns of leads that refer to each table. */
const columns: { readonly [T in ReferenceTable['name']]?: string } = {
  statuses: 'status_id',
  lead_types: 'type_id',
  sources: 'source_id',
  departments: 'department_id',
};

/** Number of leads for each item, up to a limit; undefined if no index supports the count. */
export async function countLeadsByItem(
  tx: Tx,
  { name, kind }: Pick<ReferenceTable, 'name' | 'kind'>,
): Promise<{ id: string; leads: number }[] | undefined> {
  if (kind === 'tag') return countLeadsByTag(tx);
  const column = columns[name];
  if (!column) return undefined;
  return tx.query<{ id: string; leads: number }>(
    `SELECT item.id, used.leads::int FROM ${name} AS item, LATERAL (
       SELECT count(*) AS leads FROM (
         SELECT 1 FROM leads WHERE workspace_id = $1 AND ${column} = item.id LIMIT $2
       ) AS few
     ) AS used WHERE item.workspace_id = $1 ORDER BY item.id`,
    [tx.workspaceId, MOST_COUNTED],
  );
}

async function countLeadsByTag(tx: Tx): Promise<{ id: string; leads: number }[]> {
  return tx.query<{ id: string; leads: number }>(
    `SELECT item.id, used.leads::int FROM reference_items AS item, LATERAL (
       SELECT count(*) AS leads FROM (
         SELECT 1 FROM lead_tags WHERE workspace_id = $1 AND tag_id = item.id LIMIT $2
       ) AS few
     ) AS used WHERE item.workspace_id = $1 AND item.kind = 'tag' ORDER BY item.id`,
    [tx.workspaceId, MOST_COUNTED],
  );
}

/** Number of leads with this tag, up to a limit. */
export async function countLeadsOfTag(tx: Tx, tagId: string): Promise<number> {
  const [row] = await tx.query<{ leads: number }>(
    `SELECT count(*)::int AS leads FROM (
       SELECT 1 FROM lead_tags WHERE workspace_id = $1 AND tag_id = $2 LIMIT $3
     ) AS few`,
    [tx.workspaceId, tagId, MOST_COUNTED],
  );
  return row?.leads ?? 0;
}

/** Some leads with a tag, oldest first. */
export async function leadsOfTag(tx: Tx, tagId: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ lead_id: string }>(
    'SELECT lead_id FROM lead_tags WHERE workspace_id = $1 AND tag_id = $2 ORDER BY lead_id LIMIT $3',
    [tx.workspaceId, tagId, limit],
  );
  return rows.map(({ lead_id }) => lead_id);
}

/** Some leads with a status, oldest first. */
export async function leadsOfStatus(tx: Tx, statusId: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM leads WHERE workspace_id = $1 AND status_id = $2 ORDER BY id LIMIT $3',
    [tx.workspaceId, statusId, limit],
  );
  return rows.map(({ id }) => id);
}

/** Some leads with this status that still have a lost reason, although the status does not mean lost. */
export async function leadsWithStaleReason(tx: Tx, statusId: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT l.id FROM leads l JOIN statuses s ON s.workspace_id = l.workspace_id AND s.id = l.status_id
     WHERE l.workspace_id = $1 AND l.status_id = $2 AND l.lost_reason_id IS NOT NULL AND s.state <> 'lost'
     ORDER BY l.id LIMIT $3`,
    [tx.workspaceId, statusId, limit],
  );
  return rows.map(({ id }) => id);
}

/** Replaces one status with another in the settings that refer to it: defaults of lead types, and call outcomes. */
export async function replaceStatus(tx: Tx, from: string, to: string): Promise<void> {
  const params = [tx.workspaceId, from, to];
  await tx.query(
    'UPDATE lead_types SET default_status_id = $3 WHERE workspace_id = $1 AND default_status_id = $2',
    params,
  );
  await tx.query('UPDATE call_outcomes SET status_id = $3 WHERE workspace_id = $1 AND status_id = $2', params);
}
