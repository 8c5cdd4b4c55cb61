import { movedDeal } from '../deals/deal-changes.ts';
import { getDeal } from '../deals/deal-store.ts';
import { saveDealChange } from '../deals/save-deal-change.ts';
import type { JobHandler } from '../jobs/job-handler.ts';
import { moveToStatus } from '../leads/lead-status.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { NamedKind } from '../workspaces/reference/new-names.ts';
import { removeItem } from '../workspaces/reference/reference-item-store.ts';
import { leadsOfSource, takeWaitingDeals, takeWaitingLeads } from '../workspaces/reference/settle-name-store.ts';
import { changeLead, type MoveContext, type ReferenceJobParts, referenceJob } from './reference-job.ts';

/** Job kind: change leads after somebody decided what a name in their requests means. */
export const SETTLE_NAME_JOB = 'settle-name';

/** Leads changed in one step. */
const PER_STEP = 100;

/** What remains to be done after somebody decided on a name. */
export type Settling =
  /**
   * Leads or deals whose request contained the undecided name get the item, unless they have been given another since.
   */
  | { of: 'waiting'; name_id: string; kind: NamedKind; to: string; name: string }
  /** Leads with a source get another one or none; then the source is deleted. */
  | { of: 'source'; from: string; to: string | null; name: string };

/** Changes the next leads or deals. Returns how many, and whether all are done. */
async function settleSome(
  tx: Tx,
  settling: Settling,
  context: MoveContext,
): Promise<{ done: number; finished: boolean }> {
  if (settling.of === 'waiting' && settling.kind === 'deal_stage') {
    const deals = await takeWaitingDeals(tx, settling.name_id, PER_STEP);
    for (const { deal_id, instead } of deals) await moveDeal(tx, deal_id, { from: instead, to: settling.to }, context);
    return { done: deals.length, finished: deals.length < PER_STEP };
  }
  if (settling.of === 'waiting') {
    const leads = await takeWaitingLeads(tx, settling.name_id, PER_STEP);
    const field = settling.kind === 'source' ? 'source_id' : 'status_id';
    for (const { lead_id, instead } of leads)
      await replaceIn(tx, lead_id, { field, from: instead, to: settling.to }, settling.name, context);
    return { done: leads.length, finished: leads.length < PER_STEP };
  }
  const { from, to, name } = settling;
  const ids = await leadsOfSource(tx, from, PER_STEP);
  for (const id of ids) await replaceIn(tx, id, { field: 'source_id', from, to }, name, context);
  if (ids.length === PER_STEP) return { done: ids.length, finished: false };
  await removeItem(tx, { name: 'sources', ordered: false }, from);
  return { done: ids.length, finished: true };
}

/** Moves a deal to another stage, unless it has been moved already. */
async function moveDeal(tx: Tx, id: string, { from, to }: { from: string; to: string }, context: MoveContext) {
  const before = await getDeal(tx, id, true);
  if (!before || before.stage_id !== from || from === to) return;
  const { actor, now: at, referenceData } = context;
  const after = movedDeal(before, to, { referenceData, at });
  await saveDealChange(tx, { before, after }, { referenceData, actor, at });
}

interface Replacement {
  field: 'source_id' | 'status_id';
  from: string | null;
  to: string | null;
}

/** Replaces the source or status of a lead, unless it has been changed already. */
function replaceIn(tx: Tx, id: string, { field, from, to }: Replacement, name: string, context: MoveContext) {
  const reason = `The name “${name}” in its request was approved, merged or removed.`;
  return changeLead(tx, id, context, reason, (lead) => {
    if (lead[field] !== from || from === to) return [];
    if (field === 'status_id') return moveToStatus(lead, { status_id: to ?? '' }, context.referenceData);
    lead.source_id = to;
    return [{ field, from, to }];
  });
}

/** Changes some leads per step. */
export function settleNameHandler(parts: ReferenceJobParts): JobHandler {
  return referenceJob(parts, settleSome);
}
