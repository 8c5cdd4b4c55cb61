import { touches } from '../events/screens.ts';
import { bringForward } from '../jobs/schedule-store.ts';
import type { Tx } from '../platform/database/transaction.ts';

/** How many days each kind of record is kept; 0 removes it at the next run, null keeps it for ever. */
export interface RetentionTerms {
  /** Contents of accepted, merged, repeated and test requests. */
  accepted_days: number | null;
  /** Contents of refused and failed requests. */
  refused_days: number | null;
  /** Contents of the requests of deleted leads, counted from the deletion. */
  deleted_days: number | null;
  event_days: number | null;
}

/** Number of records that a run removed, by kind. */
export interface Removed {
  requests: number;
  events: number;
  sessions: number;
  deleted_leads: number;
  idempotency_keys: number;
  jobs: number;
  mails: number;
  counts: number;
}

/** The workspace's terms and its last run. */
export interface Retention extends RetentionTerms {
  started_at: Date | null;
  finished_at: Date | null;
  removed: Partial<Removed>;
}

const terms = 'accepted_days, refused_days, deleted_days, event_days';
const usual: Retention = {
  accepted_days: 90,
  refused_days: 365,
  deleted_days: 30,
  event_days: 90,
  started_at: null,
  finished_at: null,
  removed: {},
};

/** The workspace's retention; the defaults if it has neither changed them nor run yet. */
export async function getRetention(tx: Tx): Promise<Retention> {
  const [row] = await tx.query<Retention>(
    `SELECT ${terms}, started_at, finished_at, removed FROM retention WHERE workspace_id = $1`,
    [tx.workspaceId],
  );
  return row ?? usual;
}

/** Changes the terms. A change makes the next run due at once. */
export async function saveTerms(tx: Tx, changed: RetentionTerms, now: Date): Promise<void> {
  touches(tx, 'settings');
  await tx.query(
    `INSERT INTO retention (workspace_id, ${terms}) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (workspace_id) DO UPDATE SET accepted_days = $2, refused_days = $3, deleted_days = $4, event_days = $5,
       accepted_to = NULL, refused_to = NULL, deleted_to = NULL`,
    [tx.workspaceId, changed.accepted_days, changed.refused_days, changed.deleted_days, changed.event_days],
  );
  await bringForward(tx, 'retention', now);
}

/** Stores what a finished run removed. */
export async function saveRun(tx: Tx, run: { started_at: Date; removed: Partial<Removed> }, now: Date): Promise<void> {
  touches(tx, 'settings');
  await tx.query(
    `INSERT INTO retention (workspace_id, started_at, finished_at, removed) VALUES ($1, $2, $3, $4)
     ON CONFLICT (workspace_id) DO UPDATE SET started_at = $2, finished_at = $3, removed = $4`,
    [tx.workspaceId, run.started_at, now, JSON.stringify(run.removed)],
  );
}
