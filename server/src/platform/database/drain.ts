import { pause } from '../time/wait.ts';
import type { Database } from './database.ts';
import type { Tx } from './transaction.ts';

/** Works through queues stored in the database, soon after the commits that add to them. */
export interface Drain {
  /** Call after commits that added to the queue. */
  wake(): void;
  /** Works through the queues and resolves once they are empty. For tests and shutdown. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

export interface DrainOptions {
  /** Delay after `wake`, in ms, so that a burst of commits is handled together. */
  delay?: number;
  /** Interval for finding entries left by other processes, in ms. */
  interval?: number;
  /** Whether to leave the queues alone for now. */
  isPaused(): boolean;
  /** For long work: `stop` does not wait until the queues are empty; the next start continues. */
  leavesOff?: boolean;
  onError(error: unknown): void;
}

/** A queue of entries of one kind. */
export interface Queue {
  /** The workspaces with waiting entries; runs outside any workspace. */
  workspaces(tx: Tx): Promise<string[]>;
  /** Handles some entries of one workspace in a transaction; false once there are no more. */
  step(tx: Tx): Promise<boolean>;
}

/** Starts working through the queues in turn. Any number of processes may do so at once. */
export function startDrain(
  database: Database,
  queues: readonly Queue[],
  { delay = 200, interval = 5_000, isPaused, leavesOff, onError }: DrainOptions,
): Drain {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  const drainAll = async () => {
    const waiting = await Promise.all(queues.map(({ workspaces }) => database.global(workspaces)));
    let left = queues.flatMap(({ step }, at) => (waiting[at] ?? []).map((workspaceId) => ({ workspaceId, step })));
    while (left.length > 0 && !isPaused() && !(leavesOff && stopped)) {
      const began = performance.now();
      const more = [];
      for (const one of left) if (await database.tx(one.workspaceId, one.step, { retry: true })) more.push(one);
      left = more;
      // Leave half of the time to requests.
      if (left.length > 0) await pause(performance.now() - began);
    }
  };
  const run = (): Promise<void> => {
    running ??= drainAll().finally(() => {
      running = undefined;
    });
    return running;
  };
  const soon = (ms: number) => {
    if (timer || stopped) return;
    timer = setTimeout(() => {
      timer = undefined;
      run().catch(onError);
    }, ms);
    timer.unref();
  };
  const sweep = setInterval(() => soon(0), interval);
  sweep.unref();

  return {
    wake: () => soon(delay),
    run,
    async stop() {
      stopped = true;
      clearInterval(sweep);
      clearTimeout(timer);
      await running?.catch(onError);
    },
  };
}
