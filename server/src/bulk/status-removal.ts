import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../http/api-context.ts';
import { idOf } from '../http/path-ids.ts';
import { Refused } from '../http/refused.ts';
import { actorIn, contextOf } from '../http/request-context.ts';
import { enqueueFor } from '../jobs/enqueue-for.ts';
import type { Job } from '../jobs/job-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { invalid } from '../platform/problem.ts';
import { countLeadsByItem, MOST_COUNTED } from '../workspaces/reference/usage-store.ts';
import { MOVED_AT_ONCE, moveSome, REMOVE_STATUS_JOB } from './remove-status.ts';

/** Deletes a status after moving its leads to another one; starts a job if there are many. */
export async function removeStatus(
  api: ApiContext,
  request: FastifyRequest,
  from: string,
  sent: string,
): Promise<Job | undefined> {
  const { caller, referenceData, at: now } = contextOf(request);
  const to = idOf('item', sent) ?? '';
  if (to === from || !referenceData.get('status', to))
    throw new Refused(invalid({ at: 'move_to', code: 'unknown_reference' }));
  const actor = actorIn(request);
  const move = { from, to };
  // Not limited by the caller's visibility, because leads that the caller may not see can have the status too.
  const work = async (tx: Tx) => {
    const leads = await leadsWith(tx, from);
    if (leads > MOVED_AT_ONCE) return enqueueFor(tx, request, { kind: REMOVE_STATUS_JOB, params: move, total: leads });
    await moveSome(tx, move, MOVED_AT_ONCE + 1, { actor, now, referenceData });
    return undefined;
  };
  return api.database.tx(caller.workspace_id, work, { retry: true });
}

/** Refuses to delete a status that is still in use, and reports how many leads have it. */
export async function refuseUsedStatus(api: ApiContext, request: FastifyRequest, id: string): Promise<never> {
  const leads = await api.database.tx(contextOf(request).caller.workspace_id, (tx) => leadsWith(tx, id));
  const many =
    leads >= MOST_COUNTED ? `${MOST_COUNTED} leads or more have` : leads === 1 ? '1 lead has' : `${leads} leads have`;
  const detail =
    leads === 0
      ? 'A lead type or a call outcome uses this status. Name a replacement in move_to.'
      : `${many} this status. Name a replacement in move_to.`;
  throw new Refused({ kind: 'own_conflict', code: 'in_use', detail });
}

async function leadsWith(tx: Tx, statusId: string): Promise<number> {
  const uses = await countLeadsByItem(tx, { name: 'statuses' });
  return uses?.find(({ id }) => id === statusId)?.leads ?? 0;
}
