import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { oneId, replies } from '../api/replies.ts';
import { inWorkspace, visitorOf } from '../api/visitor.ts';
import { pageQuery, readPage } from '../platform/http/list.ts';
import { notFound } from '../platform/http/refused.ts';
import { closed } from '../platform/http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import { curlOf } from './curl-of.ts';
import { MOST_COUNTED, submissionGroups, submissionSummary, viewGroup, viewSummary, whenOf } from './journal-shapes.ts';
import { type FilterQuery, filterProperties, readFilter, windowWords } from './submission-filter.ts';
import { groupQuarantine } from './submission-group.ts';
import { countSubmissions, getNamedSubmission, listSubmissions, MOST_SEARCHED } from './submission-list-store.ts';
import { getSubmission, listReplays } from './submission-store.ts';
import { submissionList, submissionPage, viewSubmission, viewSubmissionPage } from './submission-view.ts';
import type { SubmissionFilter } from './submission-where-store.ts';

const tags = ['Submissions'];
const { outcome: _, ...besidesOutcome } = filterProperties;

/** `/v1/submissions`: the journal. */
export function submissionRoutes(scope: ApiScope, parts: ApiParts): void {
  addList(scope, parts);
  addCounts(scope, parts);
  addOne(scope, parts);
}

/** The filter that a request asks for; undefined when nothing can match. */
function filterIn(request: FastifyRequest, query: FilterQuery): SubmissionFilter | undefined {
  const { caller, at } = visitorOf(request);
  return readFilter(query, caller.region, at);
}

function addList(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/submissions',
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'List requests received',
        description: `Authenticated requests of every dialect, newest first. ${windowWords} Where few match, a page looks through the newest ${MOST_SEARCHED} requests and says how far it came: it may hold fewer than asked for, or none, while more follow behind next_cursor.`,
        tags,
        querystring: closed({ ...filterProperties, ...pageQuery }),
        response: replies({ 200: submissionList.ref }),
      },
    },
    async (request) => {
      const { book } = visitorOf(request);
      const filter = filterIn(request, request.query);
      let end: string | undefined;
      const page = await readPage(
        request.query,
        async (limit, after) => {
          if (!filter) return [];
          const found = await inWorkspace(parts, request, (tx) => listSubmissions(tx, filter, limit, after));
          end = found.end;
          return found.rows;
        },
        (row) => viewSubmission(row, book),
      );
      return { ...page, next_cursor: end ? typeId('after', end) : page.next_cursor, searched_to: whenOf(end) };
    },
  );
}

function addCounts(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/submissions/summary',
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'Count requests by how they ended',
        description: `Each count stops at ${MOST_COUNTED}. ${windowWords}`,
        tags,
        querystring: closed(besidesOutcome),
        response: replies({ 200: submissionSummary.ref }),
      },
    },
    async (request) => {
      const filter = filterIn(request, request.query);
      const confined = visitorOf(request).sight !== undefined;
      if (!filter) return viewSummary(new Map(), filter, { confined });
      const { counts, end } = await inWorkspace(parts, request, (tx) => countSubmissions(tx, filter, MOST_COUNTED));
      return viewSummary(counts, filter, { confined, end });
    },
  );
  scope.get(
    '/submissions/groups',
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'Group equal errors',
        description: `Refused and failed requests that were not put aside, grouped by their first error; the newest 5000 of them. ${windowWords}`,
        tags,
        querystring: closed(besidesOutcome),
        response: replies({ 200: submissionGroups.ref }),
      },
    },
    async (request) => {
      const filter = filterIn(request, request.query);
      if (!filter) return { data: [], searched_to: null };
      const { groups, end } = await inWorkspace(parts, request, (tx) => groupQuarantine(tx, filter));
      return { data: groups.map(viewGroup), searched_to: whenOf(end) };
    },
  );
}

function addOne(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/submissions/:id',
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'Read a request with its answer',
        tags,
        params: oneId,
        response: replies({ 200: submissionPage.ref }, [404]),
      },
    },
    async (request) => {
      const id = idOrNotFound('sub', request.params.id);
      const { book } = visitorOf(request);
      return inWorkspace(parts, request, async (tx) => {
        const submission = await getNamedSubmission(tx, id);
        if (!submission) throw notFound();
        return viewSubmissionPage(submission, await listReplays(tx, id), book);
      });
    },
  );
  scope.get(
    '/submissions/:id/curl',
    {
      config: { policy: 'read journal' },
      schema: {
        summary: 'Read a request as a curl command',
        description: 'A placeholder stands where its secret was.',
        tags,
        params: oneId,
        response: replies({ 200: Type.Object({ curl: Type.String() }, { description: 'The command.' }) }, [404]),
      },
    },
    async (request) => {
      const id = idOrNotFound('sub', request.params.id);
      const submission = await inWorkspace(parts, request, (tx) => getSubmission(tx, id));
      if (!submission) throw notFound();
      return { curl: curlOf(submission, `${request.protocol}://${request.host}`) };
    },
  );
}
