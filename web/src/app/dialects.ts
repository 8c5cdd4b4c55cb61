import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../api/client.ts';

/** An API through which requests arrive. */
export type Dialect = Shape<'DialectView'>;

const dialectsQuery = queryOptions({
  queryKey: ['settings', 'dialects'],
  queryFn: async () => withOwnAddress((await body(api.GET('/v1/dialects'))).data),
  staleTime: Number.POSITIVE_INFINITY,
});

/**
 * Puts this page's address where the server left it open, because it does not know the name that the browser reached it
 * by and PUBLIC_URL is not set.
 */
export function withOwnAddress<T>(examples: T): T {
  return JSON.parse(JSON.stringify(examples).replaceAll('http://your-server', location.origin)) as T;
}

const none: Dialect[] = [];

/** The APIs through which requests arrive; empty until they have loaded, or while `wanted` is false. */
export function useDialects(wanted = true): readonly Dialect[] {
  return useQuery({ ...dialectsQuery, enabled: wanted }).data ?? none;
}

/** Gives the display title of an API. */
export function useDialectTitle(): (name: string) => string {
  const dialects = useDialects();
  return (name) => dialects.find((dialect) => dialect.name === name)?.title ?? name;
}
