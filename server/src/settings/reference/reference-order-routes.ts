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
import { countLeadsByItem, MOST_COUNTED } from '../../workspaces/reference/usage-store.ts';
import { type ListKind, listKinds, membersInTurn } from '../../workspaces/reference-data.ts';
import { listReferenceItems, type ReferenceKindApi, referenceKinds } from './reference-kinds.ts';

const tags = ['Reference data'];

const order = shape(
  'Order',
  closed(
    {
      ids: Type.Array(Type.String(), {
        minItems: 1,
        maxItems: 1000,
        uniqueItems: true,
        description: 'Ids in the desired order.',
      }),
    },
    'A sort order. Items that are omitted come last.',
  ),
);
const uses = shape(
  'ReferenceUsage',
  Type.Object(
    {
      id: Type.String(),
      leads: Type.Integer({ description: `Number of leads that use it; counted up to ${MOST_COUNTED}.` }),
    },
    { description: 'How many leads use an item.' },
  ),
);

const nextInTurn = shape(
  'NextInTurn',
  Type.Object(
    { id: Type.String(), member_id: textOrNull('The member who gets the next lead; null if it stays unassigned.') },
    { description: 'The member who gets the next lead of a department.' },
  ),
);

/** The sort order of reference data, and how often it is used. */
export function referenceOrderRoutes(scope: ApiScope, api: ApiContext): void {
  for (const kindApi of referenceKinds) {
    addUses(scope, api, kindApi);
    if (kindApi.table.ordered) addOrder(scope, api, kindApi, () => kindApi);
  }
  addTurns(scope, api);
  const kind = oneOf(listKinds, 'Name of the list.');
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
        summary: 'List who gets the next lead of each department',
        tags,
        response: replies({ 200: listOf(nextInTurn.ref, 'All departments.') }),
      },
    },
    async (request) => {
      const turns = await inWorkspace(api, request, departmentTurns);
      const { referenceData } = contextOf(request);
      return wholeList(
        referenceData.all('department').map((department) => {
          const members = membersInTurn(referenceData, department);
          const turn = (turns.get(department.id) ?? 0) % members.length;
          return { id: department.id, member_id: members[turn] ?? null };
        }),
      );
    },
  );
}

function addUses(scope: ApiScope, api: ApiContext, { path, words, table }: ReferenceKindApi): void {
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
    async (request) => wholeList((await inWorkspace(api, request, (tx) => countLeadsByItem(tx, table))) ?? []),
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
        summary: `Reorder ${words[1]}`,
        tags,
        ...(params && { params }),
        body: order.ref,
        response: writeReplies({ 200: listOf(view.ref, `All ${words[1]}, in order.`) }),
      },
    },
    async (request) => {
      const { kind, table } = pick(request);
      const { referenceData, caller } = contextOf(request);
      const ids = request.body.ids.map((sent) => idOf('item', sent) ?? '');
      if (!ids.every((id) => referenceData.get(kind, id)))
        throw new Refused(invalid({ at: 'ids', code: 'unknown_reference' }));
      await changing(api, request, (tx) => orderItems(tx, table, ids));
      await api.changed(caller.workspace_id);
      return wholeList([...(await api.referenceCache.get(caller.workspace_id)).all(kind)]);
    },
  );
}
