import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { dealPatch } from '../api/deal-body.ts';
import { idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { nothing, oneId, writeReplies } from '../api/replies.ts';
import { actorIn, changing, visitorOf } from '../api/visitor.ts';
import { announce } from '../events/event-store.ts';
import { recordActivity } from '../leads/activity-store.ts';
import { notFound } from '../platform/http/refused.ts';
import type { Tx } from '../platform/transaction.ts';
import { changedDeal, changesBetween, reasonOf } from './deal-changes.ts';
import { getDeal, removeDeal, type ShownDeal, saveDeal } from './deal-store.ts';
import { dealView, viewDeal } from './deal-view.ts';

/** PATCH and DELETE of `/v1/deals/{id}`. */
export function changeDealRoutes(scope: ApiScope, parts: ApiParts): void {
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
    (request) => changeDeal(request.params.id, request.body, request, parts),
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
      await deleteDeal(request.params.id, request, parts);
      return reply.code(204).send();
    },
  );
}

async function changeDeal(
  text: string,
  body: Static<typeof dealPatch.schema>,
  request: FastifyRequest,
  parts: ApiParts,
) {
  const { at, book } = visitorOf(request);
  const deal = await changing(parts, request, async (tx) => {
    const before = await locked(tx, text);
    const after: ShownDeal = { ...before, ...changedDeal(body, { book, at, before }) };
    const changes = changesBetween(before, after, book);
    if (changes.length === 0) return before;
    await saveDeal(tx, after);
    await announce(tx, { type: 'deal.updated', lead_id: after.lead_id, payload: viewDeal(after, book), at });
    await record(tx, after, { kind: 'deal_changed', reason: reasonOf(before, after, changes, book), changes }, request);
    return after;
  });
  tellScreens(deal, request, parts);
  return viewDeal(deal, book);
}

async function deleteDeal(text: string, request: FastifyRequest, parts: ApiParts): Promise<void> {
  const deal = await changing(parts, request, async (tx) => {
    const found = await locked(tx, text);
    await removeDeal(tx, found.id);
    await record(
      tx,
      found,
      { kind: 'deal_deleted', reason: `Deal deleted: ${found.name ?? 'without a name'}` },
      request,
    );
    return found;
  });
  tellScreens(deal, request, parts);
}

async function locked(tx: Tx, text: string): Promise<ShownDeal> {
  const deal = await getDeal(tx, idOrNotFound('deal', text), true);
  if (!deal) throw notFound();
  return deal;
}

async function record(
  tx: Tx,
  { id, lead_id }: ShownDeal,
  { kind, reason, changes }: { kind: string; reason: string; changes?: readonly object[] },
  request: FastifyRequest,
): Promise<void> {
  const [actor, at] = [actorIn(request), visitorOf(request).at];
  await recordActivity(tx, { lead_id, kind, actor, reason, detail: { id, ...(changes && { changes }) }, at });
}

function tellScreens({ lead_id }: ShownDeal, request: FastifyRequest, parts: ApiParts): void {
  const { caller } = visitorOf(request);
  parts.live.tell(caller.workspace_id, 'deals', lead_id);
}
