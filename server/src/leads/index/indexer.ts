import type { Database } from '../../platform/database/database.ts';
import { pause } from '../../platform/time/wait.ts';
import { indexWaiting, workspacesToIndex } from './index-store.ts';

export interface Indexer {
  /** Call after storing leads, to have them indexed soon. */
  wake(): void;
  /** Indexes everything in the queue and resolves once it is empty. For tests and shutdown. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  /** Delay before indexing, in ms, so that a burst of new leads is handled together. */
  delay?: number;
  /** Interval for finding entries left by other processes, in ms. */
  interval?: number;
  /** Whether to leave the queue as it is for now. */
  isPaused(): boolean;
  onError(error: unknown): void;
}

/** Not one at a time, because a statement costs as much as its first dozen; not many, because commits of new leads wait for its core. */
const BATCH = 24;

/** Keeps search texts and counters up to date after commits. Any number of processes may each run one. */
export function startIndexer(
  database: Database,
  { delay = 200, interval = 5_000, isPaused, onError }: Options,
): Indexer {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  const indexAll = async () => {
    for (const workspaceId of await database.global(workspacesToIndex)) {
      let began = performance.now();
      while (
        !isPaused() &&
        (await database.tx(workspaceId, (tx) => indexWaiting(tx, BATCH), { retry: true })) === BATCH
      ) {
        // Leave half of the time to requests.
        await pause(performance.now() - began);
        began = performance.now();
      }
    }
  };
  const run = (): Promise<void> => {
    running ??= indexAll().finally(() => {
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
