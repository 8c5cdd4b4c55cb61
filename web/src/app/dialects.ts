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
 * Fills in this page's own origin where the server left a placeholder: unless PUBLIC_URL is set, the server does not
 * know the address by which the browser reached it.
 */
export function withOwnAddress<T>(examples: T): T {
  return JSON.parse(JSON.stringify(examples).replaceAll('http://your-server', location.origin)) as T;
}

const none: Dialect[] = [];

/** The APIs through which requests arrive; empty until they have loaded, or while `wanted` is false. */
export function useDialects(wanted = true): readonly Dialect[] {
  return useQuery({ ...dialectsQuery, enabled: wanted }).data ?? none;
}

/** Returns a function that gives the display title of an API. */
export function useDialectTitle(): (name: string) => string {
  const dialects = useDialects();
  return (name) => dialects.find((dialect) => dialect.name === name)?.title ?? name;
}
