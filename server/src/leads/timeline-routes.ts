import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { idOrNotFound } from '../api/ids.ts';
import { mayIn } from '../api/may.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { leadId, replies } from '../api/replies.ts';
import { actorIn, inWorkspace, visitorOf } from '../api/visitor.ts';
import { type List, listOf, type PageQuery, pageQuery, readPage } from '../platform/http/list.ts';
import { notFound } from '../platform/http/refused.ts';
import { closed, oneOf } from '../platform/http/shapes.ts';
import { getLead } from './lead-store.ts';
import { type TimelineEye, type TimelineLine, timelineLine, viewLine } from './timeline-line.ts';
import { listTimeline, namesOfTokens, type TimelineKind, type TimelineRow, timelineKinds } from './timeline-store.ts';

/** `/v1/leads/{id}/timeline`: all that happened with a lead, from the request that brought it. */
export function timelineRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/leads/:id/timeline',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: "A lead's whole story",
        description:
          'Newest first, as people read it: requests, decisions with their reasons, changes, notes, calls, tasks, deals.',
        tags: ['Leads'],
        params: leadId,
        querystring: closed({
          kind: Type.Optional(oneOf(timelineKinds, 'Only lines of this kind.')),
          ...pageQuery,
        }),
        response: replies({ 200: listOf(timelineLine.ref, 'Lines, newest first.') }, [404]),
      },
    },
    (request) => readTimeline(parts, request, request.params.id, request.query),
  );
}

async function readTimeline(
  parts: ApiParts,
  request: FastifyRequest,
  text: string,
  { kind, ...page }: PageQuery & { kind?: TimelineKind | undefined },
): Promise<List<TimelineLine>> {
  const id = idOrNotFound('lead', text, 'lead');
  let tokens: TimelineEye['tokens'] = new Map();
  const readsJournal = mayIn(request, 'read journal');
  const mayManage = mayIn(request, 'delete leads');
  const mayWork = mayIn(request, 'work leads');
  const me = actorIn(request);
  return readPage(
    page,
    (limit, before) =>
      inWorkspace(parts, request, async (tx) => {
        if (!(await getLead(tx, id))) throw notFound('lead');
        const rows = await listTimeline(tx, id, kind ?? 'all', limit, before);
        tokens = await namesOfTokens(tx, tokenIdsOf(rows));
        return rows;
      }),
    (row) =>
      viewLine(row, {
        book: visitorOf(request).book,
        tokens,
        readsJournal,
        mayChange: (actor) => mayManage || (mayWork && actor === me),
      }),
  );
}

function tokenIdsOf(rows: readonly TimelineRow[]): string[] {
  const ids = rows.flatMap(({ token_id, actor }) => [
    token_id,
    actor?.startsWith('token:') ? actor.slice('token:'.length) : null,
  ]);
  return [...new Set(ids.filter((id) => id !== null))];
}
