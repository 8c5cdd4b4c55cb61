import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { queryReader } from '../../http/read-query.ts';
import { Refused } from '../../http/refused.ts';
import { callerMay, changing, contextOf, memberIn, reading } from '../../http/request-context.ts';
import { oneId, routesAbout } from '../../http/route.ts';
import { closed } from '../../http/shapes.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { invalid } from '../../platform/problem.ts';
import { memberMay } from '../../workspaces/access/policies.ts';
import type { Member } from '../../workspaces/reference-data.ts';
import { readListQuery } from '../list/list-query.ts';
import { colleaguesOf, findView } from './find-view.ts';
import { reportQuery } from './report-query-shape.ts';
import {
  type Audience,
  addView,
  listViews,
  noteViewUse,
  removeView,
  type SavedView,
  saveView,
  type ViewScreen,
} from './saved-view-store.ts';
import { savedView, viewCreate, viewListQuery, viewPatch, viewSavedView } from './saved-view-view.ts';
import { addPin, listPins, removePin } from './view-pin-store.ts';

const { route, writeRoute } = routesAbout('Views');

/** `/v1/views`: saved filters of the list of leads and of the reports. */
export function savedViewRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/views',
    route('read leads', 'List saved views', {
      about: 'Your own views, those of your departments and those for everyone, pinned ones first.',
      querystring: closed(viewListQuery),
      200: listOf(savedView.ref, 'Views in order.'),
    }),
    async (request) => {
      const { referenceData } = contextOf(request);
      const { screen = 'leads' } = request.query;
      refuseReports(request, screen);
      const member = memberIn(request);
      return reading(api, request, async (tx) => {
        const views = await listViews(
          tx,
          screen,
          member?.id ?? null,
          member ? colleaguesOf(member, referenceData) : [],
        );
        const pins = await pinsOf(tx, request);
        const pinned = pins.flatMap((id) => views.find((view) => view.id === id) ?? []);
        const rest = views.filter(({ id }) => !pins.includes(id));
        return wholeList([...pinned, ...rest].map((view) => shown(view, request, pins)));
      });
    },
  );
  scope.post(
    '/views',
    writeRoute('keep views', 'Create a saved view', {
      about: 'Members can save views for themselves; managers also for departments and for everyone.',
      body: viewCreate.ref,
      201: savedView.ref,
    }),
    async (request, reply) => {
      const { name, query, audience = 'me', screen = 'leads' } = request.body;
      refuseReports(request, screen);
      const member = mayShare(request, audience);
      const view = { name: nameFrom(name), audience, screen, query: queryFrom(screen, query), member_id: member.id };
      const added = await changing(api, request, (tx) => addView(tx, view));
      return reply.code(201).send(shown(added, request, []));
    },
  );
  addChanging(scope, api);
  addPinning(scope, api);
}

function addChanging(scope: ApiScope, api: ApiContext): void {
  scope.patch(
    '/views/:id',
    writeRoute('keep views', 'Update a saved view', { params: oneId, body: viewPatch.ref, 200: savedView.ref }),
    async (request) => {
      const [changed, pins] = await changing(api, request, async (tx) => [
        await change(tx, request, request.params.id, request.body),
        await pinsOf(tx, request),
      ]);
      return shown(changed, request, pins);
    },
  );
  scope.delete(
    '/views/:id',
    route('keep views', 'Delete a saved view', { params: oneId, 204: 'Deleted.' }),
    async (request, reply) => {
      await changing(api, request, async (tx) => {
        const { id } = await findToChange(tx, request, request.params.id);
        await removeView(tx, id);
      });
      return reply.code(204).send();
    },
  );
  scope.post(
    '/views/:id/use',
    writeRoute('be signed in', 'Record that a view was used', {
      about: 'Updates last_used_at, which shows the views that nobody uses any more.',
      params: oneId,
      204: 'Recorded.',
    }),
    async (request, reply) => {
      await changing(api, request, async (tx) => {
        const { id } = await findView(tx, request, request.params.id);
        await noteViewUse(tx, id, contextOf(request).at);
      });
      return reply.code(204).send();
    },
  );
}

/** Any member may pin a view that they can see; pins are personal. */
function addPinning(scope: ApiScope, api: ApiContext): void {
  const pinning = [
    ['PUT', 'Pin a saved view', 'Lists the view before the others, for you only.', addPin],
    ['DELETE', 'Unpin a saved view', 'The view returns to its usual position.', removePin],
  ] as const;
  for (const [method, summary, about, pin] of pinning)
    scope.route({
      method,
      url: '/views/:id/pin',
      ...writeRoute('be signed in', summary, { about, params: oneId, 204: 'Done.' }),
      handler: async (request, reply) => {
        await changing(api, request, async (tx) => {
          const { id } = await findView(tx, request, request.params.id);
          const member = memberIn(request);
          if (member) await pin(tx, member.id, id, contextOf(request).at);
        });
        return reply.code(204).send();
      },
    });
}

async function pinsOf(tx: Tx, request: FastifyRequest): Promise<string[]> {
  const member = memberIn(request);
  return member ? listPins(tx, member.id) : [];
}

async function change(
  tx: Tx,
  request: FastifyRequest,
  id: string,
  { name, query, audience, position }: Static<typeof viewPatch.schema>,
): Promise<SavedView> {
  const view = await findToChange(tx, request, id);
  if (audience !== undefined) mayShare(request, audience);
  const changed: SavedView = {
    ...view,
    name: name === undefined ? view.name : nameFrom(name),
    query: query === undefined ? view.query : queryFrom(view.screen, query),
    audience: audience ?? view.audience,
    position: position ?? view.position,
  };
  await saveView(tx, changed);
  return changed;
}

async function findToChange(tx: Tx, request: FastifyRequest, text: string): Promise<SavedView> {
  const view = await findView(tx, request, text, true);
  if (!mayChange(view, memberIn(request)))
    throw new Refused({ kind: 'forbidden', detail: 'Only managers may update views that others see.' });
  return view;
}

function mayChange({ audience, member_id }: SavedView, member: Member | undefined): boolean {
  if (!member) return false;
  return audience === 'me' ? member_id === member.id : memberMay(member.role, 'supervise agents');
}

function mayShare(request: FastifyRequest, audience: Audience): Member {
  const member = memberIn(request);
  if (!member) throw new Refused({ kind: 'forbidden', detail: 'Only signed-in members can save views.' });
  if (audience !== 'me' && !memberMay(member.role, 'supervise agents'))
    throw new Refused({ kind: 'forbidden', detail: 'Only managers may create views that others see.' });
  return member;
}

function nameFrom(text: string): string {
  const name = text.trim();
  if (name === '') throw new Refused(invalid({ at: 'name', code: 'required' }));
  return name;
}

const { format: _, ...savedReportQuery } = reportQuery;

/** Parsers for the query string of a view, which refuse what the screen's own route would refuse. */
const readers = {
  leads: readListQuery,
  reports: queryReader(closed(savedReportQuery), '/reports'),
} satisfies Record<ViewScreen, (query: string) => unknown>;

function queryFrom(screen: ViewScreen, text: string): string {
  const query = text.replace(/^\?/, '');
  readers[screen](query);
  return query;
}

function refuseReports(request: FastifyRequest, screen: ViewScreen): void {
  if (screen === 'reports' && !callerMay(request, 'read reports'))
    throw new Refused({ kind: 'forbidden', detail: 'Only managers may read reports.' });
}

function shown(view: SavedView, request: FastifyRequest, pins: readonly string[]): Static<typeof savedView.schema> {
  return viewSavedView(view, contextOf(request).referenceData, {
    mayChange: mayChange(view, memberIn(request)),
    pinned: pins.includes(view.id),
  });
}
