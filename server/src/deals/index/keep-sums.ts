import { addLeadChanges } from '../../leads/sums/lead-sum-store.ts';
import type { Queue } from '../../platform/database/drain.ts';
import { lockInWorkspace } from '../../platform/database/workspace-lock-store.ts';
import { indexDeals, workspacesToSum } from './deal-index-store.ts';

/** Numbers of queued leads whose deals are indexed in one step, and of lead changes that are added up in one step. */
const LEADS = 100;
const CHANGES = 1_000;

/** The queue of changes since the index of deals and the sums of deals and leads were last brought up to date. */
export const sumsToKeep: Queue = {
  workspaces: workspacesToSum,
  async step(tx) {
    // Changes taken by two processes at once would be counted twice.
    await lockInWorkspace(tx, 'sums');
    const deals = await indexDeals(tx, LEADS);
    const changes = await addLeadChanges(tx, CHANGES);
    return deals === LEADS || changes === CHANGES;
  },
};
