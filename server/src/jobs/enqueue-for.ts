import type { FastifyRequest } from 'fastify';
import { actorIn, contextOf, memberIn } from '../http/request-context.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { enqueue, type Job } from './job-store.ts';

/** Enqueues a job on behalf of the caller, in the transaction that decides on it. */
export function enqueueFor(tx: Tx, request: FastifyRequest, job: Pick<Job, 'kind' | 'params' | 'total'>): Promise<Job> {
  const who = { member_id: memberIn(request)?.id ?? null, actor: actorIn(request) };
  return enqueue(tx, { ...job, ...who }, contextOf(request).at);
}
