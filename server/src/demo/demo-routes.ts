import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { replies, writeReplies } from '../http/replies.ts';
import { inWorkspace } from '../http/request-context.ts';
import { closed, shape } from '../http/shapes.ts';
import { startJob } from '../jobs/enqueue-for.ts';
import { jobView } from '../jobs/job-view.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { demoJobs } from './demo-jobs.ts';
import { countDemoLeads } from './demo-store.ts';

const tags = ['Sample data'];

/** Most leads that one request may create; the command line allows more. */
const MAX_BY_HTTP = 2_000;

/** The number of sample leads. */
const demoView = shape(
  'DemoView',
  Type.Object(
    { leads: Type.Integer({ description: 'Number of sample leads in the workspace.' }) },
    { description: 'How many sample leads there are.' },
  ),
);

/** The number of sample leads to create. */
const demoCreate = shape(
  'DemoCreate',
  closed(
    { leads: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_BY_HTTP, default: 200 })) },
    'Sample leads to try things out with.',
  ),
);

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
          'Creates people with eight weeks of history: calls, notes, tasks, deals and the requests with which they arrived. Existing data is not touched, and the sample leads can be deleted together.',
        tags,
        body: demoCreate.ref,
        response: writeReplies({ 202: jobView.ref }),
      },
    },
    async (request, reply) => {
      const leads = request.body.leads ?? 200;
      const job = { kind: demoJobs.make, params: { leads }, total: leads };
      return reply.code(202).send(await startJob(api, request, async () => job));
    },
  );
  scope.delete(
    '/demo',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Delete the sample leads',
        description: 'Also deletes everything that was created with them, unless it is used elsewhere.',
        tags,
        response: replies({ 202: jobView.ref }),
      },
    },
    async (request, reply) => {
      const decide = async (tx: Tx) => ({ kind: demoJobs.remove, params: {}, total: await countDemoLeads(tx) });
      return reply.code(202).send(await startJob(api, request, decide));
    },
  );
}
