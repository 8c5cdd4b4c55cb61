import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api, body } from '../../api/client.ts';
import { asked, narrowing, readFilters } from '../filters.ts';
import type { ListPosition } from '../lead/list-position.ts';

const REACH = 200;

/** The previous and next lead in the list that the URL's filters describe. */
export function useNeighbours(id: string): ListPosition {
  const navigate = useNavigate();
  const query = asked(readFilters(useSearch({ strict: false }) as Record<string, unknown>));
  const counted = narrowing(query);
  const near = useQuery({
    queryKey: ['leads', 'neighbours', query],
    queryFn: async () => (await body(api.GET('/v1/leads', { params: { query: { ...query, limit: REACH } } }))).data,
  });
  const total = useQuery({
    queryKey: ['leads', 'count', counted],
    queryFn: () => body(api.GET('/v1/leads/count', { params: { query: counted } })),
  }).data;
  const at = near.data?.findIndex((lead) => lead.id === id) ?? -1;
  const go = (place: number) => {
    const lead = at < 0 ? undefined : near.data?.[place];
    return (
      lead && (() => void navigate({ to: '/leads/$id', params: { id: lead.id }, search: true as never, replace: true }))
    );
  };
  return {
    onPrevious: go(at - 1),
    onNext: go(at + 1),
    position: at >= 0 && total ? `${at + 1} of ${total.count.toLocaleString()}${total.exact ? '' : '+'}` : undefined,
  };
}
