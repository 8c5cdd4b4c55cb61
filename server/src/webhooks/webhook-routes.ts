import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { announce } from '../events/event-store.ts';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { auditRequest } from '../http/audit-request.ts';
import { listOf, wholeList } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound, orNotFound, Refused } from '../http/refused.ts';
import { actorIn, changing, contextOf, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Egress } from '../platform/egress/egress.ts';
import { typeId, uuidv7 } from '../platform/ids.ts';
import { ownerOf } from '../secrets/secret-store.ts';
import { addDelivery, getDelivery, hoursOf } from './delivery-store.ts';
import { deliveryView, viewDelivery } from './delivery-view.ts';
import { readSettings } from './read-settings.ts';
import { newSecret, showSecret } from './sending/signature.ts';
import type { Webhook } from './webhook.ts';
import {
  webhookCreate,
  webhookHour,
  webhookPatch,
  webhookRotate,
  webhookView,
  webhookWithSecret,
} from './webhook-shapes.ts';
import {
  changeWebhook,
  countWebhooks,
  createWebhook,
  deleteWebhook,
  disableWebhook,
  enableWebhook,
  getCountedWebhook,
  getWebhook,
  listWebhooks,
  lockWebhook,
  rotateSecret,
} from './webhook-store.ts';
import { viewWebhook } from './webhook-view.ts';

const { route, writeRoute } = routesAbout('Webhooks');
const policy = 'administer';
const MOST_WEBHOOKS = 50;
const HOUR_MS = 3_600_000;

/** What the routes of webhooks need. */
export interface WebhookContext extends ApiContext {
  egress: Egress;
}

/** `/v1/webhooks`: the receivers of events. */
export function webhookRoutes(scope: ApiScope, api: WebhookContext): void {
  scope.get(
    '/webhooks',
    route(policy, 'List webhooks', { 200: listOf(webhookView.ref, 'All webhooks.') }),
    async (request) => {
      const { at, referenceData } = contextOf(request);
      const webhooks = await reading(api, request, (tx) => listWebhooks(tx, at));
      return wholeList(webhooks.map((webhook) => viewWebhook(webhook, referenceData)));
    },
  );
  scope.post(
    '/webhooks',
    writeRoute(policy, 'Create a webhook', {
      about:
        'From now on, events are sent to it, signed with the secret in this response as Standard Webhooks 1.0 defines.',
      body: webhookCreate.ref,
      201: webhookWithSecret.ref,
      or: [409],
    }),
    async (request, reply) => reply.code(201).send(await add(request.body, request, api)),
  );
  scope.get('/webhooks/:id', route(policy, 'Get a webhook', { params: oneId, 200: webhookView.ref }), (request) =>
    show(request, api, idOrNotFound('hook', request.params.id)),
  );
  scope.get(
    '/webhooks/:id/hours',
    route(policy, "Get a webhook's attempts by hour", {
      about: 'The last 24 hours, oldest first.',
      params: oneId,
      200: listOf(webhookHour.ref, 'One entry for each of the 24 hours.'),
    }),
    async (request) => {
      const id = idOrNotFound('hook', request.params.id);
      const { at } = contextOf(request);
      const hours = await reading(api, request, async (tx) => {
        if (!(await getWebhook(tx, id))) throw notFound();
        return hoursOf(tx, id, at);
      });
      return wholeList(hours.map(({ hour, ...figures }) => ({ hour: hour.toISOString(), ...figures })));
    },
  );
  addChanging(scope, api);
  addSecretAndTest(scope, api);
}

function addChanging(scope: ApiScope, api: WebhookContext): void {
  scope.patch(
    '/webhooks/:id',
    writeRoute(policy, 'Update a webhook', {
      about:
        'When it is enabled again, the deliveries held in the meantime (`held`) are not sent automatically: replay them if you want them.',
      params: oneId,
      body: webhookPatch.ref,
      200: webhookView.ref,
    }),
    async (request) => {
      const id = idOrNotFound('hook', request.params.id);
      const { at, referenceData } = contextOf(request);
      const { enabled } = request.body;
      const settings = await readSettings(request.body, { ...api, referenceData });
      await changing(api, request, async (tx) => {
        const webhook = await find(tx, id);
        const changed = Object.keys(request.body);
        if (Object.keys(settings).length > 0) await changeWebhook(tx, id, { ...webhook, ...settings });
        if (enabled === true && !webhook.enabled) await enableWebhook(tx, id);
        if (enabled === false && webhook.enabled) await disableWebhook(tx, id, 'member', at);
        if (changed.length > 0) await auditRequest(tx, request, 'webhook_changed', { ...said(webhook), changed });
      });
      return show(request, api, id);
    },
  );
  scope.delete(
    '/webhooks/:id',
    writeRoute(policy, 'Delete a webhook', {
      about: 'Its deliveries are deleted with it.',
      params: oneId,
      204: 'The webhook is deleted.',
    }),
    async (request, reply) => {
      const id = idOrNotFound('hook', request.params.id);
      await changing(api, request, async (tx) => {
        const webhook = await find(tx, id);
        await deleteWebhook(tx, id, contextOf(request).at);
        await auditRequest(tx, request, 'webhook_deleted', said(webhook));
      });
      return reply.code(204).send();
    },
  );
}

function addSecretAndTest(scope: ApiScope, api: WebhookContext): void {
  scope.post(
    '/webhooks/:id/rotate',
    writeRoute(policy, "Rotate a webhook's secret", {
      about: 'During the overlap, events carry the signatures of both secrets.',
      params: oneId,
      body: webhookRotate.ref,
      200: webhookWithSecret.ref,
    }),
    async (request) => {
      const id = idOrNotFound('hook', request.params.id);
      const { at } = contextOf(request);
      const secret = newSecret();
      const encrypted = api.keyring.encrypt(secret, ownerOf.webhook(id));
      const { overlap_hours: hours } = request.body;
      await changing(api, request, async (tx) => {
        const webhook = await find(tx, id);
        await rotateSecret(tx, id, encrypted, hours > 0 ? new Date(at.getTime() + hours * HOUR_MS) : null);
        await auditRequest(tx, request, 'webhook_rotated', { ...said(webhook), overlap_hours: hours });
      });
      return { ...(await show(request, api, id)), secret: showSecret(secret) };
    },
  );
  scope.post(
    '/webhooks/:id/test',
    writeRoute(policy, 'Send a test event to a webhook', {
      about: 'Sends an event of the type `webhook.test`, whatever the webhook is subscribed to.',
      params: oneId,
      202: deliveryView.ref,
      or: [409],
    }),
    async (request, reply) => {
      const id = idOrNotFound('hook', request.params.id);
      const { at } = contextOf(request);
      const delivery = orNotFound(
        await changing(api, request, async (tx) => {
          requireEnabled(await find(tx, id));
          const payload = { webhook_id: typeId('hook', id) };
          const [eventId = ''] = await announce(tx, { type: 'webhook.test', lead_id: null, payload, at });
          const key = { webhook_id: id, event_id: eventId };
          await addDelivery(tx, key, at);
          return getDelivery(tx, key);
        }),
      );
      return reply.code(202).send(viewDelivery(delivery));
    },
  );
}

/** Refuses the request if the webhook is disabled. */
export function requireEnabled({ enabled }: Webhook): void {
  if (enabled) return;
  throw new Refused({
    kind: 'own_conflict',
    code: 'webhook_disabled',
    detail: 'This webhook is disabled. Enable it first.',
  });
}

/** Reads a webhook and locks it; not found if there is none. */
async function find(tx: Tx, id: string): Promise<Webhook> {
  return orNotFound(await lockWebhook(tx, id));
}

async function show(request: FastifyRequest, api: WebhookContext, id: string) {
  const { at, referenceData } = contextOf(request);
  const webhook = orNotFound(await reading(api, request, (tx) => getCountedWebhook(tx, id, at)));
  return viewWebhook(webhook, referenceData);
}

async function add(body: Static<typeof webhookCreate.schema>, request: FastifyRequest, api: WebhookContext) {
  const { at, referenceData } = contextOf(request);
  const settings = await readSettings(body, { ...api, referenceData });
  const [id, secret] = [uuidv7(), newSecret()];
  const webhook = {
    ...blank,
    id,
    url: body.url,
    ...settings,
    secret: api.keyring.encrypt(secret, ownerOf.webhook(id)),
    created_by: actorIn(request),
  };
  await changing(api, request, async (tx) => {
    if ((await countWebhooks(tx)) >= MOST_WEBHOOKS) throw tooMany();
    await createWebhook(tx, webhook, at);
    await auditRequest(tx, request, 'webhook_made', said({ id, url: body.url }));
  });
  return { ...(await show(request, api, id)), secret: showSecret(secret) };
}

const blank = { description: null, events: null, sources: null, types: null, departments: null, include: [] };

function tooMany(): Refused {
  return new Refused({
    kind: 'own_conflict',
    code: 'too_much',
    detail: `A workspace may have up to ${MOST_WEBHOOKS} webhooks.`,
  });
}

/** Details of a webhook for the audit log. Only the host of its URL, because path and query may be secret. */
function said({ id, url }: Pick<Webhook, 'id' | 'url'>) {
  return { id, name: URL.canParse(url) ? new URL(url).host : '' };
}
