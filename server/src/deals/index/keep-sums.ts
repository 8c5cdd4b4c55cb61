import { addLeadChanges } from '../../leads/sums/lead-sum-store.ts';
import type { Queue } from '../../platform/database/drain.ts';
import { lockInWorkspace } from '../../platform/database/workspace-lock-store.ts';
import { indexDeals, workspacesToSum } from './deal-index-store.ts';

/** Leads whose deals are brought up to date together, and changes of leads that are added up together. */
const LEADS = 100;
const CHANGES = 1_000;

/** What changed since the index of deals and the sums of deals and leads were last brought up to date. */
export const sumsToKeep: Queue = {
  workspaces: workspacesToSum,
  async step(tx) {
    // The changes that two take at once would be counted twice.
    await lockInWorkspace(tx, 'sums');
    const deals = await indexDeals(tx, LEADS);
    const changes = await addLeadChanges(tx, CHANGES);
    return deals === LEADS || changes === CHANGES;
  },
};
