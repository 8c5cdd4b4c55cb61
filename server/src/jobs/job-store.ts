import { touches } from '../events/screens.ts';
import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
type JobState = (typeof jobStates)[number];

/** A background job: its parameters (`params`), progress (`progress`, `done` of `total`) and result. */
export interface Job {
  id: string;
  kind: string;
  state: JobState;
  params: Readonly<Record<string, unknown>>;
  progress: Readonly<Record<string, unknown>>;
  result: Readonly<Record<string, unknown>>;
  total: number;
  done: number;
  failed: number;
  member_id: string | null;
  actor: string;
  attempts: number;
  created_at: Date;
  updated_at: Date;
}

const columns =
  'id, kind, state, params, progress, result, total, done, failed, member_id, actor, attempts, created_at, updated_at';

/** Enqueues a job in the transaction that decides on it, and returns it. */
export async function enqueue(
  tx: Tx,
  job: Pick<Job, 'kind' | 'params' | 'total' | 'member_id' | 'actor'>,
  now: Date,
): Promise<Job> {
  touches(tx, 'jobs');
  const [row] = await tx.query<Job>(
    `INSERT INTO jobs (workspace_id, id, kind, state, params, total, member_id, actor, run_at, created_at, updated_at)
     VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $8, $8, $8) RETURNING ${columns}`,
    [tx.workspaceId, uuidv7(), job.kind, pgJson(job.params), job.total, job.member_id, job.actor, now],
  );
  return row as Job;
}

/** Workspaces with jobs that are due. */
export async function workspacesWithJobs(tx: Tx, now: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('SELECT workspaces_with_jobs($1) AS id', [now]);
  return rows.map(({ id }) => id);
}

/**
 * Claims the job that has waited longest. It is offered again after `again` unless a step commits, which serves as the
 * backoff.
 */
export async function claimJob(tx: Tx, now: Date, again: Date): Promise<Job | undefined> {
  const [job] = await tx.query<Job>(
    `UPDATE jobs SET state = 'running', attempts = attempts + 1, run_at = $3, updated_at = $2
     WHERE workspace_id = $1 AND id = (SELECT id FROM jobs WHERE workspace_id = $1 AND state IN ('queued', 'running')
       AND run_at <= $2 ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING ${columns}`,
    [tx.workspaceId, now, again],
  );
  if (job) touches(tx, 'jobs');
  return job;
}

/** Locks a job for its next step; undefined if it was cancelled or another process is working on it. */
export async function lockJob(tx: Tx, id: string): Promise<Job | undefined> {
  const [job] = await tx.query<Job>(
    `SELECT ${columns} FROM jobs WHERE workspace_id = $1 AND id = $2 AND state = 'running' FOR UPDATE SKIP LOCKED`,
    [tx.workspaceId, id],
  );
  return job;
}

/** Stores the progress of a job, in the transaction of the step. */
export async function saveJob(tx: Tx, job: Job, runAt: Date, now: Date): Promise<void> {
  touches(tx, 'jobs');
  await tx.query(
    `UPDATE jobs SET state = $3, progress = $4, result = $5, total = $6, done = $7, failed = $8, attempts = $9, run_at = $10,
       updated_at = $11 WHERE workspace_id = $1 AND id = $2`,
    [
      tx.workspaceId,
      job.id,
      job.state,
      pgJson(job.progress),
      pgJson(job.result),
      job.total,
      job.done,
      job.failed,
      job.attempts,
      runAt,
      now,
    ],
  );
}

/** Cancels an unfinished job; what has been done stays. Returns false if there is nothing to cancel. */
export async function cancelJob(tx: Tx, id: string, now: Date): Promise<boolean> {
  const stopped = await tx.execute(
    `UPDATE jobs SET state = 'cancelled', updated_at = $3
     WHERE workspace_id = $1 AND id = $2 AND state IN ('queued', 'running')`,
    [tx.workspaceId, id, now],
  );
  if (stopped > 0) touches(tx, 'jobs');
  return stopped > 0;
}

export async function getJob(tx: Tx, id: string): Promise<Job | undefined> {
  const [job] = await tx.query<Job>(`SELECT ${columns} FROM jobs WHERE workspace_id = $1 AND id = $2`, [
    tx.workspaceId,
    id,
  ]);
  return job;
}

/** Jobs of one member or of all, newest first, after a cursor. */
export async function listJobs(
  tx: Tx,
  limit: number,
  { after, memberId }: { after?: string; memberId?: string } = {},
): Promise<Job[]> {
  return tx.query<Job>(
    `SELECT ${columns} FROM jobs WHERE workspace_id = $1 AND ($3::uuid IS NULL OR id < $3)
       AND ($4::uuid IS NULL OR member_id = $4) ORDER BY id DESC LIMIT $2`,
    [tx.workspaceId, limit, after ?? null, memberId ?? null],
  );
}

/** Which of these leads are visible. */
export async function visibleLeads(
  tx: Tx,
  ids: readonly string[],
  visibility: Visibility | undefined,
): Promise<Set<string>> {
  const where = new Conditions(tx.workspaceId).visible(visibility);
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM leads WHERE ${where.sql()} AND id = ANY (${where.param(ids)}::uuid[])`,
    where.params,
  );
  return new Set(rows.map(({ id }) => id));
}
