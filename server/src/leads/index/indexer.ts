import type { Database } from '../../platform/database/database.ts';
import { type Drain, type DrainOptions, type Queue, startDrain } from '../../platform/database/drain.ts';
import { indexWaiting, workspacesToIndex } from './index-store.ts';

export type Indexer = Drain;

/** Kept small: a long statement would delay the commits of new leads on the same cores. */
const BATCH = 8;

const searchTexts: Queue = {
  workspaces: workspacesToIndex,
  step: async (tx) => (await indexWaiting(tx, BATCH)) === BATCH,
};

/**
 * Keeps search texts and counters up to date after commits, and what else is kept that way. Any number of processes may each
 * run one.
 */
export function startIndexer(database: Database, options: DrainOptions, besides: readonly Queue[] = []): Indexer {
  return startDrain(database, [searchTexts, ...besides], options);
}
