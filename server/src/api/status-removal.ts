import type { FastifyRequest } from 'fastify';
import type { Job } from '../jobs/job-store.ts';
import { Refused } from '../platform/http/refused.ts';
import { invalid } from '../platform/problem.ts';
import type { Tx } from '../platform/transaction.ts';
import { MOVED_AT_ONCE, moveSome, REMOVE_STATUS_JOB } from '../workspaces/reference/remove-status.ts';
import { countUses, MOST_COUNTED } from '../workspaces/reference/usage-store.ts';
import { enqueueFor } from './enqueue-for.ts';
import { idOf } from './ids.ts';
import type { ApiParts } from './parts.ts';
import { actorIn, visitorOf } from './visitor.ts';

/** Takes a status away after its leads got another one; a job when they are many. */
export async function removeStatus(
  parts: ApiParts,
  request: FastifyRequest,
  from: string,
  sent: string,
): Promise<Job | undefined> {
  const { caller, book, at: now } = visitorOf(request);
  const to = idOf('item', sent) ?? '';
  if (to === from || !book.get('status', to)) throw new Refused(invalid({ at: 'move_to', code: 'unknown_reference' }));
  const actor = actorIn(request);
  const move = { from, to };
  // Leads out of the asker's sight have the status too.
  const work = async (tx: Tx) => {
    const leads = await leadsWith(tx, from);
    if (leads > MOVED_AT_ONCE) return enqueueFor(tx, request, { kind: REMOVE_STATUS_JOB, params: move, total: leads });
    await moveSome(tx, move, MOVED_AT_ONCE + 1, { actor, now, book });
    return undefined;
  };
  const job = await parts.database.tx(caller.workspace_id, work, { retry: true });
  if (job) parts.jobs.wake();
  else parts.live.tell(caller.workspace_id, 'leads');
  return job;
}

/** Refuses to take away a status that leads have, and says how many they are. */
export async function refuseUsedStatus(parts: ApiParts, request: FastifyRequest, id: string): Promise<never> {
  const leads = await parts.database.tx(visitorOf(request).caller.workspace_id, (tx) => leadsWith(tx, id));
  const many =
    leads >= MOST_COUNTED ? `${MOST_COUNTED} leads or more have` : leads === 1 ? '1 lead has' : `${leads} leads have`;
  const detail =
    leads === 0
      ? 'A lead type or a call outcome uses it. Say with move_to which status takes its place.'
      : `${many} this status. Say with move_to which one they get.`;
  throw new Refused({ kind: 'own_conflict', code: 'in_use', detail });
}

async function leadsWith(tx: Tx, statusId: string): Promise<number> {
  const uses = await countUses(tx, { table: 'statuses' });
  return uses?.find(({ id }) => id === statusId)?.leads ?? 0;
}
