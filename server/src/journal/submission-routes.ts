import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { shownBase } from '../http/base-url.ts';
import { pageQuery, readPage } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { oneId, replies } from '../http/replies.ts';
import { contextOf, inWorkspace } from '../http/request-context.ts';
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

const tags = ['Submissions'];
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
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'List received requests',
        description: `Authenticated requests of every dialect, newest first. ${windowWords} When few requests match, a page searches the newest ${MOST_SEARCHED} requests and reports how far it got: it may hold fewer than requested, or none, while next_cursor leads to more.`,
        tags,
        querystring: closed({ ...filterProperties, ...pageQuery }),
        response: replies({ 200: submissionList.ref }),
      },
    },
    async (request) => {
      const { referenceData } = contextOf(request);
      const filter = filterIn(request, request.query);
      let end: string | undefined;
      const page = await readPage(
        request.query,
        async (limit, after) => {
          if (!filter) return [];
          const found = await inWorkspace(api, request, (tx) => listSubmissions(tx, filter, limit, after));
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
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'Count requests by outcome',
        description: `Each count stops at ${MOST_COUNTED}. ${windowWords}`,
        tags,
        querystring: closed(besidesOutcome),
        response: replies({ 200: submissionSummary.ref }),
      },
    },
    async (request) => {
      const filter = filterIn(request, request.query);
      const visible_leads_only = contextOf(request).visibility !== undefined;
      if (!filter) return viewSummary(new Map(), filter, { visible_leads_only });
      const { counts, end } = await inWorkspace(api, request, (tx) => countSubmissions(tx, filter, MOST_COUNTED));
      return viewSummary(counts, filter, { visible_leads_only, end });
    },
  );
  scope.get(
    '/submissions/groups',
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'Group requests by error',
        description: `Refused and failed requests that were not dismissed, grouped by their first error; the newest 5000 of them. ${windowWords}`,
        tags,
        querystring: closed(besidesOutcome),
        response: replies({ 200: submissionGroups.ref }),
      },
    },
    async (request) => {
      const filter = filterIn(request, request.query);
      if (!filter) return { data: [], searched_to: null };
      const { groups, end } = await inWorkspace(api, request, (tx) => groupQuarantine(tx, filter));
      return { data: groups.map(viewGroup), searched_to: whenOf(end) };
    },
  );
}

function addOne(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/submissions/:id',
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'Get a request with its response',
        tags,
        params: oneId,
        response: replies({ 200: submissionDetail.ref }, [404]),
      },
    },
    async (request) => {
      const id = idOrNotFound('sub', request.params.id);
      const { referenceData } = contextOf(request);
      return inWorkspace(api, request, async (tx) => {
        const submission = await getNamedSubmission(tx, id);
        if (!submission) throw notFound();
        return viewSubmissionDetail(submission, await listReplays(tx, id), referenceData);
      });
    },
  );
  scope.get(
    '/submissions/:id/curl',
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'Get a request as a curl command',
        description: 'A placeholder stands for the secret.',
        tags,
        params: oneId,
        response: replies({ 200: Type.Object({ curl: Type.String() }, { description: 'The command.' }) }, [404]),
      },
    },
    async (request) => {
      const id = idOrNotFound('sub', request.params.id);
      const submission = await inWorkspace(api, request, (tx) => getSubmission(tx, id));
      if (!submission) throw notFound();
      return { curl: toCurlCommand(submission, shownBase(request, api)) };
    },
  );
}
