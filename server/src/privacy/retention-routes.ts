import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { changing, contextOf, reading } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { bodyShape, instantOrNull, viewShape, wholeOrNull } from '../http/shapes.ts';
import { startJob } from '../jobs/enqueue-for.ts';
import { jobView } from '../jobs/job-view.ts';
import { listSchedules } from '../jobs/schedule-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { RETENTION_JOB } from './retention-jobs.ts';
import { getRetention, saveTerms } from './retention-store.ts';

const { route, writeRoute } = routesAbout('Privacy');
const MOST_DAYS = 3650;
const days = (of: string) =>
  wholeOrNull(`Days for which ${of}. 0: removed within the hour; null: never removed.`, {
    minimum: 0,
    maximum: MOST_DAYS,
  });
const terms = {
  accepted_days: days('the contents of accepted requests are kept'),
  refused_days: days('the contents of refused and failed requests are kept'),
  deleted_days: days('the contents of requests about a deleted lead are kept after its deletion'),
  event_days: days('published events are kept'),
};
const count = (what: string) => Type.Integer({ description: `Number of ${what}.` });
const retentionView = viewShape('RetentionView', 'How long records are kept, and the last run that removed old ones.', {
  ...terms,
  due_at: instantOrNull('When the next run is due; null before the first.'),
  started_at: instantOrNull('When the last run started.'),
  finished_at: instantOrNull('When the last run finished.'),
  removed: Type.Object(
    {
      requests: count('requests whose contents were removed'),
      events: count('events'),
      sessions: count('ended sessions, remembered devices and links'),
      deleted_leads: count('deleted leads in the bin'),
      idempotency_keys: count('expired idempotency keys'),
      jobs: count('finished jobs'),
      mails: count('messages in the outbox'),
      counts: count('daily counts, by sender, of requests not stored and of new names'),
    },
    { description: 'How much the last run removed, by kind.' },
  ),
});
const retentionPatch = bodyShape('RetentionPatch', 'Fields that are omitted stay unchanged.', {
  accepted_days: Type.Optional(terms.accepted_days),
  refused_days: Type.Optional(terms.refused_days),
  deleted_days: Type.Optional(terms.deleted_days),
  event_days: Type.Optional(terms.event_days),
});

/** `/v1/retention`: how long records are kept. */
export function retentionRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get('/retention', route('administer', 'Get retention settings', { 200: retentionView.ref }), (request) =>
    reading(api, request, show),
  );
  scope.patch(
    '/retention',
    writeRoute('administer', 'Update retention settings', {
      about:
        'Takes effect at the next run, which becomes due at once. When the contents of a request are removed, its time, endpoint and outcome and the size and SHA-256 of its body are kept.',
      body: retentionPatch.ref,
      200: retentionView.ref,
    }),
    (request) => change(request.body, request, api),
  );
  scope.post(
    '/retention/run',
    writeRoute('administer', 'Remove old records now', {
      about: 'Starts the job that also runs automatically every day.',
      202: jobView.ref,
    }),
    async (request, reply) =>
      reply.code(202).send(
        await startJob(api, request, async (tx) => {
          await auditRequest(tx, request, 'retention_started');
          return { kind: RETENTION_JOB, params: {}, total: 0 };
        }),
      ),
  );
}

async function change(body: Static<typeof retentionPatch.schema>, request: FastifyRequest, api: ApiContext) {
  return changing(api, request, async (tx) => {
    const { accepted_days, refused_days, deleted_days, event_days } = await getRetention(tx);
    const changed = { accepted_days, refused_days, deleted_days, event_days, ...body };
    await saveTerms(tx, changed, contextOf(request).at);
    await auditRequest(tx, request, 'retention_changed', body);
    return show(tx);
  });
}

async function show(tx: Tx): Promise<Static<typeof retentionView.schema>> {
  const { started_at, finished_at, removed, ...kept } = await getRetention(tx);
  const schedule = (await listSchedules(tx)).find(({ name }) => name === 'retention');
  return {
    ...kept,
    due_at: schedule?.next_at.toISOString() ?? null,
    started_at: started_at?.toISOString() ?? null,
    finished_at: finished_at?.toISOString() ?? null,
    removed: {
      requests: 0,
      events: 0,
      sessions: 0,
      deleted_leads: 0,
      idempotency_keys: 0,
      jobs: 0,
      mails: 0,
      counts: 0,
      ...removed,
    },
  };
}
