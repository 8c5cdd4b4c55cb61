import { allow } from '../intake/allow.ts';
import type { UpdateLead } from '../intake/command.ts';
import type { CommandContext } from '../intake/commands/performer.ts';
import { performers } from '../intake/commands/performers.ts';
import type { JobHandler, Step } from '../jobs/job-handler.ts';
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

/** Restores the previous values of the next leads that the requester sees now. A lead that has been changed again since is left as it is. */
export const undoHandler: JobHandler = {
  policy: 'work leads',
  async step(tx, job, { caller, referenceData, now }): Promise<Step> {
    const changes = await takeChanges(tx, String(job.params['job_id']), PER_STEP, caller.visibility);
    if (changes.length === 0) return { done: 0, total: job.done, finished: true };
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

async function takeBack(tx: Tx, change: JobChange, context: CommandContext): Promise<Failure | undefined> {
  const lead = await getLead(tx, change.lead_id, true);
  if (!lead) return { id: change.lead_id, name: '', reason: 'The lead no longer exists.' };
  const failed = (reason: string): Failure => ({ id: lead.id, name: nameOf(lead), reason });
  if (!hasStill(lead, change.after)) return failed('It was changed since.');
  const start = await tx.savepoint();
  try {
    const command = allow(commandOf(change), context.caller);
    const done = isProblem(command) ? command : await performers.updateLead(tx, command, context);
    return isProblem(done) ? failed(sentenceOf(done)) : undefined;
  } catch (error) {
    if (!hasCode(error, '23503')) throw error;
    await start.undo();
    return failed('What it had is gone.');
  }
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
