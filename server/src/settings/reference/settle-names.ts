import type { FastifyRequest } from 'fastify';
import { SETTLE_NAME_JOB, type Settling } from '../../bulk/settle-name.ts';
import { removeStatus } from '../../bulk/status-removal.ts';
import type { ApiContext } from '../../http/api-context.ts';
import { auditRequest } from '../../http/audit-request.ts';
import { idOf } from '../../http/path-ids.ts';
import { orNotFound, Refused } from '../../http/refused.ts';
import { contextOf, renew } from '../../http/request-context.ts';
import { enqueueFor } from '../../jobs/enqueue-for.ts';
import { hasCode } from '../../platform/database/database-errors.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { invalid } from '../../platform/problem.ts';
import { removeCustomField } from '../../workspaces/reference/custom-field-store.ts';
import { approveItem } from '../../workspaces/reference/new-name-store.ts';
import type { NamedKind } from '../../workspaces/reference/new-names.ts';
import { removeItem } from '../../workspaces/reference/reference-item-store.ts';
import { addListItem, addSource, addStatus } from '../../workspaces/reference/reference-store.ts';
import {
  addMeaning,
  getWaitingName,
  listNewNames,
  type NewName,
  removeWaitingNames,
  setMeaning,
} from '../../workspaces/reference/settle-name-store.ts';

/**
 * Turns a waiting name into an item and gives it to the leads that came with the name. An item that a request created
 * is only marked as approved.
 */
export async function approve(api: ApiContext, request: FastifyRequest, id: string): Promise<void> {
  await deciding(api, request, async (tx) => {
    const waiting = await getWaitingName(tx, id);
    if (waiting) {
      const to = await addItem(tx, waiting.kind, waiting.name);
      await auditRequest(tx, request, 'reference_added', { kind: waiting.kind, id: to, name: waiting.name });
      await setMeaning(tx, id, to);
      return settlingOf(id, waiting, to);
    }
    const { kind, name } = await newItem(tx, id);
    await approveItem(tx, kind, id);
    await auditRequest(tx, request, kind === 'custom_field' ? 'custom_field_changed' : 'reference_changed', {
      kind,
      id,
      name,
      approved: true,
    });
    return undefined;
  });
}

/** Gives the leads that came with a new name an existing item, which the name means from now on. */
export async function merge(api: ApiContext, request: FastifyRequest, id: string, into: string): Promise<void> {
  const { referenceData } = contextOf(request);
  const to = idOf('item', into) ?? '';
  const targetOf = (kind: NewName['kind']) => {
    const target = kind === 'custom_field' || to === id ? undefined : referenceData.get(kind, to);
    if (!target) throw new Refused(invalid({ at: 'into', code: 'unknown_reference' }));
  };
  const status = await deciding(api, request, async (tx) => {
    const waiting = await getWaitingName(tx, id);
    const { kind, name } = waiting ?? (await newItem(tx, id));
    targetOf(kind);
    await auditRequest(tx, request, 'reference_deleted', { kind, id, name, merged_into: to });
    if (waiting) {
      await setMeaning(tx, id, to);
      return settlingOf(id, waiting, to);
    }
    if (kind !== 'custom_field') await addMeaning(tx, { id, kind, name }, to);
    if (kind === 'source') return { of: 'source', from: id, to, name };
    if (kind === 'deal_stage') await removeUnused(() => removeItem(tx, stages, id));
    return kind === 'status' ? 'status' : undefined;
  });
  if (status) await moveStatus(api, request, id, to);
}

/** Removes a waiting name, or deletes an item that a request created. */
export async function remove(api: ApiContext, request: FastifyRequest, id: string): Promise<void> {
  const { referenceData } = contextOf(request);
  const status = await deciding(api, request, async (tx) => {
    if ((await removeWaitingNames(tx, { id })) > 0) return undefined;
    const { kind, name } = await newItem(tx, id);
    const action = kind === 'custom_field' ? 'custom_field_deleted' : 'reference_deleted';
    await auditRequest(tx, request, action, { kind, id, name });
    if (kind === 'source') return { of: 'source', from: id, to: null, name };
    if (kind === 'status') return 'status';
    if (kind === 'deal_stage') await removeUnused(() => removeItem(tx, stages, id));
    else if ((await removeCustomField(tx, id)) === 'in_use') throw new Refused({ kind: 'conflict', code: 'in_use' });
    return undefined;
  });
  const usual = referenceData.all('status').find((one) => one.is_default);
  if (status && usual) await moveStatus(api, request, id, usual.id);
}

const stages = { name: 'reference_items', kind: 'deal_stage', ordered: true } as const;

/**
 * Applies a decision on a name and enqueues the job that changes its leads. The job is not limited by the caller's
 * visibility, because leads that the caller may not see can have the name too. Resolves to true if the leads of a
 * status remain to be moved.
 */
async function deciding(
  api: ApiContext,
  request: FastifyRequest,
  decide: (tx: Tx) => Promise<Settling | 'status' | undefined>,
): Promise<boolean> {
  const work = async (tx: Tx) => {
    const decided = await decide(tx);
    if (typeof decided === 'object')
      await enqueueFor(tx, request, { kind: SETTLE_NAME_JOB, params: { ...decided }, total: 0 });
    return decided;
  };
  const decided = await api.database.tx(contextOf(request).caller.workspace_id, work, { retry: true });
  await renew(api, request);
  return decided === 'status';
}

async function moveStatus(api: ApiContext, request: FastifyRequest, from: string, to: string): Promise<void> {
  await removeStatus(api, request, from, to);
  await renew(api, request);
}

/** An item that a request created and nobody has approved. */
async function newItem(tx: Tx, id: string): Promise<NewName> {
  return orNotFound((await listNewNames(tx)).find((one) => one.id === id && one.state === 'in_use'));
}

function settlingOf(id: string, { kind, name }: { kind: NamedKind; name: string }, to: string): Settling {
  return { of: 'waiting', name_id: id, kind, to, name };
}

function addItem(tx: Tx, kind: NamedKind, name: string): Promise<string> {
  if (kind === 'source') return addSource(tx, name);
  return kind === 'status' ? addStatus(tx, name, 'open') : addListItem(tx, kind, name);
}

async function removeUnused(work: () => Promise<unknown>): Promise<void> {
  await work().catch((error: unknown) => {
    throw hasCode(error, '23503') ? new Refused({ kind: 'conflict', code: 'in_use' }) : error;
  });
}
