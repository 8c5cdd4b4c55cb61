import type { Tx } from '../platform/database/transaction.ts';

/** A sample lead. `isTold`: its deletion is announced, because other systems may know the lead. */
export interface DemoLead {
  id: string;
  isTold: boolean;
}

/**
 * The next sample leads to delete. A deletion is announced if the lead has been edited since, or if a real request led
 * to it.
 */
export async function nextDemoLeads(tx: Tx, most: number): Promise<DemoLead[]> {
  return tx.query<DemoLead>(
    `SELECT d.lead_id AS id, l.version <> d.version OR EXISTS (SELECT 1 FROM submissions s
         WHERE s.workspace_id = $1 AND s.lead_id = d.lead_id AND NOT EXISTS (SELECT 1 FROM demo_items t
           WHERE t.workspace_id = $1 AND t.kind = 'token' AND t.id = s.token_id)) AS "isTold"
     FROM demo_leads d JOIN leads l ON l.workspace_id = d.workspace_id AND l.id = d.lead_id
     WHERE d.workspace_id = $1 ORDER BY d.lead_id LIMIT $2`,
    [tx.workspaceId, most],
  );
}

/** Deletes the journal entries and events of these leads; must run before the leads are deleted. */
export async function forgetRequests(tx: Tx, leadIds: readonly string[], eventsOf: readonly string[]): Promise<void> {
  await tx.query('SELECT forget_demo_requests($1, $2)', [leadIds, eventsOf]);
}

/**
 * Deletes leads and everything that belongs to them. A phone or email address that other leads share is then assigned
 * to one of those.
 */
export async function deleteLeads(tx: Tx, ids: readonly string[]): Promise<void> {
  const heirs = await tx.query<{ kind: string; value: string; lead_id: string }>(
    `SELECT k.kind, k.value, min(t.lead_id::text)::uuid AS lead_id FROM lead_keys k
     JOIN lead_twins t ON t.workspace_id = k.workspace_id AND t.kind = k.kind AND t.value = k.value
     WHERE k.workspace_id = $1 AND k.lead_id = ANY ($2) AND t.lead_id <> ALL ($2) AND NOT t.is_second GROUP BY 1, 2`,
    [tx.workspaceId, ids],
  );
  await tx.query('DELETE FROM leads WHERE workspace_id = $1 AND id = ANY ($2)', [tx.workspaceId, ids]);
  if (heirs.length === 0) return;
  await tx.query(
    `WITH heirs AS (SELECT * FROM unnest($2::text[], $3::text[], $4::uuid[]) AS h (kind, value, lead_id)), gone AS (
       DELETE FROM lead_twins t USING heirs h
       WHERE t.workspace_id = $1 AND t.kind = h.kind AND t.value = h.value AND t.lead_id = h.lead_id
     )
     INSERT INTO lead_keys (workspace_id, kind, value, lead_id) SELECT $1, kind, value, lead_id FROM heirs
     ON CONFLICT DO NOTHING`,
    [tx.workspaceId, heirs.map(({ kind }) => kind), heirs.map(({ value }) => value), heirs.map((one) => one.lead_id)],
  );
}

/**
 * Deletes the other sample records unless something else uses them: refused requests, tokens, sources, members,
 * departments and tags. Those in use become ordinary records.
 */
export async function removeItems(tx: Tx): Promise<void> {
  await tx.query('SELECT forget_demo_items()');
  const made = (kind: string) => `(SELECT id FROM demo_items WHERE workspace_id = $1 AND kind = '${kind}')`;
  const unused = (table: string, column: string, id: string) =>
    `NOT EXISTS (SELECT 1 FROM ${table} x WHERE x.workspace_id = $1 AND x.${column} = ${id})`;
  await tx.query(
    `DELETE FROM sources s WHERE s.workspace_id = $1 AND s.id IN ${made('source')} AND ${unused('leads', 'source_id', 's.id')}`,
    [tx.workspaceId],
  );
  await tx.query(
    `DELETE FROM members m WHERE m.workspace_id = $1 AND m.id IN ${made('member')} AND ${unused('leads', 'owner_id', 'm.id')}
       AND ${unused('tasks', 'assignee_id', 'm.id')} AND ${unused('deals', 'owner_id', 'm.id')}
       AND m.user_id IS NULL`,
    [tx.workspaceId],
  );
  await tx.query(
    `DELETE FROM departments d WHERE d.workspace_id = $1 AND d.id IN ${made('department')}
       AND ${unused('leads', 'department_id', 'd.id')} AND ${unused('source_number_rules', 'department_id', 'd.id')}
       AND NOT EXISTS (SELECT 1 FROM department_members dm JOIN members m ON m.workspace_id = dm.workspace_id AND m.id = dm.member_id
         WHERE dm.workspace_id = $1 AND dm.department_id = d.id AND m.id NOT IN ${made('member')})`,
    [tx.workspaceId],
  );
  await tx.query(
    `DELETE FROM reference_items r WHERE r.workspace_id = $1 AND r.kind = 'tag' AND r.id IN ${made('tag')}
       AND ${unused('lead_tags', 'tag_id', 'r.id')}
       AND NOT EXISTS (SELECT 1 FROM tokens t WHERE t.workspace_id = $1 AND r.id = ANY (t.tag_ids))`,
    [tx.workspaceId],
  );
  await tx.query('DELETE FROM demo_items WHERE workspace_id = $1', [tx.workspaceId]);
}
