import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../http/api-context.ts';
import { actorIn, changing, contextOf, memberIn } from '../http/request-context.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { enqueue, type Job, type NewJob } from './job-store.ts';
import { viewJob } from './job-view.ts';

type Order = Pick<NewJob, 'kind' | 'params' | 'total'>;

/** Enqueues a job on behalf of the caller, as part of the given transaction. */
export function enqueueFor(tx: Tx, request: FastifyRequest, job: Order): Promise<Job> {
  const who = { member_id: memberIn(request)?.id ?? null, actor: actorIn(request) };
  return enqueue(tx, { ...job, ...who }, contextOf(request).at);
}

/** Starts the job that `decide` returns, on behalf of the caller. Returns the job as `/v1` shows it, for a 202. */
export async function startJob(
  api: Pick<ApiContext, 'database'>,
  request: FastifyRequest,
  decide: (tx: Tx) => Promise<Order>,
) {
  const job = await changing(api, request, async (tx) => enqueueFor(tx, request, await decide(tx)));
  return viewJob(job, contextOf(request).referenceData);
}
