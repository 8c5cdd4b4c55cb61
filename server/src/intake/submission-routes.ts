import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { oneId, replies } from '../api/replies.ts';
import { inWorkspace, visitorOf } from '../api/visitor.ts';
import { listOf, pageQuery, readPage } from '../platform/http/list.ts';
import { notFound } from '../platform/http/refused.ts';
import { closed } from '../platform/http/shapes.ts';
import { curlOf } from './curl-of.ts';
import { MOST_COUNTED, submissionGroups, submissionSummary, viewGroup, viewSummary } from './journal-shapes.ts';
import { type FilterQuery, filterProperties, readFilter, windowWords } from './submission-filter.ts';
import { groupQuarantine } from './submission-group.ts';
import {
  countSubmissions,
  getNamedSubmission,
  listSubmissions,
  type SubmissionFilter,
} from './submission-list-store.ts';
import { getSubmission, listReplays } from './submission-store.ts';
import { submissionPage, submissionView, viewSubmission, viewSubmissionPage } from './submission-view.ts';

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
        description: `Authenticated requests of every dialect, newest first. ${windowWords}`,
        tags,
        querystring: closed({ ...filterProperties, ...pageQuery }),
        response: replies({ 200: listOf(submissionView.ref, 'Requests, newest first.') }),
      },
    },
    (request) => {
      const { book } = visitorOf(request);
      const filter = filterIn(request, request.query);
      return readPage(
        request.query,
        async (limit, after) =>
          filter ? inWorkspace(parts, request, (tx) => listSubmissions(tx, filter, limit, after)) : [],
        (row) => viewSubmission(row, book),
      );
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
      const counts = filter
        ? await inWorkspace(parts, request, (tx) => countSubmissions(tx, filter, MOST_COUNTED))
        : new Map();
      return viewSummary(counts, filter);
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
      const groups = filter ? await inWorkspace(parts, request, (tx) => groupQuarantine(tx, filter)) : [];
      return { data: groups.map(viewGroup) };
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
