import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { reading } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { bodyShape, viewShape } from '../http/shapes.ts';
import { startJob } from '../jobs/enqueue-for.ts';
import { jobView } from '../jobs/job-view.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { demoJobs } from './demo-jobs.ts';
import { countDemoLeads } from './demo-store.ts';

const { route, writeRoute } = routesAbout('Sample data');

/** Most leads that one request may create; the command line allows more. */
const MAX_BY_HTTP = 2_000;

/** The number of sample leads. */
const demoView = viewShape('DemoView', 'How many sample leads there are.', {
  leads: Type.Integer({ description: 'Number of sample leads in the workspace.' }),
});

/** The number of sample leads to create. */
const demoCreate = bodyShape('DemoCreate', 'Sample leads to try things out with.', {
  leads: Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_BY_HTTP, default: 200 })),
});

/** `/v1/demo`: sample leads for trying things out. */
export function demoRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get('/demo', route('administer', 'Count the sample leads', { 200: demoView.ref }), async (request) => ({
    leads: await reading(api, request, countDemoLeads),
  }));
  scope.post(
    '/demo',
    writeRoute('administer', 'Create sample leads', {
      about:
        'Creates people with eight weeks of history: calls, notes, tasks, deals and the requests with which they arrived. Existing data is not touched, and the sample leads can be deleted together.',
      body: demoCreate.ref,
      202: jobView.ref,
    }),
    async (request, reply) => {
      const leads = request.body.leads ?? 200;
      const job = { kind: demoJobs.make, params: { leads }, total: leads };
      return reply.code(202).send(await startJob(api, request, async () => job));
    },
  );
  scope.delete(
    '/demo',
    route('administer', 'Delete the sample leads', {
      about: 'Also deletes everything that was created with them, unless it is used elsewhere.',
      202: jobView.ref,
    }),
    async (request, reply) => {
      const decide = async (tx: Tx) => ({ kind: demoJobs.remove, params: {}, total: await countDemoLeads(tx) });
      return reply.code(202).send(await startJob(api, request, decide));
    },
  );
}
