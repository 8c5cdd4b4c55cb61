import { touches } from '../../events/screens.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { fold } from '../../platform/fold/fold.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { NamedKind } from './new-names.ts';

/** A new name from a request, as shown to people: it waits for approval, or is already in use as an item. */
export interface NewName {
  id: string;
  kind: NamedKind | 'custom_field';
  state: 'waiting' | 'in_use';
  name: string;
  dialect: string | null;
  token_id: string | null;
  token_name: string | null;
  first_at: Date;
  /**
   * Number of leads with the name (deals, for a deal stage that waits), counted up to `MOST_LEADS`. Always 0 for custom
   * fields and for deal stages in use.
   */
  leads: number;
}

const MOST_LEADS = 1000;

/** Names that nobody has approved: those waiting first, then those in use; oldest first within each group. */
export async function listNewNames(tx: Tx): Promise<NewName[]> {
  const item = (kind: string, table: string, where: string, leads = '0') =>
    `SELECT i.id, '${kind}' AS kind, 'in_use' AS state, i.name, NULL AS dialect, NULL::uuid AS token_id, NULL AS token_name,
       i.created_at AS first_at, ${leads} AS leads FROM ${table} i WHERE i.workspace_id = $1 AND i.by_request ${where}`;
  const having = (column: string) =>
    `(SELECT count(*)::int FROM (SELECT 1 FROM leads l WHERE l.workspace_id = $1 AND l.${column} = i.id LIMIT ${MOST_LEADS}) few)`;
  return tx.query<NewName>(
    `SELECT * FROM (
       SELECT n.id, n.kind, 'waiting' AS state, n.name, n.dialect, n.token_id, t.name AS token_name, n.first_at,
         (SELECT count(*)::int FROM (
            SELECT 1 FROM waiting_leads w WHERE w.workspace_id = $1 AND w.name_id = n.id
            UNION ALL SELECT 1 FROM waiting_deals w WHERE w.workspace_id = $1 AND w.name_id = n.id
            LIMIT ${MOST_LEADS}) few) AS leads
       FROM waiting_names n LEFT JOIN tokens t ON t.workspace_id = n.workspace_id AND t.id = n.token_id
       WHERE n.workspace_id = $1 AND n.means IS NULL
       UNION ALL ${item('source', 'sources', '', having('source_id'))}
       UNION ALL ${item('status', 'statuses', '', having('status_id'))}
       UNION ALL ${item('deal_stage', 'reference_items', "AND i.kind = 'deal_stage'")}
       UNION ALL SELECT i.id, 'custom_field', 'in_use', i.name, i.made_by, NULL, NULL, i.created_at, 0
         FROM custom_fields i WHERE i.workspace_id = $1 AND i.by_request
     ) AS names ORDER BY state DESC, first_at, id LIMIT 1000`,
    [tx.workspaceId],
  );
}

/** A name that waits for approval; locked until the transaction ends. */
export async function getWaitingName(tx: Tx, id: string): Promise<{ kind: NamedKind; name: string } | undefined> {
  const [row] = await tx.query<{ kind: NamedKind; name: string }>(
    'SELECT kind, name FROM waiting_names WHERE workspace_id = $1 AND id = $2 AND means IS NULL FOR UPDATE',
    [tx.workspaceId, id],
  );
  return row;
}

/** Makes a waiting name stand for an item. */
export async function setMeaning(tx: Tx, nameId: string, itemId: string): Promise<void> {
  touches(tx, 'settings');
  await tx.query('UPDATE waiting_names SET means = $3 WHERE workspace_id = $1 AND id = $2', [
    tx.workspaceId,
    nameId,
    itemId,
  ]);
}

/** Makes the name of an item being removed stand for another item. Names that stood for the removed item follow. */
export async function addMeaning(
  tx: Tx,
  { id, kind, name }: { id: string; kind: NamedKind; name: string },
  itemId: string,
): Promise<void> {
  await tx.query('UPDATE waiting_names SET means = $3 WHERE workspace_id = $1 AND means = $2', [
    tx.workspaceId,
    id,
    itemId,
  ]);
  await tx.query(
    `INSERT INTO waiting_names (workspace_id, id, kind, name, folded_name, dialect, first_at, means)
     VALUES ($1, $2, $3, $4, $5, 'native', now(), $6)
     ON CONFLICT (workspace_id, kind, folded_name) DO UPDATE SET means = excluded.means`,
    [tx.workspaceId, uuidv7(), kind, name, fold(name), itemId],
  );
}

/** Removes waiting names: one by id, or all that a token was the first to send. Returns how many there were. */
export async function removeWaitingNames(tx: Tx, by: { id: string } | { token_id: string }): Promise<number> {
  touches(tx, 'settings');
  const column = 'id' in by ? 'id' : 'token_id';
  return tx.execute(`DELETE FROM waiting_names WHERE workspace_id = $1 AND ${column} = $2 AND means IS NULL`, [
    tx.workspaceId,
    'id' in by ? by.id : by.token_id,
  ]);
}

/** Takes some leads off the list of those waiting for a name; `instead` is the item they had in the meantime. */
export async function takeWaitingLeads(
  tx: Tx,
  nameId: string,
  limit: number,
): Promise<{ lead_id: string; instead: string | null }[]> {
  return tx.query<{ lead_id: string; instead: string | null }>(
    `DELETE FROM waiting_leads WHERE workspace_id = $1 AND name_id = $2 AND lead_id = ANY (ARRAY(
       SELECT lead_id FROM waiting_leads WHERE workspace_id = $1 AND name_id = $2 ORDER BY lead_id LIMIT $3
     )) RETURNING lead_id, instead`,
    [tx.workspaceId, nameId, limit],
  );
}

/** Takes some deals off the list of those waiting for a stage; `instead` is the stage they had in the meantime. */
export async function takeWaitingDeals(
  tx: Tx,
  nameId: string,
  limit: number,
): Promise<{ deal_id: string; instead: string }[]> {
  return tx.query<{ deal_id: string; instead: string }>(
    `DELETE FROM waiting_deals WHERE workspace_id = $1 AND name_id = $2 AND deal_id = ANY (ARRAY(
       SELECT deal_id FROM waiting_deals WHERE workspace_id = $1 AND name_id = $2 ORDER BY deal_id LIMIT $3
     )) RETURNING deal_id, instead`,
    [tx.workspaceId, nameId, limit],
  );
}

/** Some leads with a source, oldest first. */
export async function leadsOfSource(tx: Tx, sourceId: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT id FROM leads WHERE workspace_id = $1 AND source_id = $2 ORDER BY id LIMIT $3',
    [tx.workspaceId, sourceId, limit],
  );
  return rows.map(({ id }) => id);
}

/** Names from a lead's request that wait for approval. */
export async function waitingNamesOf(tx: Tx, leadId: string): Promise<{ kind: NamedKind; name: string }[]> {
  return tx.query<{ kind: NamedKind; name: string }>(
    `SELECT n.kind, n.name FROM waiting_leads w JOIN waiting_names n ON n.workspace_id = w.workspace_id AND n.id = w.name_id
     WHERE w.workspace_id = $1 AND w.lead_id = $2 AND n.means IS NULL ORDER BY n.kind`,
    [tx.workspaceId, leadId],
  );
}
