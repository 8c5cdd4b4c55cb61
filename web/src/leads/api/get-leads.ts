import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useDelayed } from '../../app/use-delayed.ts';
import { asked, type LeadFilters, narrowing } from '../filters.ts';
import { type Lead, leadQuery } from './get-lead.ts';

export type LeadPage = { data: Lead[]; next_cursor: string | null; sorted_within: number | null };
type Pages = InfiniteData<LeadPage, string>;

const PAGE = 60;
/** The number of pages to refetch if it is not known which leads have changed. */
const MOST_READ_AGAIN = 3;

/** Reads a page of the leads that match the filters. */
export const readPage = (filters: LeadFilters, cursor: string, limit = PAGE): Promise<LeadPage> =>
  body(api.GET('/v1/leads', { params: { query: { ...asked(filters), limit, ...(cursor && { cursor }) } } }));

/** The number of leads that match the filters. */
export function useLeadCount(filters: LeadFilters): Shape<'LeadCount'> | undefined {
  const query = narrowing(filters);
  return useQuery({
    queryKey: ['leads', 'count', query],
    queryFn: () => body(api.GET('/v1/leads/count', { params: { query } })),
    placeholderData: keepPreviousData,
  }).data;
}

/**
 * The leads that match the filters, page by page. Rows shown are updated in place; new leads are only counted, so that
 * nothing moves under the pointer.
 */
export function useLeadList(filters: LeadFilters, enabled = true) {
  const client = useQueryClient();
  // Not under the topic `leads`: live updates would refetch every page and move the rows.
  const queryKey = useMemo(() => ['lead-list', filters], [filters]);
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => readPage(filters, pageParam),
    initialPageParam: '',
    getNextPageParam: (last) => last.next_cursor ?? undefined,
    enabled,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => unique(list.data?.pages.flatMap(({ data }) => data) ?? []), [list.data]);
  const { hasNextPage, isFetching, fetchNextPage } = list;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  // A page may be short or even empty although more pages follow.
  useEffect(() => {
    if (rows.length < PAGE / 2) loadMore();
  }, [rows.length, loadMore]);
  const patch = useCallback(
    (changed: ReadonlyMap<string, Lead>) =>
      client.setQueryData<Pages>(queryKey, (old) => old && withLeads(old, changed)),
    [client, queryKey],
  );
  const reload = useCallback(() => void client.invalidateQueries({ queryKey }), [client, queryKey]);
  useFreshRows(filters, rows, list.data?.pageParams.map(String) ?? [], patch, reload);
  const sortedWithin = list.data?.pages[0]?.sorted_within ?? undefined;
  return {
    list,
    rows,
    loadMore,
    patch,
    reload,
    isWhole: !hasNextPage,
    fresh: useArrivals(filters, rows),
    sortedWithin,
  };
}

/** The number of leads that arrived since the newest one shown. */
function useArrivals(filters: LeadFilters, rows: readonly Lead[]): number {
  const newest = rows.reduce((latest, { id }) => (id > latest ? id : latest), '');
  const query = { ...narrowing(filters), after: newest };
  const { data } = useQuery({
    queryKey: ['leads', 'arrivals', query],
    queryFn: () => body(api.GET('/v1/leads/count', { params: { query } })),
    enabled: newest !== '' && (filters.sort ?? 'newest') === 'newest',
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.count ?? 0;
}

/** Updates rows that are changed here, in the drawer, or by somebody else. */
function useFreshRows(
  filters: LeadFilters,
  rows: readonly Lead[],
  cursors: readonly string[],
  patch: (changed: ReadonlyMap<string, Lead>) => void,
  reload: () => void,
): void {
  const client = useQueryClient();
  const readAgain = useDelayed(async () => {
    if (rows.length === 0) return reload();
    const pages = await Promise.all(cursors.slice(0, MOST_READ_AGAIN).map((cursor) => readPage(filters, cursor)));
    patch(byId(pages.flatMap(({ data }) => data)));
  }, 600);
  useLive(['leads', 'tasks', 'calls'], ({ lead_ids }) => {
    const shown = lead_ids.filter((id) => rows.some((row) => row.id === id));
    if (rows.length === 0 || lead_ids.length === 0) return readAgain();
    for (const id of shown) void client.fetchQuery({ ...leadQuery(id), staleTime: 0 }).catch(() => {});
  });
  useEffect(
    () =>
      client.getQueryCache().subscribe(({ type, query }) => {
        const [topic, what] = query.queryKey;
        if (type !== 'updated' || topic !== 'leads' || what !== 'one' || query.state.status !== 'success') return;
        patch(byId([query.state.data as Lead]));
      }),
    [client, patch],
  );
}

function byId(leads: readonly Lead[]): Map<string, Lead> {
  return new Map(leads.map((lead) => [lead.id, lead]));
}

function unique(leads: readonly Lead[]): Lead[] {
  return [...byId(leads).values()];
}

function withLeads(pages: Pages, changed: ReadonlyMap<string, Lead>): Pages {
  if (!pages.pages.some(({ data }) => data.some(({ id }) => changed.has(id)))) return pages;
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, data: page.data.map((lead) => changed.get(lead.id) ?? lead) })),
  };
}
