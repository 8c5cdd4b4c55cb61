import type { Tx } from '../../platform/database/transaction.ts';

/** Workspaces with leads waiting to be indexed; runs outside any workspace. */
export async function workspacesToIndex(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('SELECT workspaces_to_index() AS id');
  return rows.map((row) => row.id);
}

/**
 * Takes up to `most` queue entries, builds the search texts of their leads and updates the counter in one statement, so
 * that the queue holds exactly what index and counter are missing. Returns the number of entries taken.
 */
export async function indexWaiting(tx: Tx, most: number): Promise<number> {
  // One indexer at a time per workspace, so that an older version of a lead never overwrites a newer one.
  await tx.query("SELECT pg_advisory_xact_lock(hashtextextended('index', hashtextextended($1, 0)))", [tx.workspaceId]);
  // Leads are looked up one by one (LATERAL with LIMIT), which keeps the planner from reading all of them.
  const [row] = await tx.query<{ taken: number }>(
    `WITH taken AS (
       DELETE FROM index_queue WHERE workspace_id = $1 AND id IN (
         SELECT id FROM index_queue WHERE workspace_id = $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
       ) RETURNING lead_ids, delta
     ), touched AS (
       SELECT DISTINCT unnest(lead_ids) AS id FROM taken
     ), present AS (
       INSERT INTO lead_search (workspace_id, lead_id, text)
       SELECT $1, one.id, one.text FROM touched CROSS JOIN LATERAL (
         SELECT l.id, lead_text(l) AS text FROM leads l WHERE l.workspace_id = $1 AND l.id = touched.id LIMIT 1
       ) AS one ORDER BY one.id
       ON CONFLICT (workspace_id, lead_id) DO UPDATE SET text = excluded.text RETURNING lead_id
     ), gone AS (
       DELETE FROM lead_search WHERE workspace_id = $1 AND lead_id = ANY (ARRAY(
         SELECT touched.id FROM touched LEFT JOIN LATERAL (
           SELECT l.id FROM leads l WHERE l.workspace_id = $1 AND l.id = touched.id LIMIT 1
         ) AS one ON true WHERE one.id IS NULL
       ))
     ), counted AS (
       INSERT INTO lead_counts (workspace_id, leads)
       SELECT $1::uuid, sum(delta) FROM taken HAVING sum(delta) <> 0
       ON CONFLICT (workspace_id) DO UPDATE SET leads = lead_counts.leads + excluded.leads
     )
     SELECT count(*) AS taken FROM taken`,
    [tx.workspaceId, most],
    { name: 'index_waiting' },
  );
  return row?.taken ?? 0;
}
