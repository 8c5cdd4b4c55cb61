import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { listOf, pageQuery, USUAL_PAGE } from '../../http/list.ts';
import { Refused } from '../../http/refused.ts';
import { replies } from '../../http/replies.ts';
import { contextOf, inWorkspace } from '../../http/request-context.ts';
import { sendJson } from '../../http/send-reply.ts';
import { closed, shape } from '../../http/shapes.ts';
import { anyLeadId, fromTypeId, typeId } from '../../platform/ids.ts';
import { invalid } from '../../platform/problem.ts';
import { leadView } from '../lead-shapes.ts';
import { leadJson } from '../lead-view.ts';
import { filterContextOf } from './filter-context.ts';
import { type FilterQuery, type LeadSort, leadFilterQuery, leadListQuery, listFilter } from './lead-filters.ts';
import { countList, listLeads } from './lead-list.ts';
import type { ListFilter } from './lead-list-conditions.ts';
import type { LeadOrder, Position } from './lead-list-plan.ts';

const tags = ['Leads'];

const leadCount = shape(
  'LeadCount',
  Type.Object(
    {
      count: Type.Integer({ description: 'The count; a lower bound if it is not exact.' }),
      exact: Type.Boolean({
        description: 'false if there may be more. Counting stops at 10,000; the total number of leads is always exact.',
      }),
    },
    { description: 'Number of leads that match a filter.' },
  ),
);

export function leadListRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/leads',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'List leads',
        description:
          'Newest first, or in the order given by `sort`. Leads must match all filters. A page may hold fewer leads than requested, or none, without being the last: continue until next_cursor is null.',
        tags,
        querystring: closed({ ...leadListQuery, ...pageQuery }),
        response: replies({ 200: listOf(leadView.ref, 'Leads.') }),
      },
    },
    async (request, reply) => {
      const { cursor, limit = USUAL_PAGE, sort, ...query } = request.query;
      const { referenceData, visibility } = contextOf(request);
      const after = cursor === undefined ? undefined : positionOf(cursor);
      const filter = listFilter(query, filterContextOf(request));
      if (!filter) return { data: [], next_cursor: null };
      const question = { filter, visibility, order: orderOf(query, filter, sort), limit, after };
      const page = await inWorkspace(api, request, (tx) => listLeads(tx, question));
      const leads = page.leads.map((lead) => leadJson(lead, referenceData));
      const next = JSON.stringify(page.next ? cursorOf(page.next) : null);
      return sendJson(reply, `{"data":[${leads.join(',')}],"next_cursor":${next}}`);
    },
  );
  scope.get(
    '/leads/count',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'Count leads',
        tags,
        querystring: closed({
          ...leadFilterQuery,
          after: Type.Optional(Type.String({ maxLength: 100, description: 'Only leads created after this one.' })),
        }),
        response: replies({ 200: leadCount.ref }),
      },
    },
    (request) => count(api, request, request.query),
  );
}

async function count(
  api: ApiContext,
  request: FastifyRequest,
  { after, ...query }: FilterQuery & { after?: string },
): Promise<Static<typeof leadCount.schema>> {
  const filter = listFilter(query, filterContextOf(request));
  if (!filter) return { count: 0, exact: true };
  const newer_than = after === undefined ? undefined : anyLeadId(after);
  if (after !== undefined && !newer_than) throw new Refused(invalid({ at: 'after', code: 'unknown_reference' }));
  const narrowed = newer_than ? { ...filter, newer_than } : filter;
  const question = {
    filter: narrowed,
    visibility: contextOf(request).visibility,
    order: orderOf(query, filter, undefined),
  };
  return inWorkspace(api, request, (tx) => countList(tx, question));
}

const dated = new Set<FilterQuery['next']>(['overdue', 'today', 'callback']);

/** Filters on due dates sort by next step unless another order is requested. */
function orderOf({ next }: FilterQuery, { created_to }: ListFilter, sort: LeadSort | undefined): LeadOrder {
  const order = sort ?? (dated.has(next) ? 'next_step' : 'newest');
  return order === 'newest' && created_to ? 'created' : order;
}

/** Encodes the end of a page: the id, then after a dot the sort key if there is one. */
function cursorOf({ id, key }: Position): string {
  const place = typeId('after', id);
  return key === null ? place : `${place}.${Buffer.from(key).toString('base64url')}`;
}

function positionOf(cursor: string): Position {
  const [place = '', key] = cursor.split('.');
  const id = fromTypeId('after', place);
  const text = key === undefined ? null : Buffer.from(key, 'base64url').toString();
  if (id === undefined || (text !== null && Number.isNaN(Date.parse(text))))
    throw new Refused(invalid({ at: 'cursor', code: 'unknown_reference' }));
  return { id, key: text };
}
