import type { JobHandler } from '../jobs/job-handler.ts';
import { moveToStatus } from '../leads/lead-status.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { removeItem } from '../workspaces/reference/reference-item-store.ts';
import { leadsOfStatus, replaceStatus } from '../workspaces/reference/usage-store.ts';
import { changeLead, type MoveContext, type ReferenceJobParts, referenceJob } from './reference-job.ts';

/** Job kind: move all leads of one status to another, then delete the empty status. */
export const REMOVE_STATUS_JOB = 'remove-status';

/** Up to this many leads are moved within the request; beyond that a job is started. */
export const MOVED_AT_ONCE = 200;
const PER_STEP = 100;

/** Ids of the status to delete and of the one that replaces it. */
export interface StatusMove {
  from: string;
  to: string;
}

/**
 * Moves up to `limit` leads and deletes the status after the last one. Returns the ids of the moved leads, and whether
 * the status is deleted.
 */
export async function moveSome(
  tx: Tx,
  move: StatusMove,
  limit: number,
  context: MoveContext,
): Promise<{ moved: string[]; gone: boolean }> {
  const ids = await leadsOfStatus(tx, move.from, limit);
  for (const id of ids) await moveOne(tx, id, move, context);
  if (ids.length === limit) return { moved: ids, gone: false };
  await replaceStatus(tx, move.from, move.to);
  await removeItem(tx, { name: 'statuses', ordered: true }, move.from);
  return { moved: ids, gone: true };
}

/** Skips the checks for a lost reason and for the type's required fields, because nobody can supply them per lead. */
function moveOne(tx: Tx, id: string, { from, to }: StatusMove, context: MoveContext): Promise<void> {
  const { referenceData } = context;
  const reason = `The status ${referenceData.get('status', from)?.name ?? ''} was removed.`;
  return changeLead(tx, id, context, reason, (lead) =>
    lead.status_id === from ? moveToStatus(lead, { status_id: to }, referenceData) : [],
  );
}

/** Moves one batch of leads per step. */
export function removeStatusHandler(parts: ReferenceJobParts): JobHandler {
  return referenceJob<StatusMove>(parts, async (tx, move, context) => {
    const { moved, gone } = await moveSome(tx, move, PER_STEP, context);
    return { done: moved.length, finished: gone };
  });
}
