import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { readSortedPage } from '../http/keyset.ts';
import { listOf, pageQuery } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound } from '../http/refused.ts';
import { atOneMoment, contextOf, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { closed } from '../http/shapes.ts';
import { addLeadSublist } from '../leads/lead-sublist.ts';
import { dayIn } from '../platform/time/calendar.ts';
import { changeDealRoutes } from './change-deal-routes.ts';
import { chancesOf } from './deal-chances.ts';
import { dealFilter, dealFilterQuery, dealSortQuery, dealsSortedBy } from './deal-filter.ts';
import { listDeals, sumDeals } from './deal-list-store.ts';
import { getDeal, listDealsOfLead } from './deal-store.ts';
import { dealSummary, summarise } from './deal-summary.ts';
import { dealView, viewDeal } from './deal-view.ts';

const { route } = routesAbout('Deals');

/** `/v1/deals`: list, sums, read, change, delete. Deals are added through their lead. */
export function dealRoutes(scope: ApiScope, api: ApiContext): void {
  addLeadSublist(scope, api, {
    name: 'deals',
    summary: "List a lead's deals",
    item: dealView.ref,
    list: listDealsOfLead,
    view: viewDeal,
  });
  scope.get(
    '/deals',
    route('read leads', 'List deals', {
      querystring: closed({ ...dealFilterQuery, ...dealSortQuery, ...pageQuery }),
      200: listOf(dealView.ref, 'Deals.'),
    }),
    (request) => {
      const requestContext = contextOf(request);
      const { sort = 'newest' } = request.query;
      const filter = dealFilter(request.query, requestContext);
      return readSortedPage(
        request.query,
        dealsSortedBy[sort],
        async (limit, after) =>
          filter ? atOneMoment(api, request, (tx) => listDeals(tx, sort, filter, limit, after)) : [],
        (deal) => viewDeal(deal, requestContext.referenceData),
      );
    },
  );
  scope.get(
    '/deals/summary',
    route('read leads', 'Get counts and totals of deals', {
      about:
        'Totals of open, weighted and recently won deals, and totals by stage. Takes the same filters as the list.',
      querystring: closed(dealFilterQuery),
      200: dealSummary.ref,
    }),
    async (request) => {
      const requestContext = contextOf(request);
      const { referenceData, at } = requestContext;
      const month = `${dayIn(at, referenceData.workspace.time_zone).slice(0, 7)}-01`;
      const filter = dealFilter(request.query, requestContext);
      return atOneMoment(api, request, async (tx) => {
        const sums = filter ? await sumDeals(tx, filter, month) : [];
        return summarise(sums, await chancesOf(tx, requestContext.visibility, referenceData), referenceData);
      });
    },
  );
  scope.get('/deals/:id', route('read leads', 'Get a deal', { params: oneId, 200: dealView.ref }), async (request) => {
    const id = idOrNotFound('deal', request.params.id);
    const deal = orNotFound(await reading(api, request, (tx) => getDeal(tx, id)));
    return viewDeal(deal, contextOf(request).referenceData);
  });
  changeDealRoutes(scope, api);
}
