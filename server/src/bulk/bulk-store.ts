import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { type Visibility, visibilitySettings } from '../workspaces/access/visibility.ts';

/** What one lead was before a job changed it, and what the job made of it; for taking it back. */
export interface JobChange {
  lead_id: string;
  before: Readonly<Record<string, string | null>>;
  after: Readonly<Record<string, string | null>>;
}

/** Everything is seen again. */
const WHOLE = { 'leadwell.sees': '', 'leadwell.departments': '' };

/** Lets the rest of the transaction see what a member sees; all when nothing is given. */
export async function lookAs(tx: Tx, visibility: Visibility | undefined): Promise<void> {
  const settings = { ...WHOLE, ...visibilitySettings(visibility) };
  for (const [name, value] of Object.entries(settings))
    await tx.query('SELECT set_config($1, $2, true)', [name, value], { name: 'look_as' });
}

/** Keeps what a job changed, in the transaction that changed it. */
export async function keepChanges(tx: Tx, jobId: string, changes: readonly JobChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `INSERT INTO job_changes (workspace_id, job_id, lead_id, before, after)
     SELECT $1, $2, lead_id, before, after FROM jsonb_to_recordset($3) AS c (lead_id uuid, before jsonb, after jsonb)`,
    [tx.workspaceId, jobId, pgJson(changes)],
  );
}

/** How many changes of a job can be taken back. */
export async function countChanges(tx: Tx, jobId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'SELECT count(*) AS count FROM job_changes WHERE workspace_id = $1 AND job_id = $2',
    [tx.workspaceId, jobId],
  );
  return row?.count ?? 0;
}

/** Takes some changes of a job to take them back: none is taken twice. */
export async function takeChanges(tx: Tx, jobId: string, limit: number): Promise<JobChange[]> {
  return tx.query<JobChange>(
    `DELETE FROM job_changes WHERE workspace_id = $1 AND job_id = $2 AND lead_id IN (
       SELECT lead_id FROM job_changes WHERE workspace_id = $1 AND job_id = $2 ORDER BY lead_id LIMIT $3
     ) RETURNING lead_id, before, after`,
    [tx.workspaceId, jobId, limit],
  );
}
