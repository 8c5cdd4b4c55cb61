import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { idOf } from '../../http/path-ids.ts';
import { Refused } from '../../http/refused.ts';
import { changingSettings, contextOf, reading } from '../../http/request-context.ts';
import { routesAbout } from '../../http/route.ts';
import { bodyShape, closed, oneOf, textOrNull, viewShape } from '../../http/shapes.ts';
import { invalid } from '../../platform/problem.ts';
import { orderItems } from '../../workspaces/reference/reference-item-store.ts';
import { departmentTurns } from '../../workspaces/reference/reference-store.ts';
import { countLeadsByItem, MOST_COUNTED } from '../../workspaces/reference/usage-store.ts';
import { type ListKind, listKinds, membersInTurn } from '../../workspaces/reference-data.ts';
import { listReferenceItems, type ReferenceKindApi, referenceKinds } from './reference-kinds.ts';

const { route, writeRoute } = routesAbout('Reference data');

const order = bodyShape('Order', 'A sort order. Items that are omitted come last.', {
  ids: Type.Array(Type.String(), {
    minItems: 1,
    maxItems: 1000,
    uniqueItems: true,
    description: 'Ids in the desired order.',
  }),
});
const uses = viewShape('ReferenceUsage', 'How many leads use an item.', {
  id: Type.String(),
  leads: Type.Integer({ description: `Number of leads that use it; counted up to ${MOST_COUNTED}.` }),
});

const nextInTurn = viewShape('NextInTurn', 'The member who gets the next lead of a department.', {
  id: Type.String(),
  member_id: textOrNull('The member who gets the next lead; null if it stays unassigned.'),
});

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
    route('read settings', 'List who gets the next lead of each department', {
      200: listOf(nextInTurn.ref, 'All departments.'),
    }),
    async (request) => {
      const turns = await reading(api, request, departmentTurns);
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
    route('read settings', `Count the leads of each ${words[0]}`, { 200: listOf(uses.ref, `All ${words[1]}.`) }),
    async (request) => wholeList((await reading(api, request, (tx) => countLeadsByItem(tx, table))) ?? []),
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
    writeRoute('administer', `Reorder ${words[1]}`, {
      ...(params && { params }),
      body: order.ref,
      200: listOf(view.ref, `All ${words[1]}, in order.`),
    }),
    async (request) => {
      const { kind, table } = pick(request);
      const { referenceData, caller } = contextOf(request);
      const ids = request.body.ids.map((sent) => idOf('item', sent) ?? '');
      if (!ids.every((id) => referenceData.get(kind, id)))
        throw new Refused(invalid({ at: 'ids', code: 'unknown_reference' }));
      await changingSettings(api, request, (tx) => orderItems(tx, table, ids));
      return wholeList([...(await api.referenceCache.get(caller.workspace_id)).all(kind)]);
    },
  );
}
