import type { FastifyRequest } from 'fastify';
import { announce } from '../events/event-store.ts';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound } from '../http/refused.ts';
import { actorIn, changing, contextOf } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import { dealPatch } from './deal-body.ts';
import { changedDeal } from './deal-changes.ts';
import { getDeal, removeDeal, type ShownDeal } from './deal-store.ts';
import { dealView, viewDeal } from './deal-view.ts';
import { saveDealChange } from './save-deal-change.ts';

const { writeRoute } = routesAbout('Deals');

/** PATCH and DELETE of `/v1/deals/{id}`. */
export function changeDealRoutes(scope: ApiScope, api: ApiContext): void {
  scope.patch(
    '/deals/:id',
    writeRoute('work leads', 'Update a deal', {
      about: 'Moving a deal to a won or lost stage closes it; moving it back reopens it.',
      params: oneId,
      body: dealPatch.ref,
      200: dealView.ref,
    }),
    async (request) => {
      const { at, referenceData } = contextOf(request);
      const deal = await changing(api, request, async (tx) => {
        const before = await locked(tx, request.params.id);
        const after: ShownDeal = { ...before, ...changedDeal(request.body, { referenceData, at, before }) };
        const isChanged = await saveDealChange(tx, { before, after }, { referenceData, actor: actorIn(request), at });
        return isChanged ? after : before;
      });
      return viewDeal(deal, referenceData);
    },
  );
  scope.delete(
    '/deals/:id',
    writeRoute('delete leads', 'Delete a deal', { params: oneId, 204: 'Deleted.' }),
    async (request, reply) => {
      await changing(api, request, async (tx) => deleteDeal(tx, await locked(tx, request.params.id), request));
      return reply.code(204).send();
    },
  );
}

async function deleteDeal(tx: Tx, { id, lead_id, name }: ShownDeal, request: FastifyRequest): Promise<void> {
  const { at } = contextOf(request);
  await removeDeal(tx, id);
  await announce(tx, { type: 'deal.deleted', lead_id, payload: { deal_id: typeId('deal', id) }, at });
  const reason = `Deal deleted: ${name ?? 'without a name'}`;
  await recordActivity(tx, { lead_id, kind: 'deal_deleted', actor: actorIn(request), reason, detail: { id }, at });
}

async function locked(tx: Tx, text: string): Promise<ShownDeal> {
  return orNotFound(await getDeal(tx, idOrNotFound('deal', text), true));
}
