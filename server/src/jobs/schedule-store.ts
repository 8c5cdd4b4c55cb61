import { touches } from '../events/screens.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { ScheduleName } from './schedules.ts';

/** When a job of a workspace starts next, and when it last did. */
export interface Schedule {
  name: string;
  rule: string;
  time_zone: string;
  next_at: Date;
  last_at: Date | null;
  last_job_id: string | null;
}

const columns = 'name, rule, time_zone, next_at, last_at, last_job_id';

/** Workspaces in which one of these schedules is due, new or changed; the query runs outside any workspace. */
export async function workspacesToSchedule(
  tx: Tx,
  wanted: readonly { name: string; rule: string }[],
  now: Date,
): Promise<string[]> {
  const [names, rules] = [wanted.map(({ name }) => name), wanted.map(({ rule }) => rule)];
  const rows = await tx.query<{ id: string }>('SELECT workspaces_to_schedule($1, $2, $3) AS id', [names, rules, now]);
  return rows.map(({ id }) => id);
}

/** The workspace's schedules. */
export async function listSchedules(tx: Tx): Promise<Schedule[]> {
  return tx.query<Schedule>(`SELECT ${columns} FROM job_schedules WHERE workspace_id = $1 ORDER BY name`, [
    tx.workspaceId,
  ]);
}

/** The workspace's time zone as it is stored now: cached reference data may be older. */
export async function storedZone(tx: Tx): Promise<string> {
  const [row] = await tx.query<{ time_zone: string }>('SELECT time_zone FROM workspaces WHERE id = $1', [
    tx.workspaceId,
  ]);
  return row?.time_zone ?? 'UTC';
}

/** Whether the job that the schedule started last has not ended yet. */
export async function isStillOn(tx: Tx, { last_job_id }: Pick<Schedule, 'last_job_id'>): Promise<boolean> {
  const rows = await tx.query(
    "SELECT 1 FROM jobs WHERE workspace_id = $1 AND id = $2 AND state IN ('queued', 'running')",
    [tx.workspaceId, last_job_id],
  );
  return rows.length > 0;
}

/** Adds a schedule unless another process has done so. */
export async function addSchedule(tx: Tx, { name, rule, time_zone, next_at }: Schedule): Promise<void> {
  touches(tx, 'jobs');
  await tx.execute(
    `INSERT INTO job_schedules (workspace_id, name, rule, time_zone, next_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [tx.workspaceId, name, rule, time_zone, next_at],
  );
}

/** Moves a schedule to its next time; false if another process was faster, so that it is no longer at `planned`. */
export async function moveSchedule(tx: Tx, planned: Date, to: Schedule): Promise<boolean> {
  const moved = await tx.execute(
    `UPDATE job_schedules SET rule = $3, time_zone = $4, next_at = $5, last_at = $6, last_job_id = $7
     WHERE workspace_id = $1 AND name = $2 AND next_at = $8`,
    [tx.workspaceId, to.name, to.rule, to.time_zone, to.next_at, to.last_at, to.last_job_id, planned],
  );
  if (moved > 0) touches(tx, 'jobs');
  return moved > 0;
}

/** Stores which job a schedule started last. */
export async function noteStarted(tx: Tx, name: string, jobId: string): Promise<void> {
  await tx.execute('UPDATE job_schedules SET last_job_id = $3 WHERE workspace_id = $1 AND name = $2', [
    tx.workspaceId,
    name,
    jobId,
  ]);
}

/** Makes a schedule due at this time if it would be due later. */
export async function bringForward(tx: Tx, name: ScheduleName, at: Date): Promise<void> {
  touches(tx, 'jobs');
  // A new schedule gets its rule and its next time when it starts.
  await tx.execute(
    `INSERT INTO job_schedules AS s (workspace_id, name, rule, time_zone, next_at) VALUES ($1, $2, '', '', $3)
     ON CONFLICT (workspace_id, name) DO UPDATE SET next_at = least(s.next_at, $3)`,
    [tx.workspaceId, name, at],
  );
}
