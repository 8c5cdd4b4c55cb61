import { pause } from '../time/wait.ts';
import type { Database } from './database.ts';
import type { Tx } from './transaction.ts';

/** Works off, soon after the commits that filled it, a queue that is kept in the database. */
export interface Drain {
  /** Call after commits that added to the queue. */
  wake(): void;
  /** Works off everything that waits and resolves once the queue is empty. For tests and shutdown. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

export interface DrainOptions {
  /** Delay before it begins, in ms, so that a burst of commits is handled together. */
  delay?: number;
  /** Interval for finding entries left by other processes, in ms. */
  interval?: number;
  /** Whether to leave the queue as it is for now. */
  isPaused(): boolean;
  /** For long work: to stop does not wait until the queues are empty, and the next start goes on. */
  leavesOff?: boolean;
  onError(error: unknown): void;
}

/** Entries of some kind that wait to be worked off. */
export interface Queue {
  /** The workspaces that something waits for; runs outside any workspace. */
  workspaces(tx: Tx): Promise<string[]>;
  /** Works off some entries of one workspace in a transaction; false once there are no more. */
  step(tx: Tx): Promise<boolean>;
}

/** Starts to work queues off, by turns. Any number of processes may each run one. */
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
