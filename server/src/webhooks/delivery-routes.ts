import Type from 'typebox';
import { eventTypes } from '../events/catalogue.ts';
import type { ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { listOf, pageQuery, readPage } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound, orNotFound, Refused } from '../http/refused.ts';
import { changing, contextOf, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { bodyShape, closed, instant, oneOf } from '../http/shapes.ts';
import { startJob } from '../jobs/enqueue-for.ts';
import { jobView } from '../jobs/job-view.ts';
import { getLead } from '../leads/lead-store.ts';
import { viewLead } from '../leads/lead-view.ts';
import { invalid } from '../platform/problem.ts';
import { countReplayed, getDelivery, listAttempts, listDeliveries, resendDelivery } from './delivery-store.ts';
import { deliveryDetail, deliveryView, viewAttempt, viewDelivery } from './delivery-view.ts';
import { REPLAY_DELIVERIES_JOB, replayParams } from './replay-jobs.ts';
import { eventBody } from './sending/event-body.ts';
import { deliveryStates, readDeliveryId } from './webhook.ts';
import { requireEnabled, type WebhookContext } from './webhook-routes.ts';
import { getWebhook } from './webhook-store.ts';

const { route, writeRoute } = routesAbout('Webhooks');
const policy = 'administer';
/** States that can be replayed: those of deliveries that are not waiting to be sent anyway. */
const replayable = ['held', 'failed', 'delivered'] as const;

const replayBody = bodyShape('WebhookReplay', 'Which deliveries to send again.', {
  since: instant('Events from this time on.'),
  until: Type.Optional(instant('Events before this time; now if omitted.')),
  state: Type.Optional(
    oneOf(replayable, 'Only deliveries in this state. Defaults to held and failed, which never arrived.'),
  ),
});

/** `/v1/deliveries`, and the deliveries of a webhook. */
export function deliveryRoutes(scope: ApiScope, api: WebhookContext): void {
  scope.get(
    '/webhooks/:id/deliveries',
    route(policy, 'List the deliveries of a webhook', {
      about: 'Newest events first.',
      params: oneId,
      querystring: closed({
        state: Type.Optional(oneOf(deliveryStates, 'Only deliveries in this state.')),
        type: Type.Optional(oneOf(eventTypes, 'Only events of this type.')),
        ...pageQuery,
      }),
      200: listOf(deliveryView.ref, 'Deliveries, newest events first.'),
    }),
    (request) => {
      const id = idOrNotFound('hook', request.params.id);
      return readPage(
        request.query,
        (limit, after) =>
          reading(api, request, async (tx) => {
            if (!(await getWebhook(tx, id))) throw notFound();
            return listDeliveries(tx, id, request.query, { limit, after });
          }),
        viewDelivery,
      );
    },
  );
  scope.get(
    '/deliveries/:id',
    route(policy, 'Get a delivery with its attempts', { params: oneId, 200: deliveryDetail.ref }),
    (request) => {
      const key = keyOf(request.params.id);
      return reading(api, request, async (tx) => {
        const delivery = await getDelivery(tx, key);
        const webhook = await getWebhook(tx, key.webhook_id);
        if (!delivery || !webhook) throw notFound();
        const isWithLead = webhook.include.includes('lead') && delivery.lead_id !== null;
        const lead = isWithLead ? await getLead(tx, delivery.lead_id ?? '') : undefined;
        const view = lead ? viewLead(lead, contextOf(request).referenceData) : null;
        const attempts = await listAttempts(tx, key);
        return {
          ...viewDelivery(delivery),
          body: isWithLead ? eventBody(delivery, view) : eventBody(delivery),
          attempt_list: attempts.map(viewAttempt),
        };
      });
    },
  );
  addSending(scope, api);
}

function addSending(scope: ApiScope, api: WebhookContext): void {
  scope.post(
    '/deliveries/:id/resend',
    writeRoute(policy, 'Send a delivery again', {
      about: 'Sends it with the same webhook-id, whatever its state, and restarts its schedule of attempts.',
      params: oneId,
      202: deliveryView.ref,
      or: [409],
    }),
    async (request, reply) => {
      const key = keyOf(request.params.id);
      const { at } = contextOf(request);
      const delivery = orNotFound(
        await changing(api, request, async (tx) => {
          const webhook = await getWebhook(tx, key.webhook_id);
          if (!webhook || !(await getDelivery(tx, key))) throw notFound();
          requireEnabled(webhook);
          await resendDelivery(tx, key, at);
          return getDelivery(tx, key);
        }),
      );
      return reply.code(202).send(viewDelivery(delivery));
    },
  );
  scope.post(
    '/webhooks/:id/replay',
    writeRoute(policy, 'Replay deliveries of a webhook', {
      about: 'Sends events again, oldest first, with their original ids. Follow the job for its progress.',
      params: oneId,
      body: replayBody.ref,
      202: jobView.ref,
      or: [409],
    }),
    async (request, reply) => {
      const id = idOrNotFound('hook', request.params.id);
      const { since, until, state } = request.body;
      const params = {
        webhook_id: id,
        since,
        until: until ?? contextOf(request).at.toISOString(),
        states: state ? [state] : (['held', 'failed'] as const),
      };
      if (new Date(params.since) > new Date(params.until))
        throw new Refused(invalid({ at: 'until', code: 'too_small', limits: {} }));
      const job = await startJob(api, request, async (tx) => {
        const webhook = orNotFound(await getWebhook(tx, id));
        requireEnabled(webhook);
        await auditRequest(tx, request, 'webhook_replayed', { id, since, until: params.until });
        return { kind: REPLAY_DELIVERIES_JOB, params, total: await countReplayed(tx, id, replayParams(params)) };
      });
      return reply.code(202).send(job);
    },
  );
}

function keyOf(text: string) {
  return orNotFound(readDeliveryId(text));
}
