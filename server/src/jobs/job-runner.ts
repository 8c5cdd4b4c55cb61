import type { Database } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { claimJob, type Job, lockJob, saveJob, workspacesWithJobs } from './job-store.ts';

/** What one step did: how many things, how many of them in vain, and where the next step goes on. */
export interface Step {
  done: number;
  failed?: number;
  progress?: Readonly<Record<string, unknown>>;
  /** What came of it so far. */
  result?: Readonly<Record<string, unknown>>;
  /** A better guess of how many there are. */
  total?: number;
  finished: boolean;
}

/** Does the next step of a job in the transaction given: its changes and its progress commit together. */
export type JobHandler = (tx: Tx, job: Job, now: Date) => Promise<Step>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;

export interface JobRunner {
  /** Work was put on the queue. */
  wake(): void;
  /** Does all that is due; resolves when nothing is left. */
  runDue(): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  database: Database;
  handlers: JobHandlers;
  clock(): Date;
  onError(error: unknown): void;
}

const SWEEP_MS = 5_000;
const MOST_ATTEMPTS = 5;
/** How long a step may take before another process tries, the longer the more often it failed, in ms. */
const leaseOf = (attempts: number) => 30_000 * (attempts + 1);

/** Runs jobs step by step. Any number of processes may do so at once; each step is done once. */
export function startJobs(options: Options): JobRunner {
  const { database, clock, onError } = options;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const runAll = async () => {
    do {
      again = false;
      for (const workspaceId of await database.global((tx) => workspacesWithJobs(tx, clock())))
        while (!stopped && (await runNext(workspaceId, options)));
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
    wake,
    runDue,
    async stop() {
      stopped = true;
      clearInterval(sweep);
      await running?.catch(onError);
    },
  };
}

/** Does one job from where it stands to its end, or until it fails. False when none is due. */
async function runNext(workspaceId: string, { database, handlers, clock, onError }: Options): Promise<boolean> {
  const now = clock();
  const claimed = await database.tx(workspaceId, (tx) => claimJob(tx, now, new Date(now.getTime() + leaseOf(0))));
  if (!claimed) return false;
  const handler = handlers[claimed.kind];
  try {
    if (!handler) throw new Error(`Nobody knows how to do a job of kind ${claimed.kind}.`);
    while (await database.tx(workspaceId, (tx) => takeStep(tx, claimed.id, handler, clock), { retry: true }));
  } catch (error) {
    onError(error);
    await database.tx(workspaceId, (tx) => putOff(tx, claimed, clock()));
  }
  return true;
}

/** True while more is to do. */
async function takeStep(tx: Tx, id: string, handler: JobHandler, clock: () => Date): Promise<boolean> {
  const job = await lockJob(tx, id);
  if (!job) return false;
  const now = clock();
  const step = await handler(tx, job, now);
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

/** A step that failed is tried again later, a few times. */
async function putOff(tx: Tx, { id }: Job, now: Date): Promise<void> {
  const job = await lockJob(tx, id);
  if (!job) return;
  const state = job.attempts >= MOST_ATTEMPTS ? 'failed' : 'running';
  await saveJob(tx, { ...job, state }, new Date(now.getTime() + leaseOf(job.attempts)), now);
}
