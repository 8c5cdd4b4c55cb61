import type { Database } from '../platform/database/database.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { attempt, leaseOf, Stopping } from './job-attempt.ts';
import type { JobHandler } from './job-handler.ts';
import { jobKinds, lanes } from './job-kinds.ts';
import { type Lane, openLane } from './job-lane.ts';
import type { Job } from './job-store.ts';

export interface JobRunner {
  /** Every kind of job that can run. */
  kinds: readonly string[];
  handlerOf(job: Pick<Job, 'kind'>): JobHandler | undefined;
  /** Looks for jobs that are due; called when a transaction that made one due has been committed. */
  wake(): void;
  /** Runs all jobs that are due; resolves when none is left. */
  runDue(): Promise<void>;
  /** Stops. Running jobs have a few seconds to finish; what is not done by then is handed back. */
  stop(): Promise<void>;
}

interface Options {
  database: Database;
  handlers: Readonly<Record<string, JobHandler>>;
  referenceCache: { get(workspaceId: string): Promise<ReferenceData> };
  clock(): Date;
  /** Whether to postpone further steps, for example because disk space is short. */
  isPaused(): boolean;
  onError(error: unknown): void;
  /** Another catalogue of kinds and lanes, for tests. */
  kinds?: Readonly<Record<string, { lane: string }>>;
  lanes?: Readonly<Record<string, { slots: number; perWorkspace: number }>>;
  /** How long a step may take, in ms. */
  stepLimit?: number;
  /** How long running jobs may continue after a stop, in ms. */
  patience?: number;
  /** How often to look for due jobs that were not announced, in ms. */
  sweepEvery?: number;
}

/** Finds due jobs that were not announced: left behind by another process, or due only now. */
const SWEEP_MS = 5_000;
const STEP_LIMIT_MS = 120_000;
const STOP_MS = 4_000;

/**
 * Runs jobs of all lanes. Any number of processes may do so at once: each step runs once, each effect at least once.
 */
export function startJobs(options: Options): JobRunner {
  const { handlers, onError } = options;
  const cut = new AbortController();
  const open = openLanes(options, cut.signal);
  const wake = () => {
    if (!cut.signal.aborted) Promise.all(open.map((lane) => lane.fill())).catch(onError);
  };
  const sweep = setInterval(wake, options.sweepEvery ?? SWEEP_MS);
  sweep.unref();
  return {
    kinds: Object.keys(handlers),
    handlerOf: ({ kind }) => (Object.hasOwn(handlers, kind) ? handlers[kind] : undefined),
    wake,
    async runDue() {
      await Promise.all(open.map((lane) => lane.drained()));
    },
    async stop() {
      clearInterval(sweep);
      const patience = setTimeout(() => cut.abort(new Stopping()), options.patience ?? STOP_MS);
      await Promise.all(open.map((lane) => lane.stop()));
      clearTimeout(patience);
      cut.abort(new Stopping());
    },
  };
}

function openLanes(options: Options, cut: AbortSignal): Lane[] {
  const { handlers, stepLimit = STEP_LIMIT_MS, kinds = jobKinds, ...parts } = options;
  return Object.entries(options.lanes ?? lanes).flatMap(([name, sizes]) => {
    const own = Object.keys(handlers).filter((kind) => kinds[kind as keyof typeof kinds]?.lane === name);
    if (own.length === 0) return [];
    const lease = Math.max(...own.map((kind) => leaseOf(handlers[kind] as JobHandler)));
    const work = (workspaceId: string, job: Job) =>
      attempt(workspaceId, job, handlers[job.kind] as JobHandler, { ...parts, cut, stepLimit });
    return [openLane({ ...parts, ...sizes, kinds: own, lease, work })];
  });
}
