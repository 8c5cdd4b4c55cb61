import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { announce } from '../events/event-store.ts';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { nothing, oneId, writeReplies } from '../http/replies.ts';
import { actorIn, changing, contextOf } from '../http/request-context.ts';
import type { ActivityDetails } from '../leads/activity-kinds.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import { dealPatch } from './deal-body.ts';
import { changedDeal, changesBetween, reasonOf } from './deal-changes.ts';
import { getDeal, removeDeal, type ShownDeal, saveDeal } from './deal-store.ts';
import { aboutDeal, dealView, viewDeal } from './deal-view.ts';

/** PATCH and DELETE of `/v1/deals/{id}`. */
export function changeDealRoutes(scope: ApiScope, api: ApiContext): void {
  const tags = ['Deals'];
  scope.patch(
    '/deals/:id',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Change a deal',
        description: 'A deal that comes to a stage that is won or lost is closed; one that comes back is open again.',
        tags,
        params: oneId,
        body: dealPatch.ref,
        response: writeReplies({ 200: dealView.ref }, [404]),
      },
    },
    (request) => changeDeal(request.params.id, request.body, request, api),
  );
  scope.delete(
    '/deals/:id',
    {
      config: { policy: 'delete leads' },
      schema: {
        summary: 'Delete a deal',
        tags,
        params: oneId,
        response: writeReplies({ 204: nothing('It is gone.') }, [404]),
      },
    },
    async (request, reply) => {
      await deleteDeal(request.params.id, request, api);
      return reply.code(204).send();
    },
  );
}

async function changeDeal(
  text: string,
  body: Static<typeof dealPatch.schema>,
  request: FastifyRequest,
  api: ApiContext,
) {
  const { at, referenceData } = contextOf(request);
  const deal = await changing(api, request, async (tx) => {
    const before = await locked(tx, text);
    const after: ShownDeal = { ...before, ...changedDeal(body, { referenceData, at, before }) };
    const changes = changesBetween(before, after, referenceData);
    if (changes.length === 0) return before;
    await saveDeal(tx, after);
    const changed = changes.map(({ field }) => field);
    const payload = { ...aboutDeal(after, referenceData), changed };
    await announce(tx, { type: 'deal.updated', lead_id: after.lead_id, payload, at });
    await record(
      tx,
      after,
      {
        kind: 'deal_changed',
        reason: reasonOf(before, after, changes, referenceData),
        detail: { id: after.id, changes },
      },
      request,
    );
    return after;
  });
  return viewDeal(deal, referenceData);
}

async function deleteDeal(text: string, request: FastifyRequest, api: ApiContext): Promise<void> {
  await changing(api, request, async (tx) => {
    const found = await locked(tx, text);
    await removeDeal(tx, found.id);
    const payload = { deal_id: typeId('deal', found.id) };
    await announce(tx, { type: 'deal.deleted', lead_id: found.lead_id, payload, at: contextOf(request).at });
    await record(
      tx,
      found,
      { kind: 'deal_deleted', reason: `Deal deleted: ${found.name ?? 'without a name'}`, detail: { id: found.id } },
      request,
    );
  });
}

async function locked(tx: Tx, text: string): Promise<ShownDeal> {
  const deal = await getDeal(tx, idOrNotFound('deal', text), true);
  if (!deal) throw notFound();
  return deal;
}

async function record<K extends 'deal_changed' | 'deal_deleted'>(
  tx: Tx,
  { lead_id }: ShownDeal,
  { kind, reason, detail }: { kind: K; reason: string; detail: ActivityDetails[K] },
  request: FastifyRequest,
): Promise<void> {
  await recordActivity(tx, { lead_id, kind, actor: actorIn(request), reason, detail, at: contextOf(request).at });
}
