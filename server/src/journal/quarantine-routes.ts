import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, pageQuery, readPage } from '../http/list.ts';
import { idOf, idOrNotFound } from '../http/path-ids.ts';
import { Refused } from '../http/refused.ts';
import { changing, contextOf, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { closed } from '../http/shapes.ts';
import { type Outcome, replayableOutcomes } from '../intake/result.ts';
import { startJob } from '../jobs/enqueue-for.ts';
import { jobView } from '../jobs/job-view.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import { withoutSecrets } from './edit-request.ts';
import { REPLAY_JOB } from './replay-jobs.ts';
import { dismissed, dismissRequest, jobReplayView, MOST_IN_JOB, replayJobRequest } from './replay-shapes.ts';
import { readFilter } from './submission-filter.ts';
import { idsOfGroup } from './submission-group.ts';
import { dismissSubmissions } from './submission-group-store.ts';
import { listSubmissionIds } from './submission-list-store.ts';
import { listReplaysOfJob } from './submission-store.ts';
import { detailOf } from './submission-words.ts';

const { route, writeRoute } = routesAbout('Submissions');

/** Handles many refused requests at once: a job replays them, or they are dismissed. */
export function quarantineRoutes(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/submissions/replays',
    writeRoute('replay requests', 'Replay stored requests in a job', {
      about:
        'A job replays each request once, even after a crash. See GET /v1/submissions/replays/{id} for the results.',
      body: replayJobRequest.ref,
      202: jobView.ref,
    }),
    async (request, reply) => {
      const job = await startJob(api, request, async (tx) => {
        const ids = await choose(tx, request.body, request, replayableOutcomes);
        return {
          kind: REPLAY_JOB,
          params: { ids: ids.sort(), edits: withoutSecrets(request.body.edits ?? []) },
          total: ids.length,
        };
      });
      return reply.code(202).send(job);
    },
  );
  scope.post(
    '/submissions/dismiss',
    writeRoute('replay requests', 'Dismiss refused requests', {
      about: 'They stay in the journal but no longer appear in quarantine. Accepted requests are left unchanged.',
      body: dismissRequest.ref,
      200: dismissed.ref,
    }),
    async (request) => {
      const { at } = contextOf(request);
      const { undo = false } = request.body;
      const ids = await changing(api, request, async (tx) => {
        const chosen = await choose(tx, request.body, request, ['refused', 'failed']);
        return dismissSubmissions(tx, chosen, undo ? null : at);
      });
      return { ids };
    },
  );
  addResults(scope, api);
}

function addResults(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/submissions/replays/:id',
    route('read journal', 'List the results of a replay job', {
      about: 'In the order they were replayed. Requests that were already accepted are left out.',
      params: oneId,
      querystring: closed(pageQuery),
      200: listOf(jobReplayView.ref, 'Replayed requests.'),
    }),
    (request) => {
      const jobId = idOrNotFound('job', request.params.id);
      return readPage(
        request.query,
        (limit, after) => reading(api, request, (tx) => listReplaysOfJob(tx, jobId, limit, after)),
        (row) => ({
          submission_id: row.submission_id,
          method: row.method,
          path: row.path,
          received_at: row.received_at.toISOString(),
          outcome: row.outcome,
          detail: detailOf(row),
          lead_id: row.lead_id && typeId('lead', row.lead_id),
        }),
      );
    },
  );
}

type Chosen = Pick<Static<typeof replayJobRequest.schema>, 'ids' | 'group' | 'filter'>;

/** Ids of the selected requests. */
async function choose(
  tx: Tx,
  { ids, group, filter: query }: Chosen,
  request: FastifyRequest,
  outcomes: readonly Outcome[],
): Promise<string[]> {
  if ([ids, group ?? query].filter((given) => given !== undefined).length !== 1)
    throw new Refused(invalid({ at: 'ids', code: 'one_key', limits: { allowed: ['ids', 'group', 'filter'] } }));
  if (ids) return [...new Set(ids.flatMap((sent) => idOf('sub', sent) ?? []))];
  const { caller, at } = contextOf(request);
  const filter = readFilter(query ?? {}, caller.region, at);
  if (!filter) return [];
  if (group) return idsOfGroup(tx, filter, group);
  const selected = outcomes.filter((outcome) => filter.outcomes?.includes(outcome) ?? outcome !== 'test');
  return listSubmissionIds(tx, { dismissed: false, ...filter, outcomes: selected }, MOST_IN_JOB);
}
