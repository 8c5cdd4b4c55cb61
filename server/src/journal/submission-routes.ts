import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { shownBase } from '../http/base-url.ts';
import { pageQuery, readPage } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound } from '../http/refused.ts';
import { contextOf, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { closed } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import { MOST_COUNTED, submissionGroups, submissionSummary, viewGroup, viewSummary, whenOf } from './journal-shapes.ts';
import { type FilterQuery, filterProperties, readFilter, windowWords } from './submission-filter.ts';
import { groupQuarantine } from './submission-group.ts';
import { countSubmissions, getNamedSubmission, listSubmissions, MOST_SEARCHED } from './submission-list-store.ts';
import { getSubmission, listReplays } from './submission-store.ts';
import { submissionDetail, submissionList, viewSubmission, viewSubmissionDetail } from './submission-view.ts';
import type { SubmissionFilter } from './submission-where-store.ts';
import { toCurlCommand } from './to-curl-command.ts';

const { route } = routesAbout('Submissions');
const { outcome: _, ...besidesOutcome } = filterProperties;

/** `/v1/submissions`: the journal. */
export function submissionRoutes(scope: ApiScope, api: ApiContext): void {
  addList(scope, api);
  addCounts(scope, api);
  addOne(scope, api);
}

/** The filter of a request; undefined if nothing can match. */
function filterIn(request: FastifyRequest, query: FilterQuery): SubmissionFilter | undefined {
  const { caller, at } = contextOf(request);
  return readFilter(query, caller.region, at);
}

function addList(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/submissions',
    route('read journal', 'List received requests', {
      about: `Authenticated requests of every dialect, newest first. ${windowWords} When few requests match, a page searches the newest ${MOST_SEARCHED} requests and reports how far it got: it may hold fewer than requested, or none, while next_cursor leads to more.`,
      querystring: closed({ ...filterProperties, ...pageQuery }),
      200: submissionList.ref,
    }),
    async (request) => {
      const { referenceData } = contextOf(request);
      const filter = filterIn(request, request.query);
      let end: string | undefined;
      const page = await readPage(
        request.query,
        async (limit, after) => {
          if (!filter) return [];
          const found = await reading(api, request, (tx) => listSubmissions(tx, filter, limit, after));
          end = found.end;
          return found.rows;
        },
        (row) => viewSubmission(row, referenceData),
      );
      return { ...page, next_cursor: end ? typeId('after', end) : page.next_cursor, searched_to: whenOf(end) };
    },
  );
}

function addCounts(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/submissions/summary',
    route('read journal', 'Count requests by outcome', {
      about: `Each count stops at ${MOST_COUNTED}. ${windowWords}`,
      querystring: closed(besidesOutcome),
      200: submissionSummary.ref,
    }),
    async (request) => {
      const filter = filterIn(request, request.query);
      const visible_leads_only = contextOf(request).visibility !== undefined;
      if (!filter) return viewSummary(new Map(), filter, { visible_leads_only });
      const { counts, end } = await reading(api, request, (tx) => countSubmissions(tx, filter, MOST_COUNTED));
      return viewSummary(counts, filter, { visible_leads_only, end });
    },
  );
  scope.get(
    '/submissions/groups',
    route('read journal', 'Group requests by error', {
      about: `Refused and failed requests that were not dismissed, grouped by their first error; the newest 5000 of them. ${windowWords}`,
      querystring: closed(besidesOutcome),
      200: submissionGroups.ref,
    }),
    async (request) => {
      const filter = filterIn(request, request.query);
      if (!filter) return { data: [], searched_to: null };
      const { groups, end } = await reading(api, request, (tx) => groupQuarantine(tx, filter));
      return { data: groups.map(viewGroup), searched_to: whenOf(end) };
    },
  );
}

function addOne(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/submissions/:id',
    route('read journal', 'Get a request with its response', { params: oneId, 200: submissionDetail.ref }),
    async (request) => {
      const id = idOrNotFound('sub', request.params.id);
      const { referenceData } = contextOf(request);
      return reading(api, request, async (tx) => {
        const submission = orNotFound(await getNamedSubmission(tx, id));
        return viewSubmissionDetail(submission, await listReplays(tx, id), referenceData);
      });
    },
  );
  scope.get(
    '/submissions/:id/curl',
    route('read journal', 'Get a request as a curl command', {
      about: 'A placeholder stands for the secret.',
      params: oneId,
      200: Type.Object({ curl: Type.String() }, { description: 'The command.' }),
    }),
    async (request) => {
      const id = idOrNotFound('sub', request.params.id);
      const submission = orNotFound(await reading(api, request, (tx) => getSubmission(tx, id)));
      return { curl: toCurlCommand(submission, shownBase(request, api)) };
    },
  );
}
