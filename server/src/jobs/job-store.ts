import { touches } from '../events/screens.ts';
import { pgJson } from '../platform/database/pg-json.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { uuidv7 } from '../platform/ids.ts';
import { Conditions } from '../workspaces/access/conditions.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import type { JobKind } from './job-kinds.ts';

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
type JobState = (typeof jobStates)[number];

/** Note on a transaction that makes a job due: the runners of all processes are woken after its commit. */
export const JOBS_DUE = 'jobs due';

/**
 * A background job: its parameters (`params`), progress (`progress`, `done` of `total`) and result. `attempts` counts
 * the attempts since the last progress. `run_at` is when the job is due or, while it runs, when its claim ends.
 */
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
  /** Why the last attempt failed or what it waits for, in plain words; null otherwise. */
  reason: string | null;
  claim_id: string | null;
  run_at: Date;
  created_at: Date;
  updated_at: Date;
}

const columns = `id, kind, state, params, progress, result, total, done, failed, member_id, actor, attempts, reason,
  claim_id, run_at, created_at, updated_at`;

/** The fields of a new job. `run_at` is when it is due, if that is not now. */
export type NewJob = Pick<Job, 'params' | 'total' | 'member_id' | 'actor'> & { kind: JobKind; run_at?: Date };

/** Enqueues a job in the given transaction, and returns it. It starts soon after the commit. */
export async function enqueue(tx: Tx, job: NewJob, now: Date): Promise<Job> {
  touches(tx, 'jobs');
  tx.note(JOBS_DUE);
  const [row] = await tx.query<Job>(
    `INSERT INTO jobs (workspace_id, id, kind, state, params, total, member_id, actor, run_at, created_at, updated_at)
     VALUES ($1, $2, $3, 'queued', $4, $5, $6, $7, $9, $8, $8) RETURNING ${columns}`,
    [
      tx.workspaceId,
      uuidv7(),
      job.kind,
      pgJson(job.params),
      job.total,
      job.member_id,
      job.actor,
      now,
      job.run_at ?? now,
    ],
  );
  return row as Job;
}

/** Notification channel that wakes the runners of all processes. */
export const JOBS = 'leadwell_jobs';

/** Wakes the runners of all processes once the transaction commits. */
export async function tellRunners(tx: Tx): Promise<void> {
  await tx.query("SELECT pg_notify($1, '')", [JOBS]);
}

/** Workspaces with jobs of these kinds that are due. */
export async function workspacesWithJobs(tx: Tx, kinds: readonly string[], now: Date): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('SELECT workspaces_with_jobs($1, $2) AS id', [kinds, now]);
  return rows.map(({ id }) => id);
}

/**
 * Claims the oldest job of these kinds that is due: a new one, or one whose claim has run out. Another process may
 * claim it after `until`, unless the claim is renewed.
 */
export async function claimJob(
  tx: Tx,
  kinds: readonly string[],
  { now, until }: { now: Date; until: Date },
): Promise<Job | undefined> {
  const [job] = await tx.query<Job>(
    `UPDATE jobs SET state = 'running', attempts = attempts + 1, claim_id = $5, run_at = $3, updated_at = $2
     WHERE workspace_id = $1 AND id = (SELECT id FROM jobs WHERE workspace_id = $1 AND state IN ('queued', 'running')
       AND run_at <= $2 AND kind = ANY ($4) ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING ${columns}`,
    [tx.workspaceId, now, until, kinds, uuidv7()],
  );
  if (job) touches(tx, 'jobs');
  return job;
}

/**
 * Locks a claimed job; undefined if another process has claimed it since, or it has ended. A job that was cancelled in
 * the meantime is returned as cancelled.
 */
export async function lockJob(tx: Tx, { id, claim_id }: Pick<Job, 'id' | 'claim_id'>): Promise<Job | undefined> {
  const [job] = await tx.query<Job>(
    `SELECT ${columns} FROM jobs WHERE workspace_id = $1 AND id = $2 AND claim_id = $3
       AND state IN ('running', 'cancelled') FOR UPDATE`,
    [tx.workspaceId, id, claim_id],
  );
  return job;
}

/** Stores the state and progress of a job, in the transaction of the step. */
export async function saveJob(tx: Tx, job: Job, now: Date): Promise<void> {
  touches(tx, 'jobs');
  await tx.query(
    `UPDATE jobs SET state = $3, progress = $4, result = $5, total = $6, done = $7, failed = $8, attempts = $9, run_at = $10,
       updated_at = $11, reason = $12, claim_id = $13 WHERE workspace_id = $1 AND id = $2`,
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
      job.run_at,
      now,
      job.reason,
      job.claim_id,
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

/** Makes a failed job due again; it continues where it failed. Returns false if it has not failed. */
export async function retryJob(tx: Tx, id: string, now: Date): Promise<boolean> {
  const started = await tx.execute(
    `UPDATE jobs SET state = 'queued', attempts = 0, reason = NULL, result = result - 'stopped', run_at = $3, updated_at = $3
     WHERE workspace_id = $1 AND id = $2 AND state = 'failed'`,
    [tx.workspaceId, id, now],
  );
  if (started === 0) return false;
  touches(tx, 'jobs');
  tx.note(JOBS_DUE);
  return true;
}

export async function getJob(tx: Tx, id: string): Promise<Job | undefined> {
  const [job] = await tx.query<Job>(`SELECT ${columns} FROM jobs WHERE workspace_id = $1 AND id = $2`, [
    tx.workspaceId,
    id,
  ]);
  return job;
}

/** Which jobs to list. */
export interface JobFilter {
  /** Only jobs that this member started. */
  memberId?: string | undefined;
  state?: JobState | undefined;
  kind?: string | undefined;
}

/** Jobs, newest first, after a cursor (the id of the last one seen). */
export async function listJobs(
  tx: Tx,
  { memberId, state, kind }: JobFilter,
  limit: number,
  after?: string,
): Promise<Job[]> {
  return tx.query<Job>(
    `SELECT ${columns} FROM jobs WHERE workspace_id = $1 AND ($3::uuid IS NULL OR id < $3)
       AND ($4::uuid IS NULL OR member_id = $4) AND ($5::text IS NULL OR state = $5)
       AND ($6::text IS NULL OR kind = $6) ORDER BY id DESC LIMIT $2`,
    [tx.workspaceId, limit, after ?? null, memberId ?? null, state ?? null, kind ?? null],
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

/** Removes finished jobs of a kind, except one. */
export async function removeFinishedJobs(tx: Tx, kind: JobKind, exceptId: string): Promise<void> {
  await tx.query("DELETE FROM jobs WHERE workspace_id = $1 AND kind = $2 AND state = 'done' AND id <> $3", [
    tx.workspaceId,
    kind,
    exceptId,
  ]);
}
