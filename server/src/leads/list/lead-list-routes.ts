import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../../http/api-context.ts';
import { type List, listOf, pageQuery, USUAL_PAGE, wholeList } from '../../http/list.ts';
import { Refused } from '../../http/refused.ts';
import { contextOf, reading } from '../../http/request-context.ts';
import { routesAbout } from '../../http/route.ts';
import { sendJson } from '../../http/send-reply.ts';
import { closed, oneOf, textOrNull, viewShape, wholeOrNull } from '../../http/shapes.ts';
import { anyLeadId, fromTypeId, typeId } from '../../platform/ids.ts';
import { invalid } from '../../platform/problem.ts';
import { leadView } from '../lead-shapes.ts';
import { leadJson } from '../lead-view.ts';
import { filterContextOf } from './filter-context.ts';
import { countFacet, type FacetCount, type FacetName, facetNames } from './lead-facet-store.ts';
import { type FilterQuery, leadFilterQuery, leadListQuery } from './lead-filters.ts';
import { countList, listLeads } from './lead-list.ts';
import type { Position } from './lead-list-plan.ts';
import { questionOf } from './lead-question.ts';
import { type ColumnSort, fitsSort } from './lead-sorts.ts';

const { route } = routesAbout('Leads');

const leadCount = viewShape('LeadCount', 'Number of leads that match a filter.', {
  count: Type.Integer({ description: 'The count; a lower bound if it is not exact.' }),
  exact: Type.Boolean({
    description: 'false if there may be more. Counting stops at 10,000; the total number of leads is always exact.',
  }),
});

/** Longer than other cursors, since it may hold the beginning of a name. */
const leadCursor = Type.Optional(
  Type.String({ description: 'Value of next_cursor from the previous page.', maxLength: 400 }),
);

const leadPage = Type.Object(
  {
    ...listOf(leadView.ref, 'Leads.').properties,
    sorted_within: wholeOrNull(
      'The number of newest leads that were sorted, if more match than can be sorted; null if all were sorted.',
    ),
  },
  { description: 'A page of leads.' },
);

const facetCount = viewShape('FacetCount', 'How many leads have a value.', {
  id: textOrNull('Id of the value; null for leads without one.'),
  count: Type.Integer({ description: 'Number of leads; a lower bound if it is not exact.' }),
  exact: Type.Boolean({ description: 'false if there may be more.' }),
});

export function leadListRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/leads',
    route('read leads', 'List leads', {
      about:
        'Newest first, or in the order given by `sort`. Leads must match all filters. A page may hold fewer leads than requested, or none, without being the last: continue until next_cursor is null.',
      querystring: closed({ ...leadListQuery, ...pageQuery, cursor: leadCursor }),
      200: leadPage,
    }),
    async (request, reply) => {
      const { cursor, limit = USUAL_PAGE, sort, ...query } = request.query;
      const { referenceData, visibility } = contextOf(request);
      const question = questionOf({ ...query, sort }, filterContextOf(request), visibility);
      if (!question) return { data: [], next_cursor: null, sorted_within: null };
      const after = cursor === undefined ? undefined : positionOf(cursor, question.sort);
      const page = await reading(api, request, (tx) => listLeads(tx, { ...question, limit, after }));
      const leads = page.leads.map((lead) => leadJson(lead, referenceData));
      const next = JSON.stringify(page.next ? cursorOf(page.next) : null);
      const within = page.sortedWithin ?? null;
      return sendJson(reply, `{"data":[${leads.join(',')}],"next_cursor":${next},"sorted_within":${within}}`);
    },
  );
  scope.get(
    '/leads/count',
    route('read leads', 'Count leads', {
      querystring: closed({
        ...leadFilterQuery,
        after: Type.Optional(Type.String({ maxLength: 100, description: 'Only leads created after this one.' })),
      }),
      200: leadCount.ref,
    }),
    (request) => count(api, request, request.query),
  );
  scope.get(
    '/leads/facets',
    route('read leads', 'Count leads by the values of a filter', {
      about: 'Counts the leads that match the filters by one of their values. Values that no lead has are left out.',
      querystring: closed({ ...leadFilterQuery, by: oneOf(facetNames, 'The value to count by.') }),
      200: listOf(facetCount.ref, 'Values, in no particular order.'),
    }),
    (request) => facets(api, request, request.query),
  );
}

async function facets(
  api: ApiContext,
  request: FastifyRequest,
  { by, ...query }: FilterQuery & { by: FacetName },
): Promise<List<FacetCount>> {
  const { referenceData, visibility } = contextOf(request);
  const question = questionOf(query, filterContextOf(request), visibility);
  if (!question) return wholeList([]);
  const values = referenceData.all(by === 'owner' ? 'member' : by).map(({ id }) => id);
  return wholeList(await reading(api, request, (tx) => countFacet(tx, by, question, values)));
}

async function count(
  api: ApiContext,
  request: FastifyRequest,
  { after, ...query }: FilterQuery & { after?: string },
): Promise<Static<typeof leadCount.schema>> {
  const question = questionOf(query, filterContextOf(request), contextOf(request).visibility);
  if (!question) return { count: 0, exact: true };
  const newer_than = after === undefined ? undefined : anyLeadId(after);
  if (after !== undefined && !newer_than) throw new Refused(invalid({ at: 'after', code: 'unknown_reference' }));
  const filter = newer_than ? { ...question.filter, newer_than } : question.filter;
  return reading(api, request, (tx) => countList(tx, { ...question, filter }));
}

/** Encodes the end of a page: the id, then after a dot the sort key if there is one. */
function cursorOf({ id, key }: Position): string {
  const place = typeId('after', id);
  return key === null ? place : `${place}.${Buffer.from(key).toString('base64url')}`;
}

function positionOf(cursor: string, sort: ColumnSort | undefined): Position {
  const [place = '', key] = cursor.split('.');
  const id = fromTypeId('after', place);
  const text = key === undefined ? null : Buffer.from(key, 'base64url').toString();
  const isKey = sort ? fitsSort(text, sort) : text === null || !Number.isNaN(Date.parse(text));
  if (id === undefined || !isKey) throw new Refused(invalid({ at: 'cursor', code: 'unknown_reference' }));
  return { id, key: text };
}
