import type { JobHandler, Step } from '../jobs/job-runner.ts';
import type { Job } from '../jobs/job-store.ts';
import type { Lead } from '../leads/lead.ts';
import { nameOf } from '../leads/lead-name.ts';
import { getLead } from '../leads/lead-store.ts';
import { listFilter } from '../leads/list/lead-filter.ts';
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

/** The kind of a job that does one thing to many leads. */
export const BULK_JOB = 'change-leads';

const PER_STEP = 100;
/** Leads of which a job remembers what they were. */
const MOST_UNDONE = 10_000;

/** What bulk jobs need of the rest. */
export interface BulkParts {
  referenceCache: { get(workspaceId: string): Promise<ReferenceData> };
  /** Who a member, or nobody, is to intake. */
  callerOf(job: Job, referenceData: ReferenceData): Caller;
}

interface Progress {
  after?: Position;
  isLast?: boolean;
}

/**
 * Does one thing to the next leads, newest first, that the one who asked sees. The leads and the place where the next
 * step goes on are committed together, so nothing is done twice.
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

/** The leads that come next, as the one who asked sees them now; nobody's when they are gone. */
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
  // Leads that come while the job runs are not meant.
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
