import type { FastifyRequest } from 'fastify';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, pageQuery, readPage } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound, Refused } from '../http/refused.ts';
import { oneId, replies, writeReplies } from '../http/replies.ts';
import { changing, contextOf, inWorkspace, memberIn } from '../http/request-context.ts';
import { closed } from '../http/shapes.ts';
import { memberMay } from '../workspaces/access/policies.ts';
import { cancelJob, getJob, type Job, listJobs } from './job-store.ts';
import { hideUnseen, jobView, viewJob } from './job-view.ts';

const tags = ['Jobs'];

/** `/v1/jobs`: long-running jobs, their progress and results. */
export function jobRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/jobs',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'List jobs',
        description: 'Newest first. Members see their own jobs, managers see all.',
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
          inWorkspace(api, request, async (tx) => {
            const jobs = await listJobs(tx, limit, { ...(after && { after }), ...(memberId && { memberId }) });
            return hideUnseen(tx, jobs, contextOf(request).visibility);
          }),
        viewJob,
      );
    },
  );
  scope.get(
    '/jobs/:id',
    {
      config: { policy: 'read leads' },
      schema: { summary: 'Get a job', tags, params: oneId, response: replies({ 200: jobView.ref }, [404]) },
    },
    async (request) => viewJob(await find(api, request, request.params.id)),
  );
  scope.post(
    '/jobs/:id/cancel',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Cancel a job',
        description: 'What has been done already stays.',
        tags,
        params: oneId,
        response: writeReplies({ 200: jobView.ref }, [404, 409]),
      },
    },
    async (request) => {
      const { id } = await find(api, request, request.params.id);
      const { at } = contextOf(request);
      if (!(await changing(api, request, (tx) => cancelJob(tx, id, at))))
        throw new Refused({ kind: 'own_conflict', code: 'job_ended', detail: 'This job has ended.' });
      return viewJob(await find(api, request, id));
    },
  );
}

/** Id of the member whose jobs alone are visible; undefined if all are. */
function onlyOwn(request: FastifyRequest): string | undefined {
  const member = memberIn(request);
  return member && !memberMay(member.role, 'supervise agents') ? member.id : undefined;
}

async function find(api: ApiContext, request: FastifyRequest, text: string): Promise<Job> {
  const id = idOrNotFound('job', text);
  const job = await inWorkspace(api, request, async (tx) => {
    const found = await getJob(tx, id);
    return found && (await hideUnseen(tx, [found], contextOf(request).visibility))[0];
  });
  const own = onlyOwn(request);
  if (!job || (own && job.member_id !== own)) throw notFound();
  return job;
}
