import { idOrNotFound } from '../api/ids.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { oneId, replies } from '../api/replies.ts';
import { inWorkspace, visitorOf } from '../api/visitor.ts';
import { dayIn, startOfDay } from '../platform/calendar.ts';
import { readSortedPage } from '../platform/http/keyset.ts';
import { listOf, pageQuery } from '../platform/http/list.ts';
import { notFound } from '../platform/http/refused.ts';
import { closed } from '../platform/http/shapes.ts';
import { changeDealRoutes } from './change-deal-routes.ts';
import { dealFilter, dealFilterQuery, dealSortQuery, dealsSortedBy } from './deal-filter.ts';
import { listDeals, sumDeals } from './deal-list-store.ts';
import { getDeal } from './deal-store.ts';
import { dealSummary, summarise } from './deal-summary.ts';
import { dealView, viewDeal } from './deal-view.ts';

const tags = ['Deals'];

/** `/v1/deals`: list, sums, read, change, delete. One is added to its lead. */
export function dealRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/deals',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'List deals',
        tags,
        querystring: closed({ ...dealFilterQuery, ...dealSortQuery, ...pageQuery }),
        response: replies({ 200: listOf(dealView.ref, 'Deals.') }),
      },
    },
    (request) => {
      const visitor = visitorOf(request);
      const { sort = 'newest' } = request.query;
      const filter = dealFilter(request.query, visitor);
      return readSortedPage(
        request.query,
        dealsSortedBy[sort],
        async (limit, after) =>
          filter ? inWorkspace(parts, request, (tx) => listDeals(tx, sort, filter, limit, after)) : [],
        (deal) => viewDeal(deal, visitor.book),
      );
    },
  );
  scope.get(
    '/deals/summary',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'Counts and sums of deals',
        description: 'Open, weighted, won this month and by stage; of the same deals as a list with the same filters.',
        tags,
        querystring: closed(dealFilterQuery),
        response: replies({ 200: dealSummary.ref }),
      },
    },
    async (request) => {
      const visitor = visitorOf(request);
      const { book, at } = visitor;
      const zone = book.workspace.time_zone;
      const month = startOfDay(`${dayIn(at, zone).slice(0, 7)}-01`, zone);
      const filter = dealFilter(request.query, visitor);
      return summarise(filter ? await inWorkspace(parts, request, (tx) => sumDeals(tx, filter, month)) : [], book);
    },
  );
  scope.get(
    '/deals/:id',
    {
      config: { policy: 'read leads' },
      schema: { summary: 'Read a deal', tags, params: oneId, response: replies({ 200: dealView.ref }, [404]) },
    },
    async (request) => {
      const id = idOrNotFound('deal', request.params.id);
      const deal = await inWorkspace(parts, request, (tx) => getDeal(tx, id));
      if (!deal) throw notFound();
      return viewDeal(deal, visitorOf(request).book);
    },
  );
  changeDealRoutes(scope, parts);
}
