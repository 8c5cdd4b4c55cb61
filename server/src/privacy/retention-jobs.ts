import type { JobHandler } from '../jobs/job-handler.ts';
import { enqueue } from '../jobs/job-store.ts';
import { bringForward } from '../jobs/schedule-store.ts';
import { BIN_DAYS } from '../leads/bin/bin-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { ERASURE_JOB } from './erasure-jobs.ts';
import { stuckErasures } from './erasure-store.ts';
import {
  type Removal,
  removeBinned,
  removeCounts,
  removeEvents,
  removeIdempotencyKeys,
  removeJobs,
  removeMails,
  removeOldRequests,
  removeRequestsOfDeleted,
  removeSessions,
} from './retention-rows-store.ts';
import { getRetention, type Removed, type RetentionTerms, saveRun } from './retention-store.ts';

export const RETENTION_JOB = 'retention';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Ended sessions, remembered devices and links are kept this long, to explain entries of the audit log. */
const SESSION_DAYS = 30;
const JOB_DAYS = 90;
const MAIL_DAYS = 90;
/** The server's own jobs are numerous, and of no interest once they have succeeded. */
const OWN_JOB_DAYS = 7;
const COUNT_DAYS = 400;
/** Requests that are still being stored are left to the next run. */
const SETTLE_MS = 60_000;

interface Phase {
  counts: keyof Removed;
  /** Removes some of the records; undefined if the workspace keeps them for ever. */
  step(tx: Tx, terms: RetentionTerms, now: Date): Promise<Removal> | undefined;
}

const ago = (days: number, now: Date) => new Date(now.getTime() - days * DAY_MS);
const accepted = ['accepted', 'merged', 'duplicate', 'test'];
const refused = ['refused', 'failed'];

/** The phases of a run, in order. */
const phases: readonly Phase[] = [
  {
    counts: 'requests',
    step: (tx, { accepted_days: days }, now) =>
      days === null ? undefined : requests(tx, 'accepted_to', { outcomes: accepted, days }, now),
  },
  {
    counts: 'requests',
    // Includes requests that were refused at first and accepted later, in a replay.
    step: (tx, { refused_days: days, accepted_days }, now) => {
      if (days === null) return undefined;
      const outcomes = accepted_days !== null && accepted_days <= days ? [...refused, ...accepted] : refused;
      return requests(tx, 'refused_to', { outcomes, days }, now);
    },
  },
  {
    counts: 'requests',
    step: (tx, { deleted_days: days }, now) =>
      days === null ? undefined : removeRequestsOfDeleted(tx, ago(days, now), now),
  },
  {
    counts: 'events',
    step: (tx, { event_days: days, deleted_days }, now) =>
      days === null ? undefined : removeEvents(tx, ago(days, now), deleted_days !== null),
  },
  { counts: 'sessions', step: (tx, _, now) => removeSessions(tx, ago(SESSION_DAYS, now)) },
  {
    counts: 'deleted_leads',
    step: (tx, { deleted_days: days }, now) => removeBinned(tx, ago(Math.min(BIN_DAYS, days ?? BIN_DAYS), now)),
  },
  { counts: 'idempotency_keys', step: (tx, _, now) => removeIdempotencyKeys(tx, now) },
  { counts: 'mails', step: (tx, _, now) => removeMails(tx, ago(MAIL_DAYS, now)) },
  { counts: 'jobs', step: (tx, _, now) => removeJobs(tx, ago(JOB_DAYS, now), ago(OWN_JOB_DAYS, now)) },
  { counts: 'counts', step: (tx, _, now) => removeCounts(tx, ago(COUNT_DAYS, now)) },
];

function requests(
  tx: Tx,
  mark: 'accepted_to' | 'refused_to',
  { outcomes, days }: { outcomes: readonly string[]; days: number },
  now: Date,
): Promise<Removal> {
  const before = new Date(Math.min(ago(days, now).getTime(), now.getTime() - SETTLE_MS));
  return removeOldRequests(tx, mark, { outcomes, before }, now);
}

/** How far a run has come. */
export interface RetentionRun {
  started_at: Date;
  phase: number;
  removed: Partial<Removed>;
}

/** Removes a few hundred records whose time is up. Returns the run, and whether it is finished. */
export async function stepRetention(tx: Tx, run: RetentionRun, now: Date) {
  const phase = phases[run.phase];
  const step = phase && (await phase.step(tx, await getRetention(tx), now));
  const removed = { ...run.removed };
  if (phase && step) removed[phase.counts] = (removed[phase.counts] ?? 0) + step.removed;
  const next = step?.more ? run.phase : run.phase + 1;
  const finished = next >= phases.length;
  if (finished) await saveRun(tx, { ...run, removed }, now);
  return { run: { ...run, phase: next, removed }, done: step?.removed ?? 0, finished };
}

/** Runs stepRetention as a job, and restarts erasures that were not finished. */
export const retentionHandler: JobHandler = {
  policy: null,
  async step(tx, job, { now }) {
    const sofar = { started_at: job.created_at, phase: Number(job.progress['phase'] ?? 0), removed: job.result };
    const { run, done, finished } = await stepRetention(tx, sofar, now);
    if (finished) await prepareNext(tx, now);
    return { done, progress: { phase: run.phase }, result: { ...run.removed }, finished };
  },
};

async function prepareNext(tx: Tx, now: Date): Promise<void> {
  const terms = await getRetention(tx);
  if (daysOf(terms).includes(0)) await bringForward(tx, 'retention', new Date(now.getTime() + HOUR_MS));
  for (const erasure_id of await stuckErasures(tx))
    await enqueue(tx, { kind: ERASURE_JOB, params: { erasure_id }, total: 0, member_id: null, actor: 'system' }, now);
}

function daysOf({ accepted_days, refused_days, deleted_days, event_days }: RetentionTerms): (number | null)[] {
  return [accepted_days, refused_days, deleted_days, event_days];
}
