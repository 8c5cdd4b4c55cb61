import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, pageQuery, readPage } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound, Refused } from '../http/refused.ts';
import { callerMay, changing, contextOf, memberIn, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { closed, oneOf } from '../http/shapes.ts';
import { memberMay } from '../workspaces/access/policies.ts';
import { type JobHandler, policyOf } from './job-handler.ts';
import { kindsOfJobs } from './job-kinds.ts';
import { cancelJob, getJob, type Job, jobStates, listJobs, retryJob } from './job-store.ts';
import { hideUnseen, jobView, viewJob } from './job-view.ts';

const { route, writeRoute } = routesAbout('Jobs');

interface JobApi extends ApiContext {
  jobs: { handlerOf(job: Job): JobHandler | undefined };
}

/** `/v1/jobs`: long-running jobs, their progress and results. */
export function jobRoutes(scope: ApiScope, api: JobApi): void {
  scope.get(
    '/jobs',
    route('read leads', 'List jobs', {
      about: 'Newest first. Members see their own jobs, managers see all.',
      querystring: closed({
        state: Type.Optional(oneOf(jobStates, 'Only jobs in this state.')),
        kind: Type.Optional(oneOf(kindsOfJobs, 'Only jobs of this kind.')),
        ...pageQuery,
      }),
      200: listOf(jobView.ref, 'Jobs, newest first.'),
    }),
    (request) => {
      const { state, kind, ...page } = request.query;
      const filter = { memberId: onlyOwn(request), state, kind };
      const { visibility, referenceData } = contextOf(request);
      return readPage(
        page,
        (limit, after) =>
          reading(api, request, async (tx) => hideUnseen(tx, await listJobs(tx, filter, limit, after), visibility)),
        (job) => viewJob(job, referenceData),
      );
    },
  );
  scope.get('/jobs/:id', route('read leads', 'Get a job', { params: oneId, 200: jobView.ref }), (request) =>
    show(api, request),
  );
  scope.post(
    '/jobs/:id/cancel',
    writeRoute('work leads', 'Cancel a job', {
      about: 'What has already been done is kept.',
      params: oneId,
      200: jobView.ref,
      or: [409],
    }),
    async (request) => {
      const { id } = await find(api, request, request.params.id);
      const { at } = contextOf(request);
      if (!(await changing(api, request, (tx) => cancelJob(tx, id, at))))
        throw new Refused({ kind: 'own_conflict', code: 'job_ended', detail: 'This job has ended.' });
      return show(api, request);
    },
  );
  retryRoute(scope, api);
}

function retryRoute(scope: ApiScope, api: JobApi): void {
  scope.post(
    '/jobs/:id/retry',
    writeRoute('work leads', 'Retry a failed job', {
      about:
        'Continues the job where it failed, with the permissions of whoever started it. You need permission to start such a job.',
      params: oneId,
      200: jobView.ref,
      or: [409],
    }),
    async (request) => {
      const job = await find(api, request, request.params.id);
      const handler = api.jobs.handlerOf(job);
      const needed = handler && policyOf(handler, job);
      if (needed && !callerMay(request, needed))
        throw new Refused({ kind: 'forbidden', detail: 'You may not start a job of this kind.' });
      const { at } = contextOf(request);
      if (!(await changing(api, request, (tx) => retryJob(tx, job.id, at))))
        throw new Refused({ kind: 'own_conflict', code: 'job_not_failed', detail: 'This job has not failed.' });
      return show(api, request);
    },
  );
}

/** The job named in the path, as it is now. */
async function show(api: ApiContext, request: FastifyRequest<{ Params: { id: string } }>) {
  return viewJob(await find(api, request, request.params.id), contextOf(request).referenceData);
}

/** Id of the only member whose jobs the caller may see; undefined if they may see all. */
function onlyOwn(request: FastifyRequest): string | undefined {
  const member = memberIn(request);
  return member && !memberMay(member.role, 'supervise agents') ? member.id : undefined;
}

async function find(api: ApiContext, request: FastifyRequest, text: string): Promise<Job> {
  const id = idOrNotFound('job', text);
  const job = await reading(api, request, async (tx) => {
    const found = await getJob(tx, id);
    return found && (await hideUnseen(tx, [found], contextOf(request).visibility))[0];
  });
  const own = onlyOwn(request);
  if (!job || (own && job.member_id !== own)) throw notFound();
  return job;
}
