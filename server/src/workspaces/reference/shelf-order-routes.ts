import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { idOf } from '../../api/ids.ts';
import type { ApiParts, ApiScope } from '../../api/parts.ts';
import { replies, writeReplies } from '../../api/replies.ts';
import { changing, inWorkspace, visitorOf } from '../../api/visitor.ts';
import { listOf, wholeList } from '../../platform/http/list.ts';
import { Refused } from '../../platform/http/refused.ts';
import { closed, oneOf, shape, textOrNull } from '../../platform/http/shapes.ts';
import { invalid } from '../../platform/problem.ts';
import { type ListKind, listKinds } from '../book.ts';
import { departmentTurns } from './reference-store.ts';
import { orderItems } from './shelf-store.ts';
import { listShelf, type ShelfApi, shelves } from './shelves.ts';
import { countUses, MOST_COUNTED } from './usage-store.ts';

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
export function shelfOrderRoutes(scope: ApiScope, parts: ApiParts): void {
  for (const api of shelves) {
    addUses(scope, parts, api);
    if (api.shelf.ordered) addOrder(scope, parts, api, () => api);
  }
  addTurns(scope, parts);
  const kind = oneOf(listKinds, 'Which list.');
  addOrder(
    scope,
    parts,
    listShelf('category'),
    (request) => listShelf((request.params as { kind: ListKind }).kind),
    closed({ kind }),
  );
}

function addTurns(scope: ApiScope, parts: ApiParts): void {
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
      const turns = await inWorkspace(parts, request, departmentTurns);
      const { book } = visitorOf(request);
      return wholeList(
        book.all('department').map(({ id, member_ids }) => ({
          id,
          member_id: member_ids[(turns.get(id) ?? 0) % member_ids.length] ?? null,
        })),
      );
    },
  );
}

function addUses(scope: ApiScope, parts: ApiParts, { path, words, shelf }: ShelfApi): void {
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
    async (request) => wholeList((await inWorkspace(parts, request, (tx) => countUses(tx, shelf))) ?? []),
  );
}

function addOrder(
  scope: ApiScope,
  parts: ApiParts,
  { path, words, view }: ShelfApi,
  pick: (request: FastifyRequest) => ShelfApi,
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
      const { book, caller } = visitorOf(request);
      const ids = request.body.ids.map((sent) => idOf('item', sent) ?? '');
      if (!ids.every((id) => book.get(kind, id))) throw new Refused(invalid({ at: 'ids', code: 'unknown_reference' }));
      await changing(parts, request, (tx) => orderItems(tx, shelf, ids));
      await parts.changed(caller.workspace_id);
      parts.live.tell(caller.workspace_id, 'settings');
      return wholeList([...(await parts.books.get(caller.workspace_id)).all(kind)]);
    },
  );
}
