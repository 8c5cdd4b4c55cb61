import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound } from '../../http/refused.ts';
import { leadId, nothing, oneId, replies, writeReplies } from '../../http/replies.ts';
import { changing, inWorkspace } from '../../http/request-context.ts';
import { closed, instant, oneOf, shape, textOrNull } from '../../http/shapes.ts';
import { getLead } from '../../leads/lead-store.ts';
import { namedKinds } from '../../workspaces/reference/new-names.ts';
import {
  listNewNames,
  type NewName,
  removeWaitingNames,
  waitingNamesOf,
} from '../../workspaces/reference/settle-name-store.ts';
import { approve, merge, remove, renew } from './settle-names.ts';

const tags = ['Reference data'];

const newNameView = shape(
  'NewName',
  Type.Object(
    {
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
    },
    { description: 'A name that arrived in a request and has not been approved.' },
  ),
);

const mergeBody = shape(
  'NewNameMerge',
  closed(
    { into: Type.String({ description: 'Id of the item, from the same list, that the name stands for.' }) },
    'The existing item that a name stands for.',
  ),
);

const leadNameView = shape(
  'WaitingName',
  Type.Object(
    { kind: oneOf(namedKinds, 'The list it belongs to.'), name: Type.String({ description: 'The name as sent.' }) },
    { description: 'A name that arrived with a lead and is waiting for approval.' },
  ),
);

/** `/v1/new-names`: names that requests contained, to be approved, merged or removed. */
export function newNameRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/new-names',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'List unapproved names from requests',
        description:
          'Requests may create a few sources, statuses and deal stages. Further names wait for approval, although their leads are stored at once.',
        tags,
        response: replies({ 200: listOf(newNameView.ref, 'Waiting names first.') }),
      },
    },
    async (request) => wholeList((await inWorkspace(api, request, listNewNames)).map(view)),
  );
  scope.get(
    '/leads/:id/waiting-names',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: "List names from a lead's requests that are waiting for approval",
        tags: ['Leads'],
        params: leadId,
        response: replies({ 200: listOf(leadNameView.ref, 'Empty if there are none.') }, [404]),
      },
    },
    async (request) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      return inWorkspace(api, request, async (tx) => {
        if (!(await getLead(tx, id))) throw notFound('lead');
        return wholeList(await waitingNamesOf(tx, id));
      });
    },
  );
  addDecisions(scope, api);
}

function addDecisions(scope: ApiScope, api: ApiContext): void {
  const done = (description: string) => writeReplies({ 204: nothing(description) }, [404, 409]);
  scope.post(
    '/new-names/:id/approve',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Approve a new name',
        description:
          'A waiting name becomes an item, and its leads or deals get it unless they have been given another one since.',
        tags,
        params: oneId,
        response: done('Approved.'),
      },
    },
    async (request, reply) => {
      await approve(api, request, idIn(request));
      return reply.code(204).send();
    },
  );
  scope.post(
    '/new-names/:id/merge',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Merge a new name into an existing item',
        description: 'The leads with this name get the item, and so do leads from later requests with the name.',
        tags,
        params: oneId,
        body: mergeBody.ref,
        response: done('Merged.'),
      },
    },
    async (request, reply) => {
      await merge(api, request, idIn(request), request.body.into);
      return reply.code(204).send();
    },
  );
  scope.delete(
    '/new-names/:id',
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Remove a new name',
        description:
          'A waiting name is discarded. An item is deleted: its leads lose the source, or get the default status. A stage or field can be removed only if it is not in use.',
        tags,
        params: oneId,
        response: done('Removed.'),
      },
    },
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
    {
      config: { policy: 'administer' },
      schema: {
        summary: 'Remove all waiting names that a token was the first to send',
        tags,
        querystring: closed({ token_id: Type.String({ description: 'Id of the token.' }) }),
        response: writeReplies(
          { 200: Type.Object({ removed: Type.Integer() }, { description: 'Number of names removed.' }) },
          [404],
        ),
      },
    },
    async (request) => {
      const token = idOrNotFound('token', request.query.token_id);
      const removed = await changing(api, request, (tx) => removeWaitingNames(tx, { token_id: token }));
      await renew(api, request);
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
