import Type from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { leadId, nothing, replies, writeReplies } from '../http/replies.ts';
import { contextOf, inWorkspace } from '../http/request-context.ts';
import { addOperation } from '../native/add-operation.ts';
import { changeLead, createLead, deleteLead, etagOf, reopenLead } from '../native/lead-operations.ts';
import { leadView } from './lead-shapes.ts';
import { getLead } from './lead-store.ts';
import { viewLead } from './lead-view.ts';

const tags = ['Leads'];

const creationHeaders = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description: 'The same key with the same body within a day is the same request: it gets the same answer.',
    }),
  ),
  'Leadwell-Test': Type.Optional(
    Type.String({ enum: ['true', 'false'], description: 'true: check and answer, but keep no lead.' }),
  ),
});

const changeHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 40,
      description:
        'The ETag of the lead as you saw it, its version in quotes: it is refused when it was changed since.',
    }),
  ),
});

/** `/v1/leads`: create, read, change, delete. */
export function leadRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/leads/:id',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'Read a lead',
        tags,
        params: leadId,
        response: replies({ 200: leadView.ref }, [404]),
      },
    },
    async (request, reply) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const lead = await inWorkspace(api, request, (tx) => getLead(tx, id));
      if (!lead) throw notFound('lead');
      reply.header('etag', etagOf(lead.version));
      return viewLead(lead, contextOf(request).referenceData);
    },
  );
  addWriting(scope, api);
}

function addWriting(scope: ApiScope, api: ApiContext): void {
  addOperation(scope, api, createLead, {
    summary: 'Create a lead',
    description:
      'What happens when its phone or e-mail is known already is the policy of the token; without one, a new lead is made.',
    tags,
    headers: creationHeaders,
    response: writeReplies({ 201: leadView.ref, 200: leadView.ref }, [409]),
  });
  addOperation(scope, api, changeLead, {
    summary: 'Change a lead',
    tags,
    params: leadId,
    headers: changeHeaders,
    response: writeReplies({ 200: leadView.ref }, [404, 412]),
  });
  addOperation(scope, api, reopenLead, {
    summary: 'Open a closed lead again',
    description: 'It goes back to the stage before it was closed. One that is open stays as it is.',
    tags,
    params: leadId,
    response: writeReplies({ 200: leadView.ref }, [404]),
  });
  addOperation(scope, api, deleteLead, {
    summary: 'Delete a lead',
    description: 'With all that hangs on it.',
    tags,
    params: leadId,
    response: writeReplies({ 204: nothing('It is gone.') }, [404]),
  });
}
