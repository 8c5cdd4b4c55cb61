import type { Database } from '../../platform/database/database.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { pause } from '../../platform/time/wait.ts';
import { figureNext, workspacesToFigure } from '../figures/basis-store.ts';
import { writeFigures } from '../figures/figures-store.ts';
import { holdIndex, indexWaiting, workspacesToIndex } from './index-store.ts';

export interface Indexer {
  /** Call after storing leads, to have them indexed soon. */
  wake(): void;
  /** Indexes everything in the queue, brings all figures up to date and resolves then. For tests and shutdown. */
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

/** Leads indexed by one transaction. Kept small: a long statement would delay the commits of new leads on the same cores. */
const BATCH = 200;

/**
 * Keeps search texts, counters and figures up to date after commits. Any number of processes may each run one. Figures
 * whose basis changed, or that a database of an older version lacks, are made by and by.
 */
export function startIndexer(
  database: Database,
  { delay = 200, interval = 5_000, isPaused, onError }: Options,
): Indexer {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const inSteps = async (workspaces: readonly string[], step: (tx: Tx) => Promise<boolean>, isLong = false) => {
    for (const workspaceId of workspaces) {
      let began = performance.now();
      while (!isPaused() && !(isLong && stopped) && (await database.tx(workspaceId, step, { retry: true }))) {
        // Leave half of the time to requests.
        await pause(performance.now() - began);
        began = performance.now();
      }
    }
  };
  const index = oneAtATime(async () => inSteps(await database.global(workspacesToIndex), indexSome));
  // Apart from the queue, which must not wait until all leads of a large workspace are figured.
  const figure = oneAtATime(async () => inSteps(await database.global(workspacesToFigure), figureSome, true));
  const soon = (ms: number) => {
    if (timer || stopped) return;
    timer = setTimeout(() => {
      timer = undefined;
      index.run().catch(onError);
    }, ms);
    timer.unref();
  };
  const sweep = setInterval(() => {
    soon(0);
    figure.run().catch(onError);
  }, interval);
  sweep.unref();

  return {
    wake: () => soon(delay),
    run: () => index.run().then(figure.run),
    async stop() {
      stopped = true;
      clearInterval(sweep);
      clearTimeout(timer);
      await Promise.all([index.ended(), figure.ended()]).catch(onError);
    },
  };
}

/** Work that is joined while it is at work, rather than begun once more. */
function oneAtATime(work: () => Promise<void>): { run(): Promise<void>; ended(): Promise<void> } {
  let running: Promise<void> | undefined;
  const run = () => {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
  return { run, ended: async () => running };
}

/** Indexes the next leads of the queue. Returns whether there were any. */
async function indexSome(tx: Tx): Promise<boolean> {
  await holdIndex(tx);
  const ids = await indexWaiting(tx, BATCH);
  if (ids && ids.length > 0) await writeFigures(tx, ids);
  return ids !== undefined;
}

/** Figures the next leads of all. Returns whether there may be more. */
async function figureSome(tx: Tx): Promise<boolean> {
  await holdIndex(tx);
  return !(await figureNext(tx, BATCH));
}
