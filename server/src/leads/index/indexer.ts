import type { Database } from '../../platform/database/database.ts';
import { pause } from '../../platform/time/wait.ts';
import { indexWaiting, workspacesToIndex } from './index-store.ts';

export interface Indexer {
  /** Something was stored: index it soon. */
  wake(): void;
  /** Indexes everything that waits; resolves when nothing is left. For tests and for the end. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  /** Lets a burst of arrivals gather, in ms. */
  delay?: number;
  /** Finds what other processes left, in ms. */
  interval?: number;
  onError(error: unknown): void;
}

/** Few at a time: a long statement would hold up the commits of new leads on the same cores. */
const BATCH = 8;

/** Keeps search texts and counters up behind the commits. Any number of processes may run one each. */
export function startIndexer(database: Database, { delay = 200, interval = 5_000, onError }: Options): Indexer {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  const indexAll = async () => {
    for (const workspaceId of await database.global(workspacesToIndex)) {
      let began = performance.now();
      while ((await database.tx(workspaceId, (tx) => indexWaiting(tx, BATCH), { retry: true })) === BATCH) {
        // Half of the time belongs to those who wait for an answer.
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
