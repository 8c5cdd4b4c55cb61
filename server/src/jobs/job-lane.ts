import type { Database } from '../platform/database/database.ts';
import { claimJob, type Job, workspacesWithJobs } from './job-store.ts';

export interface LaneOptions {
  kinds: readonly string[];
  slots: number;
  /** Slots that one workspace may have at once. */
  perWorkspace: number;
  /** How long a claim lasts, in ms. */
  lease: number;
  database: Database;
  clock(): Date;
  /** Whether to start nothing for now. */
  isPaused(): boolean;
  onError(error: unknown): void;
  /** Works on a claimed job for a while; the job may need further turns. */
  work(workspaceId: string, job: Job): Promise<void>;
}

/** Runs the jobs of some kinds in this process. Workspaces take turns. */
export interface Lane {
  /** Fills the free slots with jobs that are due; rejects if the database does not answer. */
  fill(): Promise<void>;
  /** Resolves when no job is due or running. */
  drained(): Promise<void>;
  /** Starts nothing more; resolves when no job is running. */
  stop(): Promise<void>;
}

/** Opens a lane; nothing runs before it is filled. */
export function openLane({
  kinds,
  slots,
  perWorkspace,
  lease,
  database,
  clock,
  isPaused,
  onError,
  work,
}: LaneOptions): Lane {
  const atWork = new Set<Promise<void>>();
  /** How many jobs of each workspace are running. */
  const busy = new Map<string, number>();
  /** The number of each workspace's last turn; turns are numbered in order. */
  const turns = new Map<string, number>();
  let turn = 0;
  let filling: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const claimOf = async (workspaceId: string) => {
    const now = clock();
    const until = new Date(now.getTime() + lease);
    return database.tx(workspaceId, (tx) => claimJob(tx, kinds, { now, until }));
  };
  const begin = (workspaceId: string, job: Job) => {
    turns.set(workspaceId, ++turn);
    busy.set(workspaceId, (busy.get(workspaceId) ?? 0) + 1);
    const done = work(workspaceId, job)
      .catch(onError)
      .finally(() => {
        atWork.delete(done);
        const left = (busy.get(workspaceId) ?? 1) - 1;
        if (left > 0) busy.set(workspaceId, left);
        else busy.delete(workspaceId);
        fill().catch(onError);
      });
    atWork.add(done);
  };
  /** Starts the next job. Returns false if no job is due for which there is room. */
  const startOne = async () => {
    if (stopped || isPaused() || atWork.size >= slots) return false;
    const due = await database.global((tx) => workspacesWithJobs(tx, kinds, clock()));
    const next = due
      .filter((id) => (busy.get(id) ?? 0) < perWorkspace)
      .sort((one, other) => (turns.get(one) ?? 0) - (turns.get(other) ?? 0));
    for (const workspaceId of next) {
      const job = stopped ? undefined : await claimOf(workspaceId);
      if (job) begin(workspaceId, job);
      if (job) return true;
    }
    return false;
  };
  const fillAll = async () => {
    do {
      again = false;
      while (await startOne());
    } while (again && !stopped);
  };
  const fill = (): Promise<void> => {
    again = filling !== undefined;
    filling ??= fillAll().finally(() => {
      filling = undefined;
    });
    return filling;
  };
  return {
    fill,
    async drained() {
      for (;;) {
        await fill();
        if (atWork.size === 0) return;
        await Promise.race(atWork);
      }
    },
    async stop() {
      stopped = true;
      await filling?.catch(() => {});
      await Promise.all(atWork);
    },
  };
}
