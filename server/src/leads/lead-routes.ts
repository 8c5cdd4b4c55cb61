import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { etagOf } from '../http/etag.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { leadId, replies } from '../http/replies.ts';
import { contextOf } from '../http/request-context.ts';
import { sendJson } from '../http/send-reply.ts';
import { readGathered } from './gathered-leads.ts';
import { leadView } from './lead-shapes.ts';
import { leadJson } from './lead-view.ts';

const tags = ['Leads'];

export function leadRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/leads/:id',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'Get a lead',
        tags,
        params: leadId,
        response: replies({ 200: leadView.ref }, [404]),
      },
    },
    async (request, reply) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const { caller, visibility } = contextOf(request);
      const lead = await readGathered(api.database, { ...caller, visibility }, id);
      if (!lead) throw notFound('lead');
      reply.header('etag', etagOf(lead.version));
      return sendJson(reply, leadJson(lead, contextOf(request).referenceData));
    },
  );
}
