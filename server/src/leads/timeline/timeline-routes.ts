import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { type List, listOf, type PageQuery, pageQuery, readPage } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound } from '../../http/refused.ts';
import { actorIn, callerMay, contextOf, reading } from '../../http/request-context.ts';
import { leadId, routesAbout } from '../../http/route.ts';
import { closed, oneOf } from '../../http/shapes.ts';
import { type TimelineKind, timelineKinds } from '../activity-kinds.ts';
import { listActivities } from '../activity-store.ts';
import { addLeadSublist } from '../lead-sublist.ts';
import { listTouches } from '../touch-store.ts';
import { type TimelineLine, timelineLine, viewLine } from './timeline-line.ts';
import { listTimeline } from './timeline-store.ts';
import { activityView, touchView, viewActivity, viewTouch } from './timeline-view.ts';

const { route } = routesAbout('Leads');

/** `/v1/leads/{id}/timeline`: everything that happened to a lead since the request that created it. */
export function timelineRoutes(scope: ApiScope, api: ApiContext): void {
  addLeadSublist(scope, api, {
    name: 'activities',
    summary: "List a lead's activities",
    item: activityView.ref,
    list: listActivities,
    view: viewActivity,
  });
  addLeadSublist(scope, api, {
    name: 'touches',
    summary: "List a lead's arrivals",
    item: touchView.ref,
    list: listTouches,
    view: viewTouch,
  });
  scope.get(
    '/leads/:id/timeline',
    route('read leads', "List a lead's timeline", {
      about:
        'Newest first: requests, decisions with their reasons, changes, notes, calls, tasks and deals, worded for people.',
      params: leadId,
      querystring: closed({
        kind: Type.Optional(oneOf(timelineKinds, 'Only entries of this kind.')),
        ...pageQuery,
      }),
      200: listOf(timelineLine.ref, 'Timeline entries, newest first.'),
    }),
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
  const readsJournal = callerMay(request, 'read journal');
  const mayManage = callerMay(request, 'delete leads');
  const mayWork = callerMay(request, 'work leads');
  const me = actorIn(request);
  return readPage(
    page,
    (limit, before) =>
      reading(api, request, async (tx) => {
        const rows = await listTimeline(tx, id, kind ?? 'all', limit, before);
        if (!rows) throw notFound('lead');
        return rows;
      }),
    (row) =>
      viewLine(row, {
        referenceData: contextOf(request).referenceData,
        readsJournal,
        mayChange: (actor) => mayManage || (mayWork && actor === me),
      }),
  );
}
