import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { etagOf } from '../http/etag.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound } from '../http/refused.ts';
import { contextOf } from '../http/request-context.ts';
import { leadId, routesAbout } from '../http/route.ts';
import { sendJson } from '../http/send-reply.ts';
import { leadView } from './lead-shapes.ts';
import { leadJson } from './lead-view.ts';
import { readLeadShared } from './shared-reads.ts';

const { route } = routesAbout('Leads');

export function leadRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/leads/:id',
    route('read leads', 'Get a lead', { params: leadId, 200: leadView.ref }),
    async (request, reply) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const { caller, visibility } = contextOf(request);
      const lead = orNotFound(await readLeadShared(api.database, { ...caller, visibility }, id), 'lead');
      reply.header('etag', etagOf(lead.version));
      return sendJson(reply, leadJson(lead, contextOf(request).referenceData));
    },
  );
}
