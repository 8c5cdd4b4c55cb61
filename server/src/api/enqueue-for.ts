import type { FastifyRequest } from 'fastify';
import { enqueue, type Job } from '../jobs/job-store.ts';
import type { Tx } from '../platform/transaction.ts';
import { actorIn, memberIn, visitorOf } from './visitor.ts';

/** Puts long work on the queue in the name of the visitor, in the transaction that decides on it. */
export function enqueueFor(tx: Tx, request: FastifyRequest, job: Pick<Job, 'kind' | 'params' | 'total'>): Promise<Job> {
  const who = { member_id: memberIn(request)?.id ?? null, actor: actorIn(request) };
  return enqueue(tx, { ...job, ...who }, visitorOf(request).at);
}
