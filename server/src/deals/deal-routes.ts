import type { ApiParts, ApiScope } from '../api/parts.ts';
import { replies } from '../api/replies.ts';
import { inWorkspace, visitorOf } from '../api/visitor.ts';
import { listOf, pageQuery, readPage } from '../platform/http/list.ts';
import { closed } from '../platform/http/shapes.ts';
import { listDeals } from './deal-store.ts';
import { dealView, viewDeal } from './deal-view.ts';

/** `/v1/deals`: all deals. One is added to its lead. */
export function dealRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/deals',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'List deals',
        description: 'Newest first.',
        tags: ['Deals'],
        querystring: closed(pageQuery),
        response: replies({ 200: listOf(dealView.ref, 'Deals, newest first.') }),
      },
    },
    (request) =>
      readPage(
        request.query,
        (limit, after) => inWorkspace(parts, request, (tx) => listDeals(tx, limit, after)),
        (deal) => viewDeal(deal, visitorOf(request).book),
      ),
  );
}
