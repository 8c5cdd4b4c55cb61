import Type from 'typebox';
import { idOrNotFound } from '../api/ids.ts';
import { addOperation } from '../api/journaled.ts';
import { listFilter } from '../api/lead-filter.ts';
import { changeLead, createLead, deleteLead, reopenLead } from '../api/lead-operations.ts';
import { leadView } from '../api/lead-shapes.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { leadId, nothing, replies, writeReplies } from '../api/replies.ts';
import { inWorkspace, visitorOf } from '../api/visitor.ts';
import { listOf, pageQuery, readPage } from '../platform/http/list.ts';
import { notFound } from '../platform/http/refused.ts';
import { closed } from '../platform/http/shapes.ts';
import { listLeadsAfter } from './lead-list-store.ts';
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

const filterQuery = closed({
  q: Type.Optional(Type.String({ maxLength: 200, description: 'Any part of a name, company, e-mail or phone.' })),
  phone: Type.Optional(Type.String({ maxLength: 60, description: 'In any form.' })),
  email: Type.Optional(Type.String({ maxLength: 254 })),
  status: Type.Optional(Type.String({ maxLength: 1000, description: 'By name or id.' })),
  source: Type.Optional(Type.String({ maxLength: 1000, description: 'By name or id.' })),
  owner: Type.Optional(Type.String({ maxLength: 1000, description: 'By name, username, e-mail or id.' })),
  type: Type.Optional(Type.String({ maxLength: 1000, description: 'By name or id.' })),
  ...pageQuery,
});

/** `/v1/leads`: list, create, read, change, delete. */
export function leadRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/leads',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'List leads',
        description: 'Newest first.',
        tags,
        querystring: filterQuery,
        response: replies({ 200: listOf(leadView.ref, 'Leads, newest first.') }),
      },
    },
    async (request) => {
      const { book, caller } = visitorOf(request);
      const filter = listFilter(request.query, book, caller.region);
      return readPage(
        request.query,
        async (limit, after) =>
          filter ? inWorkspace(parts, request, (tx) => listLeadsAfter(tx, filter, limit, after)) : [],
        (lead) => viewLead(lead, book),
      );
    },
  );
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
    async (request) => {
      const id = idOrNotFound('lead', request.params.id, 'lead');
      const lead = await inWorkspace(parts, request, (tx) => getLead(tx, id));
      if (!lead) throw notFound('lead');
      return viewLead(lead, visitorOf(request).book);
    },
  );
  addWriting(scope, parts);
}

function addWriting(scope: ApiScope, parts: ApiParts): void {
  addOperation(scope, parts, createLead, {
    summary: 'Create a lead',
    description:
      'What happens when its phone or e-mail is known already is the policy of the token; without one, a new lead is made.',
    tags,
    headers: creationHeaders,
    response: writeReplies({ 201: leadView.ref, 200: leadView.ref }, [409]),
  });
  addOperation(scope, parts, changeLead, {
    summary: 'Change a lead',
    tags,
    params: leadId,
    response: writeReplies({ 200: leadView.ref }, [404]),
  });
  addOperation(scope, parts, reopenLead, {
    summary: 'Open a closed lead again',
    description: 'It goes back to the stage before it was closed. One that is open stays as it is.',
    tags,
    params: leadId,
    response: writeReplies({ 200: leadView.ref }, [404]),
  });
  addOperation(scope, parts, deleteLead, {
    summary: 'Delete a lead',
    description: 'With all that hangs on it.',
    tags,
    params: leadId,
    response: writeReplies({ 204: nothing('It is gone.') }, [404]),
  });
}
