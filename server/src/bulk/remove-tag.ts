import type { FastifyRequest } from 'fastify';
import { actorIn, contextOf } from '../http/request-context.ts';
import { enqueueFor } from '../jobs/enqueue-for.ts';
import type { JobHandler } from '../jobs/job-handler.ts';
import type { Job } from '../jobs/job-store.ts';
import { changeTags } from '../leads/lead-tags.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { removeItem } from '../workspaces/reference/reference-item-store.ts';
import { countLeadsOfTag, leadsOfTag } from '../workspaces/reference/usage-store.ts';
import { changeLead, type MoveContext, type ReferenceJobParts, referenceJob } from './reference-job.ts';
import { MOVED_AT_ONCE } from './remove-status.ts';

/** Job kind: remove a tag from all its leads, then delete it. */
export const REMOVE_TAG_JOB = 'remove-tag';

const PER_STEP = 100;
const table = { name: 'reference_items', kind: 'tag', ordered: false } as const;

/**
 * Deletes a tag after removing it from all its leads, whether or not the caller may see them. Starts a job if there
 * are many.
 */
export async function removeTag(tx: Tx, request: FastifyRequest, id: string): Promise<Job | undefined> {
  const { referenceData, at: now } = contextOf(request);
  const total = await countLeadsOfTag(tx, id);
  if (total > MOVED_AT_ONCE) return enqueueFor(tx, request, { kind: REMOVE_TAG_JOB, params: { tag_id: id }, total });
  await takeOffSome(tx, id, MOVED_AT_ONCE + 1, { actor: actorIn(request), now, referenceData });
  return undefined;
}

/** Removes the tag from up to `limit` leads, and deletes it after the last one. */
async function takeOffSome(
  tx: Tx,
  id: string,
  limit: number,
  context: MoveContext,
): Promise<{ done: number; finished: boolean }> {
  const ids = await leadsOfTag(tx, id, limit);
  for (const leadId of ids) await takeOff(tx, leadId, id, context);
  if (ids.length < limit) await removeItem(tx, table, id);
  return { done: ids.length, finished: ids.length < limit };
}

function takeOff(tx: Tx, leadId: string, tagId: string, context: MoveContext): Promise<void> {
  const reason = `The tag ${context.referenceData.get('tag', tagId)?.name ?? ''} was deleted.`;
  return changeLead(tx, leadId, context, reason, (lead) => {
    const change = changeTags(lead, { remove: [tagId] });
    return change ? [change] : [];
  });
}

/** Removes the tag from some leads per step. */
export function removeTagHandler(parts: ReferenceJobParts): JobHandler {
  return referenceJob<{ tag_id: string }>(parts, (tx, { tag_id }, context) =>
    takeOffSome(tx, tag_id, PER_STEP, context),
  );
}
