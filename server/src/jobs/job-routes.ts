import type { FastifyRequest } from 'fastify';
import { idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { oneId, replies, writeReplies } from '../api/replies.ts';
import { changing, inWorkspace, memberIn, visitorOf } from '../api/visitor.ts';
import { listOf, pageQuery, readPage } from '../platform/http/list.ts';
import { notFound, Refused } from '../platform/http/refused.ts';
import { memberMay } from '../platform/http/route-policy.ts';
import { closed } from '../platform/http/shapes.ts';
import { cancelJob, getJob, type Job, listJobs } from './job-store.ts';
import { jobView, viewJob } from './job-view.ts';

const tags = ['Jobs'];

/** `/v1/jobs`: long work, its progress and its end. */
export function jobRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/jobs',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'List jobs',
        description: 'Newest first. Members see their own, managers see all.',
        tags,
        querystring: closed(pageQuery),
        response: replies({ 200: listOf(jobView.ref, 'Jobs, newest first.') }),
      },
    },
    (request) => {
      const memberId = onlyOwn(request);
      return readPage(
        request.query,
        (limit, after) =>
          inWorkspace(parts, request, (tx) =>
            listJobs(tx, limit, { ...(after && { after }), ...(memberId && { memberId }) }),
          ),
        viewJob,
      );
    },
  );
  scope.get(
    '/jobs/:id',
    {
      config: { policy: 'read leads' },
      schema: { summary: 'Read a job', tags, params: oneId, response: replies({ 200: jobView.ref }, [404]) },
    },
    async (request) => viewJob(await find(parts, request, request.params.id)),
  );
  scope.post(
    '/jobs/:id/cancel',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Cancel a job',
        description: 'What was done stays.',
        tags,
        params: oneId,
        response: writeReplies({ 200: jobView.ref }, [404, 409]),
      },
    },
    async (request) => {
      const { id } = await find(parts, request, request.params.id);
      const { at } = visitorOf(request);
      if (!(await changing(parts, request, (tx) => cancelJob(tx, id, at))))
        throw new Refused({ kind: 'own_conflict', code: 'job_ended', detail: 'This job has ended.' });
      return viewJob(await find(parts, request, id));
    },
  );
}

/** The member whose jobs alone may be seen; undefined when all may. */
function onlyOwn(request: FastifyRequest): string | undefined {
  const member = memberIn(request);
  return member && !memberMay(member.role, 'supervise agents') ? member.id : undefined;
}

async function find(parts: ApiParts, request: FastifyRequest, text: string): Promise<Job> {
  const id = idOrNotFound('job', text);
  const job = await inWorkspace(parts, request, (tx) => getJob(tx, id));
  const own = onlyOwn(request);
  if (!job || (own && job.member_id !== own)) throw notFound();
  return job;
}
