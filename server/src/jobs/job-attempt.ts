import type { Database } from '../platform/database/database.ts';
import { isUnavailable } from '../platform/database/database-errors.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { TookTooLong, withTimeLimit } from '../platform/time/time-limit.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { callerOfJob } from './job-caller.ts';
import { type EffectHandler, type JobHandler, policyOf, type Step, type StepContext } from './job-handler.ts';
import { type Job, lockJob, saveJob } from './job-store.ts';

/** What an attempt at a job needs. */
export interface AttemptParts {
  database: Database;
  referenceCache: { get(workspaceId: string): Promise<ReferenceData> };
  clock(): Date;
  /** Whether to postpone the next step. */
  isPaused(): boolean;
  onError(error: unknown): void;
  /** Aborted when the server stops: jobs that are running are handed back. */
  cut: AbortSignal;
  /** How long the part of a handler that runs in a transaction may take, in ms. */
  stepLimit: number;
}

/** The abort reason of jobs that are running when the server stops. */
export class Stopping extends Error {}

/** A claimed job that is being worked on. */
interface Attempt extends AttemptParts {
  workspaceId: string;
  claimed: Job;
  handler: JobHandler;
  /** Whether it is time to let other jobs have their turn. */
  isTurnOver(): boolean;
}

const MOST_ATTEMPTS = 5;
/** A job works for this long before the next workspace has its turn, in ms. */
const TURN_MS = 1_000;
const MARGIN_MS = 30_000;

/**
 * How long a claim lasts, in ms: no shorter than an attempt, so that only jobs of dead processes are taken over. A step
 * keeps the row of its job locked, which protects it for as long as it takes.
 */
export function leaseOf(handler: JobHandler): number {
  return MARGIN_MS + ('perform' in handler ? handler.timeLimit : 0);
}

/** Works on a claimed job until it has ended, failed, or had its turn. Rejects only if the database is unavailable. */
export async function attempt(
  workspaceId: string,
  claimed: Job,
  handler: JobHandler,
  parts: AttemptParts,
): Promise<void> {
  const ends = performance.now() + TURN_MS;
  const isTurnOver = () => performance.now() >= ends || parts.isPaused();
  const one: Attempt = { ...parts, workspaceId, claimed, handler, isTurnOver };
  try {
    // Otherwise, a job that crashes the process would do so again and again, for ever.
    if (claimed.attempts > MOST_ATTEMPTS) await giveUp(one, 'The server stopped each time while working on this.');
    else while (await ('perform' in handler ? affect(one, handler) : takeStep(one, handler.step)));
  } catch (error) {
    if (error instanceof Stopping) return handBack(one);
    parts.onError(error);
    await tryLater(one, reasonOf(error));
  }
}

/** Takes one step. Returns true while there is more to do at once. */
async function takeStep(one: Attempt, step: (tx: Tx, job: Job, context: StepContext) => Promise<Step>) {
  return inTransaction(one, async (tx, job) => {
    const context = await permit(tx, one, job);
    return context !== undefined && advance(tx, one, job, await step(tx, job, context));
  });
}

/**
 * Prepares in one transaction, performs the effect outside of any, and stores the outcome in another. Returns true
 * while there is more to do at once.
 */
async function affect(one: Attempt, handler: EffectHandler): Promise<boolean> {
  const prepared = await inTransaction(one, async (tx, job) => {
    const context = await permit(tx, one, job);
    if (!context) return undefined;
    const work = await handler.prepare(tx, job, context);
    if (work === undefined) await advance(tx, one, job, { done: 0, finished: true });
    return work === undefined ? undefined : { work, context };
  });
  if (!prepared) return false;
  const { work, context } = prepared;
  const outcome = await withTimeLimit(handler.timeLimit, one.cut, (signal) => handler.perform(work, signal));
  return inTransaction(
    one,
    async (tx, job, now) => advance(tx, one, job, await handler.store(tx, outcome, job, { ...context, now })),
    { evenIfCancelled: true },
  );
}

/** Runs part of a handler on the locked job. Returns false if the claim is lost or the job was cancelled. */
async function inTransaction<T>(
  one: Attempt,
  work: (tx: Tx, job: Job, now: Date) => Promise<T>,
  { evenIfCancelled = false } = {},
): Promise<T | false> {
  const { database, workspaceId, claimed, clock, cut, stepLimit } = one;
  return database.tx(
    workspaceId,
    async (tx) => {
      const job = await lockJob(tx, claimed);
      if (!job || (job.state === 'cancelled' && !evenIfCancelled)) return false;
      return withTimeLimit(stepLimit, cut, () => work(tx, job, clock()));
    },
    { retry: true },
  );
}

/** The context of a step; undefined if the job's starter has lost the permission for it, which ends the job. */
async function permit(tx: Tx, one: Attempt, job: Job): Promise<StepContext | undefined> {
  const now = one.clock();
  const referenceData = await one.referenceCache.get(one.workspaceId);
  const caller = await callerOfJob(tx, job, policyOf(one.handler, job), { referenceData, now });
  if (!('stopped' in caller)) return { caller, referenceData, now };
  const result = { ...job.result, ...caller };
  await saveJob(tx, { ...job, state: 'failed', reason: caller.stopped, result, claim_id: null }, now);
  return undefined;
}

/** Stores the state of the job after a step. Returns true while there is more to do at once. */
async function advance(tx: Tx, { clock, handler, isTurnOver }: Attempt, job: Job, step: Step): Promise<boolean> {
  const now = clock();
  const state = job.state === 'cancelled' ? job.state : stateAfter(step);
  const goesOn = state === 'running' && !isTurnOver();
  await saveJob(
    tx,
    {
      ...job,
      state,
      reason: step.failure ?? step.waits?.reason ?? null,
      progress: step.progress ?? job.progress,
      result: step.result ?? job.result,
      total: step.total ?? job.total,
      done: job.done + step.done,
      failed: job.failed + (step.failed ?? 0),
      attempts: goesOn ? 1 : 0,
      claim_id: goesOn ? job.claim_id : null,
      run_at: goesOn ? new Date(now.getTime() + leaseOf(handler)) : (step.waits?.until ?? now),
    },
    now,
  );
  return goesOn;
}

function stateAfter({ finished, waits, failure }: Step): Job['state'] {
  if (failure !== undefined) return 'failed';
  if (finished) return 'done';
  return waits ? 'queued' : 'running';
}

/** Changes a job that is still claimed and was not cancelled. */
async function settle(
  { database, workspaceId, claimed, clock }: Attempt,
  change: (job: Job, now: Date) => Partial<Job>,
) {
  await database.tx(workspaceId, async (tx) => {
    const job = await lockJob(tx, claimed);
    const now = clock();
    if (job?.state === 'running') await saveJob(tx, { ...job, claim_id: null, ...change(job, now) }, now);
  });
}

/** Retries a failed attempt later, a few times. */
function tryLater(one: Attempt, reason: string): Promise<void> {
  return settle(one, ({ attempts }, now) =>
    attempts >= MOST_ATTEMPTS
      ? { state: 'failed', reason }
      : { state: 'queued', reason, run_at: new Date(now.getTime() + 30_000 * (attempts + 1)) },
  );
}

function giveUp(one: Attempt, reason: string): Promise<void> {
  return settle(one, () => ({ state: 'failed', reason }));
}

/** Hands the job back when the server stops: another process, or this one after a restart, continues it at once. */
function handBack(one: Attempt): Promise<void> {
  return settle(one, ({ attempts }, now) => ({ state: 'queued', attempts: attempts - 1, run_at: now }));
}

/** Why an attempt failed, for the starter of the job. The error itself may contain things they must not see. */
function reasonOf(error: unknown): string {
  if (error instanceof TookTooLong) return `It took longer than ${Math.round(error.limit / 1000)} seconds.`;
  if (isUnavailable(error)) return 'The database did not answer.';
  return 'Something went wrong on the server. The cause is in its log.';
}
