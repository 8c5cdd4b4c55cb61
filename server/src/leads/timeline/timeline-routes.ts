import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { mayIn } from '../../http/caller-may.ts';
import { type List, listOf, type PageQuery, pageQuery, readPage } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound } from '../../http/refused.ts';
import { leadId, replies } from '../../http/replies.ts';
import { actorIn, contextOf, inWorkspace } from '../../http/request-context.ts';
import { closed, oneOf } from '../../http/shapes.ts';
import { type TimelineKind, timelineKinds } from '../activity-kinds.ts';
import { listActivities } from '../activity-store.ts';
import { getLead } from '../lead-store.ts';
import { addLeadSublist } from '../lead-sublist.ts';
import { listTouches } from '../touch-store.ts';
import { type TimelineEye, type TimelineLine, timelineLine, viewLine } from './timeline-line.ts';
import { listTimeline, namesOfTokens, type TimelineRow } from './timeline-store.ts';
import { activityView, touchView, viewActivity, viewTouch } from './timeline-view.ts';

/** `/v1/leads/{id}/timeline`: all that happened with a lead, from the request that brought it. */
export function timelineRoutes(scope: ApiScope, api: ApiContext): void {
  addLeadSublist(scope, api, {
    name: 'activities',
    summary: "A lead's timeline",
    item: activityView.ref,
    list: listActivities,
    view: viewActivity,
  });
  addLeadSublist(scope, api, {
    name: 'touches',
    summary: "A lead's arrivals",
    item: touchView.ref,
    list: listTouches,
    view: viewTouch,
  });
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
    (request) => readTimeline(api, request, request.params.id, request.query),
  );
}

async function readTimeline(
  api: ApiContext,
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
      inWorkspace(api, request, async (tx) => {
        if (!(await getLead(tx, id))) throw notFound('lead');
        const rows = await listTimeline(tx, id, kind ?? 'all', limit, before);
        tokens = await namesOfTokens(tx, tokenIdsOf(rows));
        return rows;
      }),
    (row) =>
      viewLine(row, {
        referenceData: contextOf(request).referenceData,
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
