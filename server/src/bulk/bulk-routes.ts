import type { FastifyRequest } from 'fastify';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound, Refused } from '../http/refused.ts';
import { actorIn, callerMay, contextOf, memberIn } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { startJob } from '../jobs/enqueue-for.ts';
import { getJob } from '../jobs/job-store.ts';
import { jobView } from '../jobs/job-view.ts';
import { countBinned } from '../leads/bin/bin-store.ts';
import { filterContextOf } from '../leads/list/filter-context.ts';
import { listFilter } from '../leads/list/lead-filters.ts';
import { countList } from '../leads/list/lead-list.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { isProblem } from '../platform/problem.ts';
import { audit } from '../workspaces/audit/audit-store.ts';
import { BULK_JOB } from './bulk-jobs.ts';
import { type BulkAction, type BulkOrder, readOrder } from './bulk-order.ts';
import { leadBulk } from './bulk-shapes.ts';
import { countChanges } from './bulk-store.ts';
import { UNDO_JOB } from './undo-jobs.ts';

const { writeRoute } = routesAbout('Leads');

/** `/v1/leads/bulk` applies one action to many leads; `/v1/jobs/{id}/undo` reverts it. */
export function bulkRoutes(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/leads/bulk',
    writeRoute('work leads', 'Change, call or delete many leads', {
      about:
        'Returns a job. It applies to those of the leads that you can see when it runs. Each lead is changed as if by its own request; leads that cannot be changed are reported with the reason.',
      body: leadBulk.ref,
      202: jobView.ref,
    }),
    async (request, reply) => {
      const order = readOrder(request.body, contextOf(request));
      if (isProblem(order)) throw new Refused(order);
      if (order.action.kind === 'delete' && !callerMay(request, 'delete leads'))
        throw new Refused({ kind: 'forbidden', detail: 'Only managers may delete leads in bulk.' });
      const job = await startJob(api, request, async (tx) => {
        const total = await countOf(tx, order, request);
        const detail = { what: whatIsDone(order.action), count: total };
        await audit(tx, { actor: actorIn(request), action: 'leads_changed', detail }, contextOf(request).at);
        return { kind: BULK_JOB, params: { ...order }, total };
      });
      return reply.code(202).send(job);
    },
  );
  scope.post(
    '/jobs/:id/undo',
    writeRoute('work leads', 'Undo the changes of a job', {
      about:
        'Returns a job. Leads that were changed again in the meantime are left alone; deleted leads are restored from the bin.',
      heading: 'Jobs',
      params: oneId,
      202: jobView.ref,
      or: [409],
    }),
    async (request, reply) => {
      const id = idOrNotFound('job', request.params.id);
      const job = await startJob(api, request, async (tx) => {
        await checkOwn(tx, id, request);
        const { visibility } = contextOf(request).caller;
        const binned = await countBinned(tx, { jobId: id, visibility });
        if (binned > 0 && !callerMay(request, 'delete leads'))
          throw new Refused({ kind: 'forbidden', detail: 'Only managers may restore deleted leads.' });
        const total = binned + (await countChanges(tx, id, visibility));
        if (total === 0)
          throw new Refused({ kind: 'own_conflict', code: 'job_ended', detail: 'There is nothing to undo.' });
        const detail = { what: 'undo a change of', count: total };
        await audit(tx, { actor: actorIn(request), action: 'leads_changed', detail }, contextOf(request).at);
        return { kind: UNDO_JOB, params: { job_id: id, restores: binned > 0 }, total };
      });
      return reply.code(202).send(job);
    },
  );
}

/** The action in words for the audit log, such as `change the status of`. */
function whatIsDone(action: BulkAction): string {
  if (action.kind === 'delete') return 'delete';
  if (action.kind === 'plan_call') return 'plan calls with';
  const names = Object.keys(action.change).map((name) => name.replaceAll('_', ' '));
  return `change the ${names.join(' and ')} of`;
}

async function countOf(tx: Tx, { ids, filter: query }: BulkOrder, request: FastifyRequest): Promise<number> {
  if (ids) return ids.length;
  const filter = listFilter(query ?? {}, filterContextOf(request));
  if (!filter) return 0;
  return (await countList(tx, { filter, order: 'newest', visibility: contextOf(request).visibility })).count;
}

/** Members may undo their own jobs; managers may also undo those of others. */
async function checkOwn(tx: Tx, id: string, request: FastifyRequest): Promise<void> {
  const job = await getJob(tx, id);
  const member = memberIn(request);
  const theirs = job && (!member || job.member_id === member.id || callerMay(request, 'supervise agents'));
  if (!job || !theirs || job.kind !== BULK_JOB) throw notFound();
  if (job.state === 'queued' || job.state === 'running')
    throw new Refused({ kind: 'own_conflict', code: 'in_use', detail: 'The job is still running. Cancel it first.' });
}
