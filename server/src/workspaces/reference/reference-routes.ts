import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { idOrNotFound } from '../../api/ids.ts';
import type { ApiParts, ApiScope } from '../../api/parts.ts';
import { record } from '../../api/record.ts';
import { nothing, oneId, replies, writeReplies } from '../../api/replies.ts';
import { refuseUsedStatus, removeStatus } from '../../api/status-removal.ts';
import { changing, visitorOf } from '../../api/visitor.ts';
import type { Job } from '../../jobs/job-store.ts';
import { jobView, viewJob } from '../../jobs/job-view.ts';
import { hasCode, isConflict } from '../../platform/database-errors.ts';
import { listOf, wholeList } from '../../platform/http/list.ts';
import { notFound, type OwnConflict, Refused } from '../../platform/http/refused.ts';
import { closed, oneOf } from '../../platform/http/shapes.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Book, type BookItem, type ListKind, listKinds } from '../book.ts';
import { setDepartmentMembers } from './reference-store.ts';
import { addItem, changeItem, clearDefaultStatus, removeItem } from './shelf-store.ts';
import { checkItem, type ItemBody, listShelf, type ShelfApi, shelves } from './shelves.ts';

const tags = ['Reference data'];
const kind = oneOf(listKinds, 'Which list.');

/** Reference data: `/v1/statuses`, `/lead-types`, `/sources`, `/departments` and the plain lists below `/reference`. */
export function referenceRoutes(scope: ApiScope, parts: ApiParts): void {
  for (const api of shelves) addShelf(scope, parts, api, () => api);
  const byKind = new Map(listKinds.map((one) => [one, listShelf(one)]));
  addShelf(scope, parts, listShelf('category'), (request) => {
    const api = byKind.get((request.params as { kind: ListKind }).kind);
    if (!api) throw notFound();
    return api;
  });
}

type Pick = (request: FastifyRequest) => ShelfApi;

function addShelf(scope: ApiScope, parts: ApiParts, api: ShelfApi, pick: Pick): void {
  const plain = api.path.includes(':kind');
  const [one, many] = api.words;
  const all = plain ? { params: closed({ kind }) } : {};
  scope.get(
    api.path,
    {
      config: { policy: 'read settings' },
      schema: {
        summary: `List ${many}`,
        tags,
        ...all,
        response: replies({ 200: listOf(api.view.ref, `All ${many}.`) }),
      },
    },
    async (request) => wholeList([...visitorOf(request).book.all(pick(request).kind)]),
  );
  scope.post(
    api.path,
    {
      config: { policy: 'administer' },
      schema: {
        summary: `Add a ${one}`,
        tags,
        ...all,
        body: api.create.ref,
        response: writeReplies({ 201: api.view.ref }, [409]),
      },
    },
    async (request, reply) => reply.code(201).send(await add(pick(request), request, parts)),
  );
  addOne(scope, parts, api, pick);
}

function addOne(scope: ApiScope, parts: ApiParts, api: ShelfApi, pick: Pick): void {
  const [one] = api.words;
  const params = api.path.includes(':kind') ? closed({ kind, id: Type.String({ description: 'Its id.' }) }) : oneId;
  const path = `${api.path}/:id`;
  scope.patch(
    path,
    {
      config: { policy: 'administer' },
      schema: {
        summary: `Change a ${one}`,
        tags,
        params,
        body: api.patch.ref,
        response: writeReplies({ 200: api.view.ref }, [404, 409]),
      },
    },
    async (request) => change(pick(request), request, parts),
  );
  scope.delete(
    path,
    {
      config: { policy: 'administer' },
      schema: {
        summary: `Delete a ${one}`,
        tags,
        params,
        ...(api.kind === 'status' && { querystring: moveQuery }),
        response: writeReplies(api.kind === 'status' ? { 204: gone, 202: jobView.ref } : { 204: gone }, [404, 409]),
      },
    },
    async (request, reply) => {
      const job = await remove(pick(request), request, parts);
      return job ? reply.code(202).send(viewJob(job)) : reply.code(204).send();
    },
  );
}

const gone = nothing('It is gone.');
const moveQuery = closed({
  move_to: Type.Optional(
    Type.String({ description: 'The status that its leads get first. When they are many the answer is a job.' }),
  ),
});

const taken: OwnConflict = { kind: 'own_conflict', code: 'name_taken', detail: 'Another one has this name.' };
const needed = (detail: string) => new Refused({ kind: 'own_conflict', code: 'needed', detail });

async function add(api: ShelfApi, request: FastifyRequest, parts: ApiParts): Promise<BookItem> {
  const body = readBody(api, request);
  const { member_ids, ...values } = body;
  // Until someone says otherwise a new status is one of work going on.
  const state = api.kind === 'status' && values['state'] === undefined ? { state: 'open' } : {};
  const id = await changing(parts, request, async (tx) => {
    if (values['is_default'] === true) await clearDefaultStatus(tx);
    const made = await addItem(tx, api.shelf, { ...values, ...state, name: values.name ?? '' });
    if (made === undefined) throw new Refused(taken);
    if (member_ids) await setDepartmentMembers(tx, made, [...new Set(member_ids)]);
    await record(tx, request, 'reference_added', { kind: api.kind, id: made, name: values.name });
    return made;
  });
  return shown(api, id, await renew(request, parts));
}

async function change(api: ShelfApi, request: FastifyRequest, parts: ApiParts): Promise<BookItem> {
  const id = idIn(request);
  const body = readBody(api, request);
  const { member_ids, ...values } = body;
  const { book } = visitorOf(request);
  if (values['is_default'] === false && book.get('status', id)?.is_default)
    throw needed('A workspace has one default status. Make another one the default.');
  await changing(parts, request, async (tx) => {
    if (values['is_default'] === true) await clearDefaultStatus(tx);
    if (!(await changeItem(tx, api.shelf, id, values))) throw notFound();
    if (member_ids) await setDepartmentMembers(tx, id, [...new Set(member_ids)]);
    await record(tx, request, 'reference_changed', { kind: api.kind, id, name: book.get(api.kind, id)?.name, ...body });
  }).catch((error: unknown) => {
    throw isConflict(error) ? new Refused(taken) : error;
  });
  return shown(api, id, await renew(request, parts));
}

async function remove(api: ShelfApi, request: FastifyRequest, parts: ApiParts): Promise<Job | undefined> {
  const id = idIn(request);
  const { book } = visitorOf(request);
  if (book.get('status', id)?.is_default) throw needed('The default status stays. Make another one the default first.');
  if (api.kind === 'deal_stage' && book.get('deal_stage', id) && book.all('deal_stage').length === 1)
    throw needed('The last deal stage stays.');
  const { move_to } = request.query as { move_to?: string };
  if (move_to !== undefined && book.get('status', id)) {
    const job = await removeStatus(parts, request, id, move_to);
    await renew(request, parts);
    return job;
  }
  const work = async (tx: Tx) => {
    if (!(await removeItem(tx, api.shelf, id))) throw notFound();
    await record(tx, request, 'reference_deleted', { kind: api.kind, id, name: book.get(api.kind, id)?.name });
  };
  await changing(parts, request, work).catch((error: unknown) => {
    if (!hasCode(error, '23503')) throw error;
    if (api.kind === 'status') return refuseUsedStatus(parts, request, id);
    throw new Refused({ kind: 'conflict', code: 'in_use' });
  });
  await renew(request, parts);
  return undefined;
}

function readBody(api: ShelfApi, request: FastifyRequest): ItemBody {
  const body = request.body as ItemBody;
  const problem = checkItem(api, body, visitorOf(request).book);
  if (problem) throw new Refused(problem);
  return body;
}

function idIn(request: FastifyRequest): string {
  return idOrNotFound('item', (request.params as { id: string }).id);
}

/** Tells everybody of the change, and reads the book as it is now. */
async function renew(request: FastifyRequest, parts: ApiParts): Promise<Book> {
  const { workspace_id } = visitorOf(request).caller;
  await parts.changed(workspace_id);
  parts.live.tell(workspace_id, 'settings');
  return parts.books.get(workspace_id);
}

function shown({ kind: of }: ShelfApi, id: string, book: Book): BookItem {
  const item = book.get(of, id);
  if (!item) throw notFound();
  return item;
}
