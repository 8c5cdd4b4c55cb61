import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { type Visibility, visibilitySettings } from '../workspaces/access/visibility.ts';

/** Values of a lead before and after a job changed it, stored so that the change can be undone. */
export interface JobChange {
  lead_id: string;
  before: Readonly<Record<string, string | null>>;
  after: Readonly<Record<string, string | null>>;
}

/** Settings that lift all visibility restrictions. */
const WHOLE = { 'leadwell.sees': '', 'leadwell.departments': '' };

/** Limits the rest of the transaction to what a member can see; lifts the limit if `visibility` is undefined. */
export async function lookAs(tx: Tx, visibility: Visibility | undefined): Promise<void> {
  const settings = { ...WHOLE, ...visibilitySettings(visibility) };
  for (const [name, value] of Object.entries(settings))
    await tx.query('SELECT set_config($1, $2, true)', [name, value], { name: 'look_as' });
}

/** Stores the changes made by a job, in the same transaction. */
export async function keepChanges(tx: Tx, jobId: string, changes: readonly JobChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `INSERT INTO job_changes (workspace_id, job_id, lead_id, before, after)
     SELECT $1, $2, lead_id, before, after FROM jsonb_to_recordset($3) AS c (lead_id uuid, before jsonb, after jsonb)`,
    [tx.workspaceId, jobId, pgJson(changes)],
  );
}

/** Number of changes of a job that can still be undone. */
export async function countChanges(tx: Tx, jobId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'SELECT count(*) AS count FROM job_changes WHERE workspace_id = $1 AND job_id = $2',
    [tx.workspaceId, jobId],
  );
  return row?.count ?? 0;
}

/** Removes and returns up to `limit` stored changes of a job, so that each is undone only once. */
export async function takeChanges(tx: Tx, jobId: string, limit: number): Promise<JobChange[]> {
  return tx.query<JobChange>(
    `DELETE FROM job_changes WHERE workspace_id = $1 AND job_id = $2 AND lead_id IN (
       SELECT lead_id FROM job_changes WHERE workspace_id = $1 AND job_id = $2 ORDER BY lead_id LIMIT $3
     ) RETURNING lead_id, before, after`,
    [tx.workspaceId, jobId, limit],
  );
}
