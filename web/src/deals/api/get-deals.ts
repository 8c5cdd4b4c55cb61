import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { pagedQuery } from '../../api/paged.ts';

/** A deal as the API shows it. */
export type Deal = Shape<'DealView'>;
/** Totals of the listed deals. */
export type DealSummary = Shape<'DealSummary'>;
/** A deal to create. */
export type NewDeal = Shape<'DealCreate'>;
/** A change to a deal. */
export type DealPatch = Shape<'DealPatch'>;

/** The filters of the list. */
interface DealFilter {
  state?: Deal['state'] | undefined;
  q?: string | undefined;
  owner?: string | undefined;
  stage?: string | undefined;
  closes_by?: string | undefined;
  closed_from?: string | undefined;
  closed_to?: string | undefined;
}

/** Deals, page by page. */
export const dealsQuery = (filter: DealFilter & { sort?: 'newest' | 'close_date' | 'amount' | undefined }) =>
  pagedQuery(['deals', 'list', filter], (page) =>
    body(api.GET('/v1/deals', { params: { query: { ...filter, ...page } } })),
  );

/** Counts and sums for the deals in a list. */
export const dealSummaryQuery = (filter: DealFilter) =>
  queryOptions({
    queryKey: ['deals', 'summary', filter],
    queryFn: () => body(api.GET('/v1/deals/summary', { params: { query: filter } })),
  });

/** One deal. */
export const dealQuery = (id: string) =>
  queryOptions({
    queryKey: ['deals', 'one', id],
    queryFn: () => body(api.GET('/v1/deals/{id}', { params: { path: { id } } })),
  });

/** The leads that match a text, to choose one from. */
export const leadChoicesQuery = (q: string) =>
  queryOptions({
    queryKey: ['leads', 'choices', q],
    queryFn: async () => (await body(api.GET('/v1/leads', { params: { query: { q, limit: 10 } } }))).data,
    staleTime: 30_000,
  });

/** Adds a deal to a lead. */
export const addDeal = (leadId: string, deal: NewDeal) =>
  body(api.POST('/v1/leads/{id}/deals', { params: { path: { id: leadId } }, body: deal }));

/** Changes a deal. */
export const patchDeal = (id: string, patch: DealPatch) =>
  body(api.PATCH('/v1/deals/{id}', { params: { path: { id } }, body: patch }));

/** Deletes a deal. */
export const deleteDeal = (id: string) => body(api.DELETE('/v1/deals/{id}', { params: { path: { id } } }));

/** Marks everything that shows deals as stale, timelines included. */
export function refreshDeals(client: QueryClient): void {
  for (const topic of ['deals', 'leads']) void client.invalidateQueries({ queryKey: [topic] });
}
