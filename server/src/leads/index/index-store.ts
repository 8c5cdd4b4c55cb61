import type { Tx } from '../../platform/database/transaction.ts';

/** Workspaces with leads waiting to be indexed; runs outside any workspace. */
export async function workspacesToIndex(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('SELECT workspaces_to_index() AS id');
  return rows.map((row) => row.id);
}

/** Most queue entries examined at once. */
const MOST_ENTRIES = 64;

/**
 * Takes the oldest queue entries, up to about `most` leads, builds the search texts of these leads and updates the
 * counter in one statement, so that the queue always holds exactly what the index and the counter lack. Returns the ids
 * of the leads; undefined if the queue was empty.
 */
export async function indexWaiting(tx: Tx, most: number): Promise<string[] | undefined> {
  // Leads are looked up one by one (LATERAL with LIMIT), which keeps the planner from reading all of them.
  const [row] = await tx.query<{ taken: number; ids: string[] }>(
    `WITH taken AS (
       DELETE FROM index_queue WHERE workspace_id = $1 AND id = ANY (ARRAY(
         SELECT id FROM (
           SELECT id, sum(cardinality(lead_ids)) OVER (ORDER BY id) - cardinality(lead_ids) AS before FROM (
             SELECT id, lead_ids FROM index_queue WHERE workspace_id = $1 ORDER BY id LIMIT ${MOST_ENTRIES} FOR UPDATE SKIP LOCKED
           ) AS first
         ) AS counted WHERE before < $2
       )) RETURNING lead_ids, delta
     ), touched AS MATERIALIZED (
       SELECT DISTINCT unnest(lead_ids) AS id FROM taken
     ), present AS (
       INSERT INTO lead_search (workspace_id, lead_id, text)
       SELECT $1, one.id, one.text FROM touched CROSS JOIN LATERAL (
         SELECT l.id, lead_text(l) AS text FROM leads l WHERE l.workspace_id = $1 AND l.id = touched.id LIMIT 1
       ) AS one ORDER BY one.id
       ON CONFLICT (workspace_id, lead_id) DO UPDATE SET text = excluded.text WHERE lead_search.text <> excluded.text
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
     SELECT (SELECT count(*) FROM taken) AS taken, ARRAY(SELECT id FROM touched) AS ids`,
    [tx.workspaceId, most],
    { name: 'index_waiting' },
  );
  return row && row.taken > 0 ? row.ids : undefined;
}
