import { cancelCall, getCall } from '../calls/call-store.ts';
import { callCancelled } from '../calls/call-view.ts';
import { announce } from '../events/event-store.ts';
import { allow } from '../intake/allow.ts';
import type { UpdateLead } from '../intake/command.ts';
import type { CommandContext } from '../intake/commands/performer.ts';
import { performers } from '../intake/commands/performers.ts';
import type { JobHandler, Step, StepContext } from '../jobs/job-handler.ts';
import type { Job } from '../jobs/job-store.ts';
import { listBin } from '../leads/bin/bin-store.ts';
import { restoreLead } from '../leads/bin/restore-lead.ts';
import type { Lead } from '../leads/lead.ts';
import { nameOf } from '../leads/lead-name.ts';
import { getLead } from '../leads/lead-store.ts';
import { hasCode } from '../platform/database/database-errors.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { isProblem } from '../platform/problem.ts';
import { addUp, type Failure } from './bulk-result.ts';
import { type JobChange, takeChanges } from './bulk-store.ts';
import { hasStill, sentenceOf } from './change-one.ts';

/** Job kind: undo a bulk change. */
export const UNDO_JOB = 'undo-change';

const PER_STEP = 100;

/**
 * Restores the previous values of the next leads that the requester may see now. A lead that has been changed since is
 * left as it is.
 */
export const undoHandler: JobHandler = {
  policy: (job) => (restores(job) ? 'delete leads' : 'work leads'),
  async step(tx, job, { caller, referenceData, now }): Promise<Step> {
    const jobId = String(job.params['job_id']);
    const changes = await takeChanges(tx, jobId, PER_STEP, caller.visibility);
    if (changes.length === 0)
      return restores(job)
        ? restoreDeleted(tx, job, { jobId, caller, referenceData, now })
        : { done: 0, total: job.done, finished: true };
    const context = { caller, submissionId: null, referenceData, actor: job.actor, now };
    const failures: Failure[] = [];
    for (const change of changes) {
      const failure = await takeBack(tx, change, context);
      if (failure) failures.push(failure);
    }
    const changed = changes.length - failures.length;
    return {
      done: changes.length,
      failed: failures.length,
      result: addUp(job, { changed, unchanged: 0, failures, undoable: false }),
      finished: false,
    };
  },
};

/** Whether the job may have to restore deleted leads, which not everybody who may change leads is allowed to do. */
function restores({ params }: Job): boolean {
  return params['restores'] === true;
}

/** Restores the next leads that the job moved to the bin. */
async function restoreDeleted(
  tx: Tx,
  job: Job,
  { jobId, caller, referenceData, now }: StepContext & { jobId: string },
): Promise<Step> {
  const { visibility } = caller;
  const leads = await listBin(tx, PER_STEP, { jobId, visibility });
  if (leads.length === 0) return { done: 0, total: job.done, finished: true };
  for (const { lead_id } of leads) await restoreLead(tx, lead_id, { actor: job.actor, visibility, referenceData, now });
  const result = addUp(job, { changed: leads.length, unchanged: 0, failures: [], undoable: false });
  return { done: leads.length, result, finished: false };
}

async function takeBack(tx: Tx, change: JobChange, context: CommandContext): Promise<Failure | undefined> {
  const lead = await getLead(tx, change.lead_id, true);
  if (!lead) return { id: change.lead_id, name: '', reason: 'The lead no longer exists.' };
  const failed = (reason: string): Failure => ({ id: lead.id, name: nameOf(lead), reason });
  if (change.after.call_id) return cancelPlanned(tx, change.after.call_id, lead, context);
  if (!hasStill(lead, change.after)) return failed('It has been changed since.');
  const start = await tx.savepoint();
  try {
    const command = allow(commandOf(change), context.caller);
    const done = isProblem(command) ? command : await performers.updateLead(tx, command, context);
    return isProblem(done) ? failed(sentenceOf(done)) : undefined;
  } catch (error) {
    if (!hasCode(error, '23503')) throw error;
    await start.undo();
    return failed('A value that it had before no longer exists.');
  }
}

/** Cancels a call that the job planned, unless somebody has claimed or attempted it in the meantime. */
async function cancelPlanned(
  tx: Tx,
  callId: string,
  lead: Lead,
  { now }: CommandContext,
): Promise<Failure | undefined> {
  const call = await getCall(tx, callId, true);
  if (call?.state !== 'pending' || call.attempts > 0)
    return { id: lead.id, name: nameOf(lead), reason: 'Someone has claimed or made the call since.' };
  await cancelCall(tx, callId, now);
  await announce(tx, callCancelled({ id: callId, lead_id: lead.id }, now));
  return undefined;
}

function commandOf({ lead_id, before }: JobChange): UpdateLead {
  const { status_id, source_id, tag_ids, ...references } = before;
  return {
    kind: 'updateLead',
    lead: { by: 'id', id: lead_id },
    draft: {
      values: {},
      references,
      ...(status_id && { status: { id: status_id } }),
      ...(tag_ids !== undefined && { tags: { set: tag_ids ?? [] } }),
      ...(source_id !== undefined && { source: source_id === null ? null : { id: source_id } }),
    },
    origin: {},
  };
}
