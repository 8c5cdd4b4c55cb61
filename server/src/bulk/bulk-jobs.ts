import type { JobHandler, Step } from '../jobs/job-runner.ts';
import type { Job } from '../jobs/job-store.ts';
import type { Lead } from '../leads/lead.ts';
import { nameOf } from '../leads/lead-name.ts';
import { getLead } from '../leads/lead-store.ts';
import { listFilter } from '../leads/list/lead-filters.ts';
import { listLeads } from '../leads/list/lead-list.ts';
import type { LeadQuestion, Position } from '../leads/list/lead-list-plan.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Caller } from '../workspaces/access/caller.ts';
import { visibilityOf } from '../workspaces/access/visibility.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { BulkOrder } from './bulk-order.ts';
import { addUp, type Failure } from './bulk-result.ts';
import { countChanges, type JobChange, keepChanges, lookAs } from './bulk-store.ts';
import { changeOne } from './change-one.ts';

/** Job kind: apply one action to many leads. */
export const BULK_JOB = 'change-leads';

const PER_STEP = 100;
/** A job can be undone for at most this many leads. */
const MOST_UNDONE = 10_000;

/** Dependencies of the bulk job handlers. */
export interface BulkParts {
  referenceCache: { get(workspaceId: string): Promise<ReferenceData> };
  /** Builds the caller that the intake code sees for this job. */
  callerOf(job: Job, referenceData: ReferenceData): Caller;
}

interface Progress {
  after?: Position;
  isLast?: boolean;
}

/**
 * Applies the action to the next page of leads visible to the requester, newest first. The changes and the position for
 * the next step are committed together, so no lead is processed twice.
 */
export function bulkHandler(parts: BulkParts): JobHandler {
  return async (tx, job, now): Promise<Step> => {
    const workspaceId = tx.workspaceId ?? '';
    const { after, isLast } = job.progress as Progress;
    if (isLast) return { done: 0, total: job.done, finished: true };
    const referenceData = await parts.referenceCache.get(workspaceId);
    const page = await nextLeads(tx, job, referenceData, after);
    const { changes, failures } = await changeAll(
      tx,
      job,
      page.leads,
      parts.callerOf(job, referenceData),
      referenceData,
      now,
    );
    const room = Math.max(0, MOST_UNDONE - (await countChanges(tx, job.id)));
    await keepChanges(tx, job.id, changes.slice(0, room));
    const { action } = job.params as unknown as BulkOrder;
    const done = page.leads.length;
    const changed = action.kind === 'change' ? changes.length : done - failures.length;
    const undoable = action.kind === 'change' && (changes.length > 0 || job.result['undoable'] === true);
    return {
      done,
      failed: failures.length,
      total: Math.max(job.total, job.done + done),
      progress: page.next ? { after: page.next } : { isLast: true },
      result: addUp(job, { changed, unchanged: done - changed - failures.length, failures, undoable }),
      finished: false,
    };
  };
}

/** Reads the next page of leads with the requester's current visibility; empty once that member is gone. */
async function nextLeads(tx: Tx, job: Job, referenceData: ReferenceData, after: Position | undefined) {
  const question = questionOf(job, referenceData);
  if (!question) return { leads: [], next: undefined };
  await lookAs(tx, question.visibility);
  const page = await listLeads(tx, { ...question, limit: PER_STEP, after });
  await lookAs(tx, undefined);
  return page;
}

function questionOf(job: Job, referenceData: ReferenceData): LeadQuestion | undefined {
  const member = referenceData.get('member', job.member_id);
  if (job.member_id && !member?.active) return undefined;
  const { ids, filter: query } = job.params as unknown as BulkOrder;
  const filterContext = {
    referenceData,
    region: referenceData.workspace.region,
    now: job.created_at,
    memberId: member?.id,
  };
  const found = ids ? { ids } : listFilter(query ?? {}, filterContext);
  // Leads created after the job started are not included.
  const created_to = new Date(Math.min(job.created_at.getTime() + 1, found?.created_to?.getTime() ?? Infinity));
  return (
    found && {
      filter: { ...found, created_to },
      order: 'newest',
      visibility: member && visibilityOf(member, referenceData),
    }
  );
}

async function changeAll(
  tx: Tx,
  job: Job,
  leads: readonly Lead[],
  caller: Caller,
  referenceData: ReferenceData,
  now: Date,
) {
  const changes: JobChange[] = [];
  const failures: Failure[] = [];
  const { action } = job.params as unknown as BulkOrder;
  const agent = referenceData.get('member', job.member_id)?.name ?? job.actor;
  const agentContext = { actor: job.actor, agent, memberId: job.member_id, referenceData, now };
  const context = { caller, submissionId: null, referenceData, actor: job.actor, now, agentContext };
  for (const { id } of leads) {
    const lead = await getLead(tx, id, true);
    if (!lead) continue;
    const outcome = await changeOne(tx, lead, action, context);
    if ('reason' in outcome) failures.push({ id, name: nameOf(lead), reason: outcome.reason });
    else if (outcome.change) changes.push(outcome.change);
  }
  return { changes, failures };
}
