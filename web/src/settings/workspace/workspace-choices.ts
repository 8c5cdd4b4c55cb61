import { useQuery } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';

/** The countries, time zones and currencies that the server knows, as options. */
export function useWorkspaceChoices() {
  const { data } = useQuery({
    queryKey: ['settings', 'workspace', 'choices'],
    queryFn: () => body(api.GET('/v1/workspace/choices')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    regions: (data?.regions ?? []).map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
    zones: (data?.time_zones ?? []).map((zone) => ({ value: zone, label: zone })),
    currencies: (data?.currencies ?? []).map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
  };
}
