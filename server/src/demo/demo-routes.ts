import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { replies, writeReplies } from '../http/replies.ts';
import { changing, inWorkspace } from '../http/request-context.ts';
import { enqueueFor } from '../jobs/enqueue-for.ts';
import { jobView, viewJob } from '../jobs/job-view.ts';
import { demoJobs } from './demo-jobs.ts';
import { demoCreate, demoView } from './demo-shapes.ts';
import { countDemoLeads } from './demo-store.ts';

const tags = ['Sample data'];

/** `/v1/demo`: sample leads for trying things out. */
export function demoRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/demo',
    {
      config: { policy: 'administer' },
      schema: { summary: 'Count the sample leads', tags, response: replies({ 200: demoView.ref }) },
    },
    async (request) => ({ leads: await inWorkspace(api, request, countDemoLeads) }),
  );
  scope.post(
    '/demo',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Create sample leads',
        description:
          'Creates people with eight weeks of history: calls, notes, tasks, deals and the requests that brought them. Existing data is not touched, and the sample leads can be deleted together.',
        tags,
        body: demoCreate.ref,
        response: writeReplies({ 202: jobView.ref }),
      },
    },
    async (request, reply) => {
      const leads = request.body.leads ?? 200;
      const job = await changing(api, request, (tx) =>
        enqueueFor(tx, request, { kind: demoJobs.make, params: { leads }, total: leads }),
      );
      api.jobs.wake();
      return reply.code(202).send(viewJob(job));
    },
  );
  scope.delete(
    '/demo',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Delete the sample leads',
        description: 'Deletes everything that was created for them, except what is used elsewhere.',
        tags,
        response: replies({ 202: jobView.ref }),
      },
    },
    async (request, reply) => {
      const job = await changing(api, request, async (tx) =>
        enqueueFor(tx, request, { kind: demoJobs.remove, params: {}, total: await countDemoLeads(tx) }),
      );
      api.jobs.wake();
      return reply.code(202).send(viewJob(job));
    },
  );
}
