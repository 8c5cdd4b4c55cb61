import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';

interface PageOf<Item> {
  data: Item[];
  next_cursor: string | null;
}

/**
 * The query of a list that the server sends page by page; its data is the items of all pages loaded so far. `read` gets
 * the query parameter that asks for a page: none for the first one.
 */
export const pagedQuery = <Item>(queryKey: QueryKey, read: (page: { cursor?: string }) => Promise<PageOf<Item>>) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }) => read(pageParam ? { cursor: pageParam } : {}),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
  });
