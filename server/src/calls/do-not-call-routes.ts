import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound } from '../http/refused.ts';
import { actorIn, changing, contextOf } from '../http/request-context.ts';
import { leadId, routesAbout } from '../http/route.ts';
import { bodyShape, textOrNull } from '../http/shapes.ts';
import { blankless } from '../http/text.ts';
import type { Lead } from '../leads/lead.ts';
import { leadView } from '../leads/lead-shapes.ts';
import { getLead } from '../leads/lead-store.ts';
import { viewLead } from '../leads/lead-view.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { allowCalling, stopCalling } from './do-not-call.ts';

const doNotCall = bodyShape('DoNotCall', 'Marks a lead as not to be called.', {
  reason: Type.Optional(textOrNull('Reason, shown on the timeline.', { maxLength: 500 })),
});

const { route, writeRoute } = routesAbout('Leads');

/** Routes of `/v1/leads/{id}/do-not-call`. */
export function doNotCallRoutes(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/leads/:id/do-not-call',
    writeRoute('work leads', 'Mark a lead as do-not-call', {
      about: 'Waiting calls are cancelled, and no more can be planned.',
      params: leadId,
      body: doNotCall.ref,
      200: leadView.ref,
    }),
    (request) => {
      const reason = blankless(request.body.reason) ?? null;
      return withLead(request.params.id, request, api, async (tx, lead) => {
        await stopCalling(tx, lead, { reason }, agentContextOf(request));
      });
    },
  );
  scope.delete(
    '/leads/:id/do-not-call',
    route('delete leads', 'Allow calls to a lead again', {
      about: 'Managers only.',
      params: leadId,
      200: leadView.ref,
    }),
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
    const found = orNotFound(await getLead(tx, id, true), 'lead');
    await work(tx, found);
    return (await getLead(tx, id)) ?? found;
  });
  return viewLead(lead, referenceData);
}

function agentContextOf(request: FastifyRequest) {
  const { referenceData, at } = contextOf(request);
  return { actor: actorIn(request), referenceData, now: at };
}
