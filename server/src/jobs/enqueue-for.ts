import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../http/api-context.ts';
import { actorIn, changing, contextOf, memberIn } from '../http/request-context.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { enqueue, type Job } from './job-store.ts';
import { viewJob } from './job-view.ts';

type NewJob = Pick<Job, 'kind' | 'params' | 'total'>;

/** Enqueues a job on behalf of the caller, in the transaction that decides on it. */
export function enqueueFor(tx: Tx, request: FastifyRequest, job: NewJob): Promise<Job> {
  const who = { member_id: memberIn(request)?.id ?? null, actor: actorIn(request) };
  return enqueue(tx, { ...job, ...who }, contextOf(request).at);
}

/** Starts the job that `decide` asks for, on behalf of the caller. Returns it as `/v1` shows it, for a 202. */
export async function startJob(
  api: Pick<ApiContext, 'database' | 'jobs'>,
  request: FastifyRequest,
  decide: (tx: Tx) => Promise<NewJob>,
) {
  const job = await changing(api, request, async (tx) => enqueueFor(tx, request, await decide(tx)));
  api.jobs.wake();
  return viewJob(job);
}
