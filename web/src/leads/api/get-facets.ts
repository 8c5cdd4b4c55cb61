import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { type LeadFilters, narrowing } from '../filters.ts';

/** The filters whose values the server counts. */
export const countedFacets = ['status', 'owner', 'source', 'type', 'department', 'tag'] as const;
export type CountedFacet = (typeof countedFacets)[number];

/** How many of the leads that match the filters have each value; loaded only while `enabled`. */
export function useFacetCounts(by: CountedFacet | undefined, filters: LeadFilters, enabled: boolean) {
  const query = { ...narrowing(filters), by: by ?? 'status' };
  return useQuery({
    queryKey: ['leads', 'facets', query],
    queryFn: async () => (await body(api.GET('/v1/leads/facets', { params: { query } }))).data,
    enabled: enabled && by !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** A count in words: `1,000+` if there may be more. */
export function countWords({ count, exact }: Pick<Shape<'FacetCount'>, 'count' | 'exact'>): string {
  return `${count.toLocaleString()}${exact ? '' : '+'}`;
}
