import { findLead } from '../intake/commands/find-lead.ts';
import type { JobHandler, Step, StepContext } from '../jobs/job-handler.ts';
import type { Job } from '../jobs/job-store.ts';
import { countBinned } from '../leads/bin/bin-store.ts';
import type { Lead } from '../leads/lead.ts';
import { nameOf } from '../leads/lead-name.ts';
import { listFilter } from '../leads/list/lead-filters.ts';
import { listLeads } from '../leads/list/lead-list.ts';
import type { LeadQuestion, Position } from '../leads/list/lead-list-plan.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { asSeenBy } from '../workspaces/access/visibility-store.ts';
import type { BulkOrder } from './bulk-order.ts';
import { addUp, type Failure } from './bulk-result.ts';
import { type JobChange, keepChanges } from './bulk-store.ts';
import { changeOne } from './change-one.ts';

/** Job kind: apply one action to many leads. */
export const BULK_JOB = 'change-leads';

const PER_STEP = 100;

interface Progress {
  after?: Position;
  isLast?: boolean;
}

const orderOf = (job: Job) => job.params as unknown as BulkOrder;

/**
 * Applies the action to the next page of leads visible to the requester, newest first. The changes and the position for
 * the next step are committed together, so no lead is processed twice.
 */
export const bulkHandler: JobHandler = {
  policy: (job) => (orderOf(job).action.kind === 'delete' ? 'delete leads' : 'work leads'),
  async step(tx, job, context): Promise<Step> {
    const { after, isLast } = job.progress as Progress;
    if (isLast) return { done: 0, total: job.done, finished: true };
    const page = await nextLeads(tx, job, context, after);
    const { changes, failures, gone } = await changeAll(tx, job, page.leads, context);
    await keepChanges(tx, job.id, changes);
    const { action } = orderOf(job);
    const done = page.leads.length - gone;
    const changed = action.kind === 'delete' ? done - failures.length : changes.length;
    const isKept = async () => action.kind === 'delete' && (await countBinned(tx, { jobId: job.id })) > 0;
    const undoable = job.result['undoable'] === true || changes.length > 0 || (await isKept());
    return {
      done,
      failed: failures.length,
      total: Math.max(job.total, job.done + done),
      progress: page.next ? { after: page.next } : { isLast: true },
      result: addUp(job, { changed, unchanged: done - changed - failures.length, failures, undoable }),
      finished: false,
    };
  },
};

/** Reads the next page of leads that the requester may see now. */
async function nextLeads(tx: Tx, job: Job, context: StepContext, after: Position | undefined) {
  const question = questionOf(job, context);
  if (!question) return { leads: [], next: undefined };
  return asSeenBy(tx, question.visibility, () => listLeads(tx, { ...question, limit: PER_STEP, after }));
}

function questionOf(job: Job, { caller, referenceData }: StepContext): LeadQuestion | undefined {
  const { ids, filter: query } = orderOf(job);
  const filterContext = {
    referenceData,
    region: referenceData.workspace.region,
    now: job.created_at,
    memberId: caller.member_id ?? undefined,
  };
  const found = ids ? { ids } : listFilter(query ?? {}, filterContext);
  // Leads created after the job started are not included.
  const created_to = new Date(Math.min(job.created_at.getTime() + 1, found?.created_to?.getTime() ?? Infinity));
  return found && { filter: { ...found, created_to }, order: 'newest', visibility: caller.visibility };
}

/**
 * Changes these leads. `gone` counts those that were deleted, or that the requester may no longer see, since the page
 * was read.
 */
async function changeAll(
  tx: Tx,
  job: Job,
  leads: readonly Lead[],
  { caller, referenceData, now }: StepContext,
): Promise<{ changes: JobChange[]; failures: Failure[]; gone: number }> {
  const changes: JobChange[] = [];
  const failures: Failure[] = [];
  let gone = 0;
  const { action } = orderOf(job);
  const agent = referenceData.get('member', job.member_id)?.name ?? job.actor;
  const { visibility } = caller;
  const agentContext = { actor: job.actor, agent, memberId: job.member_id, visibility, referenceData, now };
  const context = { caller, submissionId: null, referenceData, actor: job.actor, now, jobId: job.id, agentContext };
  for (const { id } of leads) {
    const lead = await findLead(tx, { by: 'id', id }, context, true);
    if (!lead) {
      gone += 1;
      continue;
    }
    const outcome = await changeOne(tx, lead, action, context);
    if ('reason' in outcome) failures.push({ id, name: nameOf(lead), reason: outcome.reason });
    else if (outcome.change) changes.push(outcome.change);
  }
  return { changes, failures, gone };
}
