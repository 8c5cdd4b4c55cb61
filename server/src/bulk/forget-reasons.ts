import type { JobHandler } from '../jobs/job-runner.ts';
import { moveToStatus } from '../leads/lead-status.ts';
import { getLead } from '../leads/lead-store.ts';
import { saveLeadChange } from '../leads/save-lead-change.ts';
import { leadsWithStaleReason } from '../workspaces/reference/usage-store.ts';
import { loadReferenceData } from '../workspaces/reference-cache-store.ts';

/** Job kind: clear the lost reasons of leads whose status no longer counts as lost. */
export const FORGET_REASONS_JOB = 'forget-lost-reasons';

const PER_STEP = 100;

/** Clears a batch of reasons per step; finishes when none remain or when the status counts as lost again. */
export const forgetReasons: JobHandler = async (tx, { actor, params }, at) => {
  const statusId = String(params['status_id']);
  const referenceData = await loadReferenceData(tx);
  const ids = await leadsWithStaleReason(tx, statusId, PER_STEP);
  let done = 0;
  for (const id of ids) {
    const lead = await getLead(tx, id, true);
    if (!lead || !referenceData || lead.status_id !== statusId) continue;
    const before = structuredClone(lead);
    const changes = moveToStatus(lead, { status_id: statusId }, referenceData);
    if (changes.length === 0) continue;
    const reason = `The status ${referenceData.get('status', statusId)?.name ?? ''} does not mean lost any more.`;
    await saveLeadChange(tx, { before, lead, changes, actor, reason, referenceData, at });
    done += 1;
  }
  return { done, finished: done === 0 };
};
