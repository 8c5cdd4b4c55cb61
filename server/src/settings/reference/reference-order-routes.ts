import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { idOf } from '../../http/path-ids.ts';
import { Refused } from '../../http/refused.ts';
import { replies, writeReplies } from '../../http/replies.ts';
import { changing, contextOf, inWorkspace } from '../../http/request-context.ts';
import { closed, oneOf, shape, textOrNull } from '../../http/shapes.ts';
import { invalid } from '../../platform/problem.ts';
import { orderItems } from '../../workspaces/reference/reference-item-store.ts';
import { departmentTurns } from '../../workspaces/reference/reference-store.ts';
import { countUses, MOST_COUNTED } from '../../workspaces/reference/usage-store.ts';
import { type ListKind, listKinds } from '../../workspaces/reference-data.ts';
import { listReferenceItems, type ReferenceKindApi, referenceKinds } from './reference-kinds.ts';

const tags = ['Reference data'];

const order = shape(
  'Order',
  closed(
    {
      ids: Type.Array(Type.String(), { minItems: 1, maxItems: 1000, uniqueItems: true, description: 'Ids in order.' }),
    },
    'An order; what is not named comes after.',
  ),
);
const uses = shape(
  'Uses',
  Type.Object(
    {
      id: Type.String(),
      leads: Type.Integer({ description: `How many leads have it; counted up to ${MOST_COUNTED}.` }),
    },
    { description: 'How much an item is used.' },
  ),
);

const nextInTurn = shape(
  'NextInTurn',
  Type.Object(
    { id: Type.String(), member_id: textOrNull('Who gets the next lead; null: nobody, it stays unassigned.') },
    { description: 'Whose turn it is in a department.' },
  ),
);

/** The order of reference data, and how much of it is in use. */
export function referenceOrderRoutes(scope: ApiScope, api: ApiContext): void {
  for (const kindApi of referenceKinds) {
    addUses(scope, api, kindApi);
    if (kindApi.shelf.ordered) addOrder(scope, api, kindApi, () => kindApi);
  }
  addTurns(scope, api);
  const kind = oneOf(listKinds, 'Which list.');
  addOrder(
    scope,
    api,
    listReferenceItems('category'),
    (request) => listReferenceItems((request.params as { kind: ListKind }).kind),
    closed({ kind }),
  );
}

function addTurns(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/departments/next',
    {
      config: { policy: 'read settings' },
      schema: {
        summary: 'Tell who gets the next lead of each department',
        tags,
        response: replies({ 200: listOf(nextInTurn.ref, 'All departments.') }),
      },
    },
    async (request) => {
      const turns = await inWorkspace(api, request, departmentTurns);
      const { referenceData } = contextOf(request);
      return wholeList(
        referenceData.all('department').map(({ id, member_ids }) => ({
          id,
          member_id: member_ids[(turns.get(id) ?? 0) % member_ids.length] ?? null,
        })),
      );
    },
  );
}

function addUses(scope: ApiScope, api: ApiContext, { path, words, shelf }: ReferenceKindApi): void {
  scope.get(
    `${path}/usage`,
    {
      config: { policy: 'read settings' },
      schema: {
        summary: `Count the leads of each ${words[0]}`,
        tags,
        response: replies({ 200: listOf(uses.ref, `All ${words[1]}.`) }),
      },
    },
    async (request) => wholeList((await inWorkspace(api, request, (tx) => countUses(tx, shelf))) ?? []),
  );
}

function addOrder(
  scope: ApiScope,
  api: ApiContext,
  { path, words, view }: ReferenceKindApi,
  pick: (request: FastifyRequest) => ReferenceKindApi,
  params?: ReturnType<typeof closed>,
): void {
  scope.put(
    `${path}/order`,
    {
      config: { policy: 'administer' },
      schema: {
        summary: `Put ${words[1]} in order`,
        tags,
        ...(params && { params }),
        body: order.ref,
        response: writeReplies({ 200: listOf(view.ref, `All ${words[1]}, in order.`) }),
      },
    },
    async (request) => {
      const { kind, shelf } = pick(request);
      const { referenceData, caller } = contextOf(request);
      const ids = request.body.ids.map((sent) => idOf('item', sent) ?? '');
      if (!ids.every((id) => referenceData.get(kind, id)))
        throw new Refused(invalid({ at: 'ids', code: 'unknown_reference' }));
      await changing(api, request, (tx) => orderItems(tx, shelf, ids));
      await api.changed(caller.workspace_id);
      return wholeList([...(await api.referenceCache.get(caller.workspace_id)).all(kind)]);
    },
  );
}
