import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { filterOf, type JournalQuery, type JournalSearch, segments, since } from '../journal-search.ts';

export type Line = Shape<'SubmissionView'>;
type Page = Shape<'SubmissionList'>;

const LINES = 100;
const HEAD = 50;

function ask(search: JournalSearch, more: JournalQuery): Promise<Page> {
  const { outcome } = search;
  const query = { ...filterOf(search), ...(outcome && { outcome: segments[outcome] }), ...since(search), ...more };
  return body(api.GET('/v1/submissions', { params: { query } }));
}

/** The search parameters that select rows, without those that only open something beside them. */
function listedBy({ open: _open, job: _job, group: _group, ...search }: JournalSearch): JournalSearch {
  return search;
}

/**
 * The journal's rows. They never move under the pointer: new requests are only counted and shown on demand, while rows
 * already shown are updated in place.
 */
export function useLines(sent: JournalSearch) {
  const client = useQueryClient();
  const search = listedBy(sent);
  const key = ['intake-lines', search];
  const lines = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => ask(search, { limit: LINES, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const first = lines.data?.pages[0];
  const head = useQuery({
    queryKey: ['journal', 'head', search],
    queryFn: () => ask(search, { limit: HEAD }),
    enabled: first !== undefined && !lines.isPlaceholderData,
  });
  const shown = useMemo(() => {
    const rows = lines.data?.pages.flatMap(({ data }) => data) ?? [];
    if (lines.isPlaceholderData) return { rows, fresh: 0 };
    const news = new Map(head.data?.data.map((line) => [line.id, line]));
    const newest = rows[0]?.id ?? '';
    const fresh = [...news.keys()].filter((id) => id > newest).length;
    return { rows: rows.map((line) => news.get(line.id) ?? line), fresh };
  }, [lines.data, lines.isPlaceholderData, head.data]);
  const searchedTo = lines.data?.pages.at(-1)?.searched_to ?? undefined;
  const further = () => void (lines.hasNextPage && !lines.isFetchingNextPage && lines.fetchNextPage());
  return {
    ...shown,
    query: lines,
    mostFresh: HEAD,
    /** How far back the search has got, if it stopped early; it continues on request, not by scrolling. */
    searchedTo,
    searchFurther: further,
    loadMore: () => searchedTo === undefined && further(),
    showFresh: () => void client.resetQueries({ queryKey: key }),
  };
}

/** The number of requests by outcome. */
export function useSummary(sent: JournalSearch) {
  const { outcome: _outcome, ...search } = listedBy(sent);
  return useQuery({
    queryKey: ['journal', 'summary', search],
    queryFn: () =>
      body(api.GET('/v1/submissions/summary', { params: { query: { ...filterOf(search), ...since(search) } } })),
    placeholderData: keepPreviousData,
  });
}

/** Refused requests grouped by equal errors. */
export function useGroups(sent: JournalSearch) {
  const { outcome: _outcome, aside: _aside, ...search } = listedBy(sent);
  return useQuery({
    queryKey: ['journal', 'groups', search],
    queryFn: () =>
      body(api.GET('/v1/submissions/groups', { params: { query: { ...filterOf(search), ...since(search) } } })),
    placeholderData: keepPreviousData,
  });
}

/** Returns a function that refetches the journal after a change made by hand. */
export function useRenew(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['journal'] }),
      client.invalidateQueries({ queryKey: ['intake-lines'] }),
    ]);
  };
}
