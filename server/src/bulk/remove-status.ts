import type { JobHandler } from '../jobs/job-runner.ts';
import { moveToStatus } from '../leads/lead-status.ts';
import { getLead } from '../leads/lead-store.ts';
import { saveLeadChange } from '../leads/save-lead-change.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { removeItem } from '../workspaces/reference/reference-item-store.ts';
import { leadsOfStatus, replaceStatus } from '../workspaces/reference/usage-store.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';

/** The kind of a job that gives the leads of one status another, and takes the empty one away. */
export const REMOVE_STATUS_JOB = 'remove-status';

/** So many leads are moved while the asker waits; more are a job. */
export const MOVED_AT_ONCE = 200;
const PER_STEP = 100;

/** Which status goes, and which one its leads get. */
export interface StatusMove {
  from: string;
  to: string;
}

interface CommandContext {
  actor: string;
  now: Date;
  referenceData: ReferenceData;
}

/** Moves some leads; with the last of them the status goes too. Answers which leads were moved, and whether it is gone. */
export async function moveSome(
  tx: Tx,
  move: StatusMove,
  limit: number,
  context: CommandContext,
): Promise<{ moved: string[]; gone: boolean }> {
  const ids = await leadsOfStatus(tx, move.from, limit);
  for (const id of ids) await moveOne(tx, id, move, context);
  if (ids.length === limit) return { moved: ids, gone: false };
  await replaceStatus(tx, move.from, move.to);
  await removeItem(tx, { name: 'statuses', ordered: true }, move.from);
  return { moved: ids, gone: true };
}

/** Nobody is asked for a lost reason, nor for what the lead's type demands: there is nobody to answer for each lead. */
async function moveOne(tx: Tx, id: string, { from, to }: StatusMove, { actor, now, referenceData }: CommandContext) {
  const lead = await getLead(tx, id, true);
  if (lead?.status_id !== from) return;
  const before = structuredClone(lead);
  await saveLeadChange(tx, {
    before,
    lead,
    changes: moveToStatus(lead, { status_id: to }, referenceData),
    actor,
    reason: `The status ${referenceData.get('status', from)?.name ?? ''} was removed.`,
    detail: { dialect: 'native' },
    referenceData,
    at: now,
  });
}

interface Parts {
  referenceCache: { get(workspaceId: string): Promise<ReferenceData> };
  /** Tells every process that the reference data changed. */
  changed(workspaceId: string): Promise<void>;
}

/** Moves some leads in each step. */
export function removeStatusHandler(parts: Parts): JobHandler {
  return async (tx, job, now) => {
    const workspaceId = tx.workspaceId ?? '';
    if (job.progress['gone'] === true) {
      await parts.changed(workspaceId);
      return { done: 0, finished: true };
    }
    const move = job.params as unknown as StatusMove;
    const referenceData = await parts.referenceCache.get(workspaceId);
    const { moved, gone } = await moveSome(tx, move, PER_STEP, { actor: job.actor, now, referenceData });
    // The news of the change are told by the step after, once this one is committed.
    return { done: moved.length, progress: { gone }, finished: false };
  };
}
