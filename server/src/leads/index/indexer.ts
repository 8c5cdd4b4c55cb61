import type { Database } from '../../platform/database/database.ts';
import { type Drain, type DrainOptions, type Queue, startDrain } from '../../platform/database/drain.ts';
import { lockInWorkspace } from '../../platform/database/workspace-lock-store.ts';
import { figureNext, workspacesToFigure } from '../figures/basis-store.ts';
import { writeFigures } from '../figures/figures-store.ts';
import { indexWaiting, workspacesToIndex } from './index-store.ts';

export type Indexer = Drain;

/**
 * Leads indexed per transaction. Small, because a long statement would delay the commits of new
 * leads on the same cores.
 */
const BATCH = 200;

const changedLeads: Queue = {
  workspaces: workspacesToIndex,
  step: async (tx) => {
    // The lock prevents an older version of a lead from overwriting a newer one.
    await lockInWorkspace(tx, 'index');
    const ids = await indexWaiting(tx, BATCH);
    if (ids && ids.length > 0) await writeFigures(tx, ids);
    return ids !== undefined;
  },
};

/**
 * Leads whose figures are computed gradually, because the basis changed or an older database version had no figures.
 */
const unfiguredLeads: Queue = {
  workspaces: workspacesToFigure,
  step: async (tx) => {
    await lockInWorkspace(tx, 'index');
    return !(await figureNext(tx, BATCH));
  },
};

/**
 * Keeps search texts, counters and figures up to date after commits, and also works off the queues in `besides`:
 * those that commits wake, and those that may take long or can wait. Any number of processes may each run one.
 */
export function startIndexer(
  database: Database,
  options: DrainOptions,
  besides: { soon?: readonly Queue[]; later?: readonly Queue[] } = {},
): Indexer {
  const soon = startDrain(database, [changedLeads, ...(besides.soon ?? [])], options);
  // Runs separately, so that nothing has to wait until the figures of a large workspace are complete.
  const later = startDrain(database, [unfiguredLeads, ...(besides.later ?? [])], { ...options, leavesOff: true });
  return {
    wake: soon.wake,
    run: () => soon.run().then(later.run),
    async stop() {
      await Promise.all([soon.stop(), later.stop()]);
    },
  };
}
