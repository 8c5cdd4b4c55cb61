import type { FastifyRequest } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { FORGET_REASONS_JOB } from '../../bulk/forget-reasons.ts';
import { removeTag } from '../../bulk/remove-tag.ts';
import { refuseUsedStatus, removeStatus } from '../../bulk/status-removal.ts';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { auditRequest } from '../../http/audit-request.ts';
import { listOf, wholeList } from '../../http/list.ts';
import { idOrNotFound } from '../../http/path-ids.ts';
import { notFound, type OwnConflict, orNotFound, Refused } from '../../http/refused.ts';
import { changing, contextOf, renew, renewed } from '../../http/request-context.ts';
import { oneId, routesAbout } from '../../http/route.ts';
import { closed, oneOf } from '../../http/shapes.ts';
import { enqueueFor } from '../../jobs/enqueue-for.ts';
import type { Job } from '../../jobs/job-store.ts';
import { jobView, viewJob } from '../../jobs/job-view.ts';
import { hasCode, isConflict } from '../../platform/database/database-errors.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { limits } from '../../workspaces/limits/catalogue.ts';
import {
  addItem,
  changeItem,
  clearDefaultStatus,
  removeItem,
} from '../../workspaces/reference/reference-item-store.ts';
import { setDepartmentMembers } from '../../workspaces/reference/reference-store.ts';
import { leadsWithStaleReason } from '../../workspaces/reference/usage-store.ts';
import { type ListKind, listKinds, type ReferenceData, type ReferenceItem } from '../../workspaces/reference-data.ts';
import {
  checkItem,
  type ItemBody,
  listReferenceItems,
  type ReferenceKindApi,
  referenceKinds,
} from './reference-kinds.ts';

const { route, writeRoute } = routesAbout('Reference data');
const kind = oneOf(listKinds, 'Name of the list.');

/**
 * Reference data: `/v1/statuses`, `/lead-types`, `/sources`, `/departments`, `/tags` and the simple lists below
 * `/reference`.
 */
export function referenceRoutes(scope: ApiScope, api: ApiContext): void {
  for (const kindApi of referenceKinds) addReferenceKind(scope, api, kindApi, () => kindApi);
  const byKind = new Map(listKinds.map((one) => [one, listReferenceItems(one)]));
  addReferenceKind(scope, api, listReferenceItems('category'), (request) => {
    return orNotFound(byKind.get((request.params as { kind: ListKind }).kind));
  });
}

const withArticle = (word: string) => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;

type Pick = (request: FastifyRequest) => ReferenceKindApi;

function addReferenceKind(scope: ApiScope, api: ApiContext, kindApi: ReferenceKindApi, pick: Pick): void {
  const plain = kindApi.path.includes(':kind');
  const [one, many] = kindApi.words;
  const all = plain ? { params: closed({ kind }) } : {};
  scope.get(
    kindApi.path,
    route('read settings', `List ${many}`, { ...all, 200: listOf(kindApi.view.ref, `All ${many}.`) }),
    async (request) => wholeList([...contextOf(request).referenceData.all(pick(request).kind)]),
  );
  scope.post(
    kindApi.path,
    writeRoute(kindApi.creators ?? 'administer', `Create ${withArticle(one)}`, {
      ...all,
      body: kindApi.create.ref,
      201: kindApi.view.ref,
      or: [409],
    }),
    async (request, reply) => reply.code(201).send(await add(pick(request), request, api)),
  );
  addOne(scope, api, kindApi, pick);
}

function addOne(scope: ApiScope, api: ApiContext, kindApi: ReferenceKindApi, pick: Pick): void {
  const [one] = kindApi.words;
  const params = kindApi.path.includes(':kind')
    ? closed({ kind, id: Type.String({ description: 'Unique id.' }) })
    : oneId;
  const path = `${kindApi.path}/:id`;
  const started: Record<number, TSchema> = mayTakeLong(kindApi) ? { 202: jobView.ref } : {};
  scope.patch(
    path,
    writeRoute('administer', `Update ${withArticle(one)}`, {
      params,
      body: kindApi.patch.ref,
      200: kindApi.view.ref,
      or: [409],
    }),
    async (request) => change(pick(request), request, api),
  );
  scope.delete(
    path,
    writeRoute('administer', `Delete ${withArticle(one)}`, {
      params,
      ...(kindApi.kind === 'status' && { querystring: moveQuery }),
      204: 'Deleted.',
      ...started,
      or: [409],
    }),
    async (request, reply) => {
      const job = await remove(pick(request), request, api);
      return job ? reply.code(202).send(viewJob(job, contextOf(request).referenceData)) : reply.code(204).send();
    },
  );
}

/** Whether leads may have to be changed before an item can be deleted. */
const mayTakeLong = ({ kind: of }: ReferenceKindApi) => of === 'status' || of === 'tag';

const moveQuery = closed({
  move_to: Type.Optional(
    Type.String({ description: 'Status that its leads are moved to first. If there are many, the response is a job.' }),
  ),
});

const taken: OwnConflict = { kind: 'own_conflict', code: 'name_taken', detail: 'This name is already taken.' };
const needed = (detail: string) => new Refused({ kind: 'own_conflict', code: 'needed', detail });

async function add(kindApi: ReferenceKindApi, request: FastifyRequest, api: ApiContext): Promise<ReferenceItem> {
  const body = readBody(kindApi, request);
  requireRoom(contextOf(request).referenceData, kindApi.kind);
  const { member_ids, ...values } = body;
  // A new status counts as open work unless the request says otherwise.
  const state = kindApi.kind === 'status' && values['state'] === undefined ? { state: 'open' } : {};
  const id = await changing(api, request, async (tx) => {
    if (values['is_default'] === true) await clearDefaultStatus(tx);
    const made = await addItem(tx, kindApi.table, { ...values, ...state, name: values.name ?? '' });
    if (made === undefined) throw new Refused(taken);
    if (member_ids) await setDepartmentMembers(tx, made, [...new Set(member_ids)]);
    await auditRequest(tx, request, 'reference_added', { kind: kindApi.kind, id: made, name: values.name });
    return made;
  });
  return shown(kindApi, id, await renewed(api, request));
}

/** Items created by requests do not count, so that they cannot use up the number of items that people may create. */
function requireRoom({ all, newNames }: ReferenceData, of: ReferenceKindApi['kind']): void {
  const byRequests = of === 'source' || of === 'status' || of === 'deal_stage' ? newNames.unapproved[of] : 0;
  const most = limits.names_by_people.figure;
  if (all(of).length - byRequests < most) return;
  throw new Refused({ kind: 'own_conflict', code: 'too_much', detail: `A list can have ${most} items.` });
}

async function change(kindApi: ReferenceKindApi, request: FastifyRequest, api: ApiContext): Promise<ReferenceItem> {
  const id = idIn(request);
  const body = readBody(kindApi, request);
  const { member_ids, ...values } = body;
  const { referenceData } = contextOf(request);
  if (values['is_default'] === false && referenceData.get('status', id)?.is_default)
    throw needed('A workspace needs a default status. Make another one the default instead.');
  await changing(api, request, async (tx) => {
    if (values['is_default'] === true) await clearDefaultStatus(tx);
    if (!(await changeItem(tx, kindApi.table, id, values))) throw notFound();
    if (member_ids) await setDepartmentMembers(tx, id, [...new Set(member_ids)]);
    // If the status no longer means lost, the lost reasons of its leads are cleared.
    if (values['state'] !== undefined && (await leadsWithStaleReason(tx, id, 1)).length > 0)
      await enqueueFor(tx, request, { kind: FORGET_REASONS_JOB, params: { status_id: id }, total: 0 });
    await auditRequest(tx, request, 'reference_changed', {
      kind: kindApi.kind,
      id,
      name: referenceData.get(kindApi.kind, id)?.name,
      ...body,
    });
  }).catch((error: unknown) => {
    throw isConflict(error) ? new Refused(taken) : error;
  });
  return shown(kindApi, id, await renewed(api, request));
}

async function remove(kindApi: ReferenceKindApi, request: FastifyRequest, api: ApiContext): Promise<Job | undefined> {
  const id = idIn(request);
  const { referenceData } = contextOf(request);
  if (referenceData.get('status', id)?.is_default)
    throw needed('The default status cannot be deleted. Make another one the default first.');
  if (
    kindApi.kind === 'deal_stage' &&
    referenceData.get('deal_stage', id) &&
    referenceData.all('deal_stage').length === 1
  )
    throw needed('The last deal stage cannot be deleted.');
  const { move_to } = request.query as { move_to?: string };
  if (move_to !== undefined && referenceData.get('status', id)) {
    const job = await removeStatus(api, request, id, move_to);
    await renew(api, request);
    return job;
  }
  let job: Job | undefined;
  const work = async (tx: Tx) => {
    if (kindApi.kind === 'tag' && referenceData.get('tag', id)) job = await removeTag(tx, request, id);
    else if (!(await removeItem(tx, kindApi.table, id))) throw notFound();
    await auditRequest(tx, request, 'reference_deleted', {
      kind: kindApi.kind,
      id,
      name: referenceData.get(kindApi.kind, id)?.name,
    });
  };
  await changing(api, request, work).catch((error: unknown) => {
    if (!hasCode(error, '23503')) throw error;
    if (kindApi.kind === 'status') return refuseUsedStatus(api, request, id);
    throw new Refused({ kind: 'conflict', code: 'in_use' });
  });
  await renew(api, request);
  return job;
}

function readBody(kindApi: ReferenceKindApi, request: FastifyRequest): ItemBody {
  const body = request.body as ItemBody;
  const problem = checkItem(kindApi, body, contextOf(request).referenceData);
  if (problem) throw new Refused(problem);
  return body;
}

function idIn(request: FastifyRequest): string {
  return idOrNotFound('item', (request.params as { id: string }).id);
}

/** Announces the change to all processes and screens, and reloads the reference data. */
function shown({ kind: of }: ReferenceKindApi, id: string, referenceData: ReferenceData): ReferenceItem {
  return orNotFound(referenceData.get(of, id));
}
