import type { Tx } from '../../platform/database/transaction.ts';

/** Requests that were to create a lead; what could not be read counts as such. */
export const isToCreate = "(command IS NULL OR command = 'createLead')";

/** Workspaces with requests that have not been counted, or have changed since; runs outside any workspace. */
export async function workspacesToCount(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('SELECT workspaces_to_count() AS id');
  return rows.map(({ id }) => id);
}

/** The last request in the counts; undefined if there are none for days of this time zone. */
export async function countedTo(tx: Tx, timeZone: string): Promise<string | undefined> {
  const [base] = await tx.query<{ counted_to: string }>(
    'SELECT counted_to FROM intake_count_bases WHERE workspace_id = $1 AND time_zone = $2',
    [tx.workspaceId, timeZone],
  );
  return base?.counted_to;
}

/** Returns how far requests have been counted and in which time zone; if the zone has changed, counting starts over. */
export async function openBase(tx: Tx): Promise<{ counted_to: string; time_zone: string } | undefined> {
  await tx.query(
    `WITH begun AS (
       INSERT INTO intake_count_bases AS b (workspace_id, time_zone) SELECT id, time_zone FROM workspaces WHERE id = $1
       ON CONFLICT (workspace_id) DO UPDATE SET time_zone = excluded.time_zone, counted_to = excluded.counted_to
       WHERE b.time_zone <> excluded.time_zone RETURNING workspace_id
     )
     DELETE FROM intake_counts WHERE workspace_id = (SELECT workspace_id FROM begun)`,
    [tx.workspaceId],
  );
  const [base] = await tx.query<{ counted_to: string; time_zone: string }>(
    'SELECT counted_to, time_zone FROM intake_count_bases WHERE workspace_id = $1',
    [tx.workspaceId],
  );
  return base;
}

const byDay = (from: string, requests: string, timeZone: string) =>
  `SELECT $1::uuid AS workspace_id, (received_at AT TIME ZONE ${timeZone})::date AS day, dialect, outcome, ${requests} AS requests
   FROM ${from} GROUP BY 2, 3, 4 ORDER BY 2, 3, 4`;
const add = (sums: string) => `INSERT INTO intake_counts AS c (workspace_id, day, dialect, outcome, requests) ${sums}
  ON CONFLICT (workspace_id, day, dialect, outcome) DO UPDATE SET requests = c.requests + excluded.requests`;

/** Adds up to `most` changes to the counts. Those of requests that have not been counted are dropped. */
export async function addChanges(
  tx: Tx,
  base: { counted_to: string; time_zone: string },
  most: number,
): Promise<number> {
  const [row] = await tx.query<{ taken: number }>(
    `WITH taken AS (
       DELETE FROM intake_count_changes c USING (
         SELECT submission_id, number FROM intake_count_changes WHERE workspace_id = $1
         ORDER BY submission_id, number LIMIT $2
       ) AS first
       WHERE c.workspace_id = $1 AND c.submission_id = first.submission_id AND c.number = first.number RETURNING c.*
     ), added AS (
       ${add(byDay('taken WHERE submission_id <= $3', 'sum(requests)', '$4'))}
     )
     SELECT count(*) AS taken FROM taken`,
    [tx.workspaceId, most, base.counted_to, base.time_zone],
  );
  return row?.taken ?? 0;
}

/**
 * Counts the next requests, up to `most`, and drops their changes, which the same snapshot shows in them. Requests that
 * arrived less than `margin` ago, or before the beginning of a transaction that is still open, come later.
 */
export async function countNext(
  tx: Tx,
  base: { counted_to: string; time_zone: string },
  most: number,
  margin: string,
): Promise<number> {
  const [settled] = await tx.query<{ id: string }>('SELECT settled_id($1) AS id', [margin]);
  const [row] = await tx.query<{ found: number }>(
    `WITH next AS MATERIALIZED (
       SELECT id, received_at, dialect, outcome, command FROM submissions
       WHERE workspace_id = $1 AND id > $2 AND id <= $3 ORDER BY id LIMIT $4
     ), moved AS (
       UPDATE intake_count_bases b SET counted_to = one.counted_to FROM (
         SELECT CASE WHEN count(*) < $4 THEN $3::uuid ELSE (SELECT id FROM next ORDER BY id DESC LIMIT 1) END AS counted_to FROM next
       ) AS one
       WHERE b.workspace_id = $1 AND b.counted_to < one.counted_to RETURNING b.counted_to
     ), known AS (
       DELETE FROM intake_count_changes
       WHERE workspace_id = $1 AND submission_id > $2 AND submission_id <= (SELECT counted_to FROM moved)
     ), added AS (
       ${add(byDay(`next WHERE ${isToCreate}`, 'count(*)', '$5'))}
     )
     SELECT count(*) AS found FROM next`,
    [tx.workspaceId, base.counted_to, settled?.id, most, base.time_zone],
  );
  return row?.found ?? 0;
}
