import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import type { PolicyName } from '../workspaces/access/policies.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { callerOfJob } from './job-caller.ts';
import { claimJob, type Job, lockJob, saveJob, workspacesWithJobs } from './job-store.ts';

/** Result of one step: items processed and failed, and where the next step continues. */
export interface Step {
  done: number;
  failed?: number;
  progress?: Readonly<Record<string, unknown>>;
  /** Result of the job so far. */
  result?: Readonly<Record<string, unknown>>;
  /** A better estimate of the total. */
  total?: number;
  finished: boolean;
}

/** The circumstances of a step. */
export interface StepContext {
  /** Whoever started the job, with the rights and visibility they have now. */
  caller: Caller;
  referenceData: ReferenceData;
  now: Date;
}

/** A kind of job. */
export interface JobHandler {
  /** What whoever started the job must still be allowed to do; null for the server's own upkeep, which anybody starts. */
  policy: PolicyName | null | ((job: Job) => PolicyName);
  /** Runs the next step of a job in the given transaction, so that its changes and its progress commit together. */
  step(tx: Tx, job: Job, context: StepContext): Promise<Step>;
}
export type JobHandlers = Readonly<Record<string, JobHandler>>;

export interface JobRunner {
  /** Every kind of job that can run. */
  kinds: readonly string[];
  /** Call this after a job was enqueued. */
  wake(): void;
  /** Runs all jobs that are due; resolves when none is left. */
  runDue(): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  database: Database;
  handlers: JobHandlers;
  referenceCache: { get(workspaceId: string): Promise<ReferenceData> };
  clock(): Date;
  /** Whether to wait with the next step, such as for want of space on the disk. */
  isPaused(): boolean;
  onError(error: unknown): void;
}

const SWEEP_MS = 5_000;
const MOST_ATTEMPTS = 5;
/** How long a step may take before another process retries it, in ms; increases with each failed attempt. */
const leaseOf = (attempts: number) => 30_000 * (attempts + 1);

/** Runs jobs step by step. Any number of processes may do so at once; each step runs once. */
export function startJobs(options: Options): JobRunner {
  const { database, clock, onError } = options;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const runAll = async () => {
    do {
      again = false;
      for (const workspaceId of await database.global((tx) => workspacesWithJobs(tx, clock())))
        while (!stopped && !options.isPaused() && (await runNext(workspaceId, options)));
    } while (again && !stopped);
  };
  const runDue = () => {
    again = running !== undefined;
    running ??= runAll().finally(() => {
      running = undefined;
    });
    return running;
  };
  const wake = () => {
    if (!stopped) runDue().catch(onError);
  };
  const sweep = setInterval(wake, SWEEP_MS);
  sweep.unref();
  return {
    kinds: Object.keys(options.handlers),
    wake,
    runDue,
    async stop() {
      stopped = true;
      clearInterval(sweep);
      await running?.catch(onError);
    },
  };
}

/** Runs one job to its end, or until it fails. Returns false if none is due. */
async function runNext(workspaceId: string, options: Options): Promise<boolean> {
  const { database, handlers, clock, isPaused, onError } = options;
  const now = clock();
  const claimed = await database.tx(workspaceId, (tx) => claimJob(tx, now, new Date(now.getTime() + leaseOf(0))));
  if (!claimed) return false;
  const handler = handlers[claimed.kind];
  try {
    if (!handler) throw new Error(`Nobody knows how to do a job of kind ${claimed.kind}.`);
    const takeNext = () =>
      database.tx(workspaceId, (tx) => takeStep(tx, claimed.id, handler, options), { retry: true });
    while (!isPaused() && (await takeNext()));
  } catch (error) {
    onError(error);
    await database.tx(workspaceId, (tx) => retryLater(tx, claimed, clock()));
  }
  return true;
}

/** Returns true while there is more to do. */
async function takeStep(
  tx: Tx,
  id: string,
  { policy, step: take }: JobHandler,
  { clock, referenceCache }: Pick<Options, 'clock' | 'referenceCache'>,
): Promise<boolean> {
  const job = await lockJob(tx, id);
  if (!job) return false;
  const now = clock();
  const referenceData = await referenceCache.get(tx.workspaceId ?? '');
  const needed = typeof policy === 'function' ? policy(job) : policy;
  const caller = await callerOfJob(tx, job, needed, { referenceData, now });
  if ('stopped' in caller) {
    await saveJob(tx, { ...job, state: 'failed', result: { ...job.result, ...caller } }, now, now);
    return false;
  }
  const step = await take(tx, job, { caller, referenceData, now });
  await saveJob(
    tx,
    {
      ...job,
      state: step.finished ? 'done' : 'running',
      progress: step.progress ?? job.progress,
      result: step.result ?? job.result,
      total: step.total ?? job.total,
      done: job.done + step.done,
      failed: job.failed + (step.failed ?? 0),
      attempts: 1,
    },
    new Date(now.getTime() + leaseOf(0)),
    now,
  );
  return !step.finished;
}

/** A step that failed is retried later, a few times. */
async function retryLater(tx: Tx, { id }: Job, now: Date): Promise<void> {
  const job = await lockJob(tx, id);
  if (!job) return;
  const state = job.attempts >= MOST_ATTEMPTS ? 'failed' : 'running';
  await saveJob(tx, { ...job, state }, new Date(now.getTime() + leaseOf(job.attempts)), now);
}
