import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { idOrNotFound } from '../api/ids.ts';
import { leadView } from '../api/lead-shapes.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { leadId, replies, writeReplies } from '../api/replies.ts';
import { blankless } from '../api/text.ts';
import { actorIn, changing, visitorOf } from '../api/visitor.ts';
import type { Lead } from '../leads/lead.ts';
import { getLead } from '../leads/lead-store.ts';
import { viewLead } from '../leads/lead-view.ts';
import { notFound } from '../platform/http/refused.ts';
import { closed, shape, textOrNull } from '../platform/http/shapes.ts';
import type { Tx } from '../platform/transaction.ts';
import { allowCalling, stopCalling } from './do-not-call.ts';

const doNotCall = shape(
  'DoNotCall',
  closed(
    { reason: Type.Optional(textOrNull('Why, for the timeline.', { maxLength: 500 })) },
    'The lead is not to be called any more.',
  ),
);

const tags = ['Leads'];

/** `/v1/leads/{id}/do-not-call`. */
export function doNotCallRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.post(
    '/leads/:id/do-not-call',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Never call this lead again',
        description: 'Its waiting calls are cancelled, and no more can be planned.',
        tags,
        params: leadId,
        body: doNotCall.ref,
        response: writeReplies({ 200: leadView.ref }, [404]),
      },
    },
    (request) => {
      const reason = blankless(request.body.reason) ?? null;
      return withLead(request.params.id, request, parts, async (tx, lead) => {
        await stopCalling(tx, lead, { reason }, deskOf(request));
      });
    },
  );
  scope.delete(
    '/leads/:id/do-not-call',
    {
      config: { policy: 'delete leads' },
      schema: {
        summary: 'Let this lead be called again',
        description: 'For managers.',
        tags,
        params: leadId,
        response: replies({ 200: leadView.ref }, [404]),
      },
    },
    (request) => withLead(request.params.id, request, parts, (tx, lead) => allowCalling(tx, lead, deskOf(request))),
  );
}

async function withLead(
  text: string,
  request: FastifyRequest,
  parts: ApiParts,
  work: (tx: Tx, lead: Lead) => Promise<void>,
) {
  const id = idOrNotFound('lead', text, 'lead');
  const { caller, book } = visitorOf(request);
  const lead = await changing(parts, request, async (tx) => {
    const found = await getLead(tx, id, true);
    if (!found) throw notFound('lead');
    await work(tx, found);
    return (await getLead(tx, id)) ?? found;
  });
  parts.live.tell(caller.workspace_id, 'leads', id);
  parts.live.tell(caller.workspace_id, 'calls', id);
  return viewLead(lead, book);
}

function deskOf(request: FastifyRequest) {
  const { book, at } = visitorOf(request);
  return { actor: actorIn(request), book, now: at };
}
