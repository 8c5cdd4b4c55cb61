import type { JobHandler } from '../jobs/job-handler.ts';
import type { FieldChange } from '../leads/activity-kinds.ts';
import type { Lead } from '../leads/lead.ts';
import { getLead } from '../leads/lead-store.ts';
import { saveLeadChange } from '../leads/save-lead-change.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';

/** What a job that changes reference data needs from the server. */
export interface ReferenceJobParts {
  /** Notifies every process that the reference data has changed. */
  changed(workspaceId: string): Promise<void>;
}

/** Who moves leads and when, with the reference data of that time. */
export interface MoveContext {
  actor: string;
  now: Date;
  referenceData: ReferenceData;
}

/**
 * A job that changes leads step by step and then removes the item that they had. `step` returns how many leads it
 * changed, and whether it has finished. One more step announces the new reference data after the last change has
 * been committed.
 */
export function referenceJob<Params>(
  { changed }: ReferenceJobParts,
  step: (tx: Tx, params: Params, context: MoveContext) => Promise<{ done: number; finished: boolean }>,
): JobHandler {
  return {
    policy: 'administer',
    async step(tx, job, { now, referenceData }) {
      if (job.progress['gone'] === true) {
        await changed(tx.workspaceId ?? '');
        return { done: 0, finished: true };
      }
      const context = { actor: job.actor, now, referenceData };
      const { done, finished } = await step(tx, job.params as unknown as Params, context);
      return { done, progress: { gone: finished }, finished: false };
    },
  };
}

/**
 * Changes a lead, whether or not anybody may see it. `change` changes the lead that it gets and returns the changes;
 * without any, nothing is stored.
 */
export async function changeLead(
  tx: Tx,
  id: string,
  { actor, now: at, referenceData }: MoveContext,
  reason: string,
  change: (lead: Lead) => readonly FieldChange[],
): Promise<void> {
  const lead = await getLead(tx, id, true);
  if (!lead) return;
  const before = structuredClone(lead);
  const changes = change(lead);
  if (changes.length === 0) return;
  await saveLeadChange(tx, { before, lead, changes, actor, reason, detail: { dialect: 'native' }, referenceData, at });
}
