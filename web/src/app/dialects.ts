import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../api/client.ts';

/** An API that requests come by. */
export type Dialect = Shape<'DialectView'>;

const dialectsQuery = queryOptions({
  queryKey: ['settings', 'dialects'],
  queryFn: async () => (await body(api.GET('/v1/dialects'))).data,
  staleTime: Number.POSITIVE_INFINITY,
});

const none: Dialect[] = [];

/** The APIs that requests come by; an empty list until they are known, or as long as they are not wanted. */
export function useDialects(wanted = true): readonly Dialect[] {
  return useQuery({ ...dialectsQuery, enabled: wanted }).data ?? none;
}

/** An API by the name that people know. */
export function useDialectTitle(): (name: string) => string {
  const dialects = useDialects();
  return (name) => dialects.find((dialect) => dialect.name === name)?.title ?? name;
}
