import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { leadId, replies, writeReplies } from '../http/replies.ts';
import { actorIn, changing, contextOf } from '../http/request-context.ts';
import { closed, shape, textOrNull } from '../http/shapes.ts';
import { blankless } from '../http/text.ts';
import type { Lead } from '../leads/lead.ts';
import { leadView } from '../leads/lead-shapes.ts';
import { getLead } from '../leads/lead-store.ts';
import { viewLead } from '../leads/lead-view.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { allowCalling, stopCalling } from './do-not-call.ts';

const doNotCall = shape(
  'DoNotCall',
  closed(
    { reason: Type.Optional(textOrNull('Reason, shown on the timeline.', { maxLength: 500 })) },
    'Marks a lead as not to be called.',
  ),
);

const tags = ['Leads'];

/** Routes of `/v1/leads/{id}/do-not-call`. */
export function doNotCallRoutes(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/leads/:id/do-not-call',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Mark a lead as do-not-call',
        description: 'Waiting calls are cancelled, and no more can be planned.',
        tags,
        params: leadId,
        body: doNotCall.ref,
        response: writeReplies({ 200: leadView.ref }, [404]),
      },
    },
    (request) => {
      const reason = blankless(request.body.reason) ?? null;
      return withLead(request.params.id, request, api, async (tx, lead) => {
        await stopCalling(tx, lead, { reason }, agentContextOf(request));
      });
    },
  );
  scope.delete(
    '/leads/:id/do-not-call',
    {
      config: { policy: 'delete leads' },
      schema: {
        summary: 'Allow calls to a lead again',
        description: 'Managers only.',
        tags,
        params: leadId,
        response: replies({ 200: leadView.ref }, [404]),
      },
    },
    (request) =>
      withLead(request.params.id, request, api, (tx, lead) => allowCalling(tx, lead, agentContextOf(request))),
  );
}

async function withLead(
  text: string,
  request: FastifyRequest,
  api: ApiContext,
  work: (tx: Tx, lead: Lead) => Promise<void>,
) {
  const id = idOrNotFound('lead', text, 'lead');
  const { referenceData } = contextOf(request);
  const lead = await changing(api, request, async (tx) => {
    const found = await getLead(tx, id, true);
    if (!found) throw notFound('lead');
    await work(tx, found);
    return (await getLead(tx, id)) ?? found;
  });
  return viewLead(lead, referenceData);
}

function agentContextOf(request: FastifyRequest) {
  const { referenceData, at } = contextOf(request);
  return { actor: actorIn(request), referenceData, now: at };
}
