import type { JobHandler, Step, StepContext } from '../jobs/job-handler.ts';
import type { Job } from '../jobs/job-store.ts';
import { moveToStatus } from '../leads/lead-status.ts';
import { getLead } from '../leads/lead-store.ts';
import { saveLeadChange } from '../leads/save-lead-change.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { leadsWithStaleReason } from '../workspaces/reference/usage-store.ts';

/** Job kind: clear the lost reasons of leads whose status no longer counts as lost. */
export const FORGET_REASONS_JOB = 'forget-lost-reasons';

const PER_STEP = 100;

/** Clears a batch of reasons per step; finishes when none remain or when the status counts as lost again. */
export const forgetReasons: JobHandler = { policy: null, step: forgetSome };

async function forgetSome(tx: Tx, { actor, params }: Job, { now: at, referenceData }: StepContext): Promise<Step> {
  const statusId = String(params['status_id']);
  const ids = await leadsWithStaleReason(tx, statusId, PER_STEP);
  let done = 0;
  for (const id of ids) {
    const lead = await getLead(tx, id, true);
    if (!lead || lead.status_id !== statusId) continue;
    const before = structuredClone(lead);
    const changes = moveToStatus(lead, { status_id: statusId }, referenceData);
    if (changes.length === 0) continue;
    const reason = `The status ${referenceData.get('status', statusId)?.name ?? ''} no longer means lost.`;
    await saveLeadChange(tx, { before, lead, changes, actor, reason, referenceData, at });
    done += 1;
  }
  return { done, finished: done === 0 };
}
