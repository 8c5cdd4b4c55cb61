import type { LeadReferences } from '../leads/lead.ts';
import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';

/** Values of a lead before and after a job changed it, stored so that the change can be undone. */
export interface JobChange {
  lead_id: string;
  before: ChangedValues;
  /** `call_id` is the planned call, if the job planned calls. */
  after: ChangedValues & { call_id?: string };
}

/** The references of a lead by column, and its tags. */
export type ChangedValues = LeadReferences & { tag_ids?: readonly string[] | null };

/** Stores the changes made by a job, in the same transaction. */
export async function keepChanges(tx: Tx, jobId: string, changes: readonly JobChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.query(
    `INSERT INTO job_changes (workspace_id, job_id, lead_id, before, after)
     SELECT $1, $2, lead_id, before, after FROM jsonb_to_recordset($3) AS c (lead_id uuid, before jsonb, after jsonb)`,
    [tx.workspaceId, jobId, pgJson(changes)],
  );
}

/** Number of a job's changes that can still be undone by somebody with this visibility. */
export async function countChanges(tx: Tx, jobId: string, visibility: Visibility | undefined): Promise<number> {
  const where = changesOf(tx, jobId, visibility);
  const [row] = await tx.query<{ count: number }>(
    `SELECT count(*) AS count FROM job_changes c WHERE ${where.sql()}`,
    where.params,
  );
  return row?.count ?? 0;
}

/**
 * Removes and returns up to `limit` stored changes of a job, so that each is undone only once. Changes to leads that
 * are not visible stay.
 */
export async function takeChanges(
  tx: Tx,
  jobId: string,
  limit: number,
  visibility: Visibility | undefined,
): Promise<JobChange[]> {
  const where = changesOf(tx, jobId, visibility);
  return tx.query<JobChange>(
    `DELETE FROM job_changes WHERE workspace_id = $1 AND job_id = $2 AND lead_id = ANY (ARRAY(
       SELECT c.lead_id FROM job_changes c WHERE ${where.sql()} ORDER BY c.lead_id LIMIT ${where.param(limit)}
     )) RETURNING lead_id, before, after`,
    where.params,
  );
}

/**
 * Conditions for a job's changes to visible leads; the job's id is $2. Changes to deleted leads are included only for
 * somebody who sees all leads.
 */
function changesOf(tx: Tx, jobId: string, visibility: Visibility | undefined): Conditions {
  const where = new Conditions(tx.workspaceId, 'c');
  where.add(`c.job_id = ${where.param(jobId)}`);
  if (!visibility) return where;
  const leads = where.inside('l').add('l.id = c.lead_id').visible(visibility, 'l').sql();
  return where.add(`EXISTS (SELECT 1 FROM leads l WHERE ${leads})`);
}
