import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { announce } from '../events/event-store.ts';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { nothing, oneId, writeReplies } from '../http/replies.ts';
import { actorIn, changing, contextOf } from '../http/request-context.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import { dealPatch } from './deal-body.ts';
import { changedDeal } from './deal-changes.ts';
import { getDeal, removeDeal, type ShownDeal } from './deal-store.ts';
import { dealView, viewDeal } from './deal-view.ts';
import { saveDealChange } from './save-deal-change.ts';

/** PATCH and DELETE of `/v1/deals/{id}`. */
export function changeDealRoutes(scope: ApiScope, api: ApiContext): void {
  const tags = ['Deals'];
  scope.patch(
    '/deals/:id',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Update a deal',
        description: 'Moving a deal to a won or lost stage closes it; moving it back reopens it.',
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
        response: writeReplies({ 204: nothing('Deleted.') }, [404]),
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
    const isChanged = await saveDealChange(tx, { before, after }, { referenceData, actor: actorIn(request), at });
    return isChanged ? after : before;
  });
  return viewDeal(deal, referenceData);
}

async function deleteDeal(text: string, request: FastifyRequest, api: ApiContext): Promise<void> {
  await changing(api, request, async (tx) => {
    const found = await locked(tx, text);
    await removeDeal(tx, found.id);
    const payload = { deal_id: typeId('deal', found.id) };
    await announce(tx, { type: 'deal.deleted', lead_id: found.lead_id, payload, at: contextOf(request).at });
    await recordActivity(tx, {
      lead_id: found.lead_id,
      kind: 'deal_deleted',
      actor: actorIn(request),
      reason: `Deal deleted: ${found.name ?? 'without a name'}`,
      detail: { id: found.id },
      at: contextOf(request).at,
    });
  });
}

async function locked(tx: Tx, text: string): Promise<ShownDeal> {
  const deal = await getDeal(tx, idOrNotFound('deal', text), true);
  if (!deal) throw notFound();
  return deal;
}
