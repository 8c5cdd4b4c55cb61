import { useQuery } from '@tanstack/react-query';
import { api, body } from '../api/client.ts';

/** An option of a select, with keywords that find it in addition to its label. */
interface Choice {
  value: string;
  label: string;
  keywords: readonly string[];
}

/** The countries, time zones and currencies that the server knows, as options. Calling codes find countries too. */
export function useWorkspaceChoices() {
  const { data } = useQuery({
    queryKey: ['settings', 'workspace', 'choices'],
    queryFn: () => body(api.GET('/v1/workspace/choices')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    regions: (data?.regions ?? []).map(({ code, name, calling_code }): Choice => {
      const label = `${name} (${code}, +${calling_code})`;
      return { value: code, label, keywords: [code, `+${calling_code}`, calling_code, `00${calling_code}`] };
    }),
    zones: (data?.time_zones ?? []).map((zone) => ({ value: zone, label: zone })),
    currencies: (data?.currencies ?? []).map(({ code, name }): Choice => {
      return { value: code, label: `${name} (${code})`, keywords: [code] };
    }),
  };
}
