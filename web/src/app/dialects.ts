import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../api/client.ts';

/** An API through which requests arrive. */
export type Dialect = Shape<'DialectView'>;

const dialectsQuery = queryOptions({
  queryKey: ['settings', 'dialects'],
  queryFn: async () => (await body(api.GET('/v1/dialects'))).data,
  staleTime: Number.POSITIVE_INFINITY,
});

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
