import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound } from '../../http/refused.ts';
import { changingSettings, reading } from '../../http/request-context.ts';
import { leadId, oneId, routesAbout } from '../../http/route.ts';
import { bodyShape, closed, instant, oneOf, textOrNull, viewShape } from '../../http/shapes.ts';
import { getLead } from '../../leads/lead-store.ts';
import { namedKinds } from '../../workspaces/reference/new-names.ts';
import {
  listNewNames,
  type NewName,
  removeWaitingNames,
  waitingNamesOf,
} from '../../workspaces/reference/settle-name-store.ts';
import { approve, merge, remove } from './settle-names.ts';

const { route, writeRoute } = routesAbout('Reference data');

const newNameView = viewShape('NewName', 'A name that arrived in a request and has not been approved.', {
  id: Type.String(),
  kind: oneOf([...namedKinds, 'custom_field'], 'The list it belongs to.'),
  state: oneOf(['waiting', 'in_use'], 'waiting: stored only with its leads so far. in_use: already in the list.'),
  name: Type.String(),
  dialect: textOrNull('The API through which it arrived.'),
  token_id: textOrNull('The token that first sent it.'),
  token_name: textOrNull('Name of that token.'),
  first_at: instant('When it first arrived.'),
  leads: Type.Integer({
    description: 'Number of leads with this name, or of deals if it is a waiting stage. Counting stops at 1000.',
  }),
});

const mergeBody = bodyShape('NewNameMerge', 'The existing item that a name stands for.', {
  into: Type.String({ description: 'Id of the item, from the same list, that the name stands for.' }),
});

const leadNameView = viewShape('WaitingName', 'A name that arrived with a lead and is waiting for approval.', {
  kind: oneOf(namedKinds, 'The list it belongs to.'),
  name: Type.String({ description: 'The name as sent.' }),
});

/** `/v1/new-names`: names that requests contained, to be approved, merged or removed. */
export function newNameRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/new-names',
    route('administer', 'List unapproved names from requests', {
      about:
        'Requests may create a few sources, statuses and deal stages. Further names wait for approval, although their leads are stored at once.',
      200: listOf(newNameView.ref, 'Waiting names first.'),
    }),
    async (request) => wholeList((await reading(api, request, listNewNames)).map(view)),
  );
  scope.get(
    '/leads/:id/waiting-names',
    route('read leads', "List names from a lead's requests that are waiting for approval", {
      heading: 'Leads',
      params: leadId,
      200: listOf(leadNameView.ref, 'Empty if there are none.'),
    }),
    async (request) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      return reading(api, request, async (tx) => {
        if (!(await getLead(tx, id))) throw notFound('lead');
        return wholeList(await waitingNamesOf(tx, id));
      });
    },
  );
  addDecisions(scope, api);
}

function addDecisions(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/new-names/:id/approve',
    writeRoute('administer', 'Approve a new name', {
      about:
        'A waiting name becomes an item, and its leads or deals get it unless they have been given another one since.',
      params: oneId,
      204: 'Approved.',
      or: [409],
    }),
    async (request, reply) => {
      await approve(api, request, idIn(request));
      return reply.code(204).send();
    },
  );
  scope.post(
    '/new-names/:id/merge',
    writeRoute('administer', 'Merge a new name into an existing item', {
      about: 'The leads with this name get the item, and so do leads from later requests with the name.',
      params: oneId,
      body: mergeBody.ref,
      204: 'Merged.',
      or: [409],
    }),
    async (request, reply) => {
      await merge(api, request, idIn(request), request.body.into);
      return reply.code(204).send();
    },
  );
  scope.delete(
    '/new-names/:id',
    writeRoute('administer', 'Remove a new name', {
      about:
        'A waiting name is discarded. An item is deleted: its leads lose the source, or get the default status. A stage or field can be removed only if it is not in use.',
      params: oneId,
      204: 'Removed.',
      or: [409],
    }),
    async (request, reply) => {
      await remove(api, request, idIn(request));
      return reply.code(204).send();
    },
  );
  addRemoval(scope, api);
}

function addRemoval(scope: ApiScope, api: ApiContext): void {
  scope.delete(
    '/new-names',
    writeRoute('administer', 'Remove all waiting names that a token was the first to send', {
      querystring: closed({ token_id: Type.String({ description: 'Id of the token.' }) }),
      200: Type.Object({ removed: Type.Integer() }, { description: 'Number of names removed.' }),
      or: [404],
    }),
    async (request) => {
      const token = idOrNotFound('token', request.query.token_id);
      const removed = await changingSettings(api, request, (tx) => removeWaitingNames(tx, { token_id: token }));
      return { removed };
    },
  );
}

function idIn(request: FastifyRequest): string {
  return idOrNotFound('item', (request.params as { id: string }).id);
}

function view({ first_at, ...name }: NewName) {
  return { ...name, first_at: first_at.toISOString() };
}
