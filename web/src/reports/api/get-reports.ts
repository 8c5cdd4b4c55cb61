import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import type { paths } from '../../api/schema.d.ts';
import { askedOf, type ReportSearch } from '../search.ts';

type NameIn<Path> = Path extends `/v1/reports/${infer Name}` ? Name : never;
export type ReportName = NameIn<keyof paths>;

/** The reports of the API by name, with the shape of each response. */
export type Reports = {
  [N in ReportName]: paths[`/v1/reports/${N}`]['get']['responses'][200]['content']['application/json'];
};

/** Figures must not change while somebody reads them, so they are not refetched with every new lead. */
const FRESH_MS = 60_000;

/** The query of one report, for the filters in the URL. */
export function reportQuery<N extends ReportName>(name: N, search: ReportSearch) {
  const query = askedOf(search);
  return queryOptions({
    queryKey: ['reports', name, query],
    queryFn: async () =>
      (await api.GET(`/v1/reports/${name}` as '/v1/reports/sources', { params: { query } }))
        .data as unknown as Reports[N],
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });
}

/** The URL of a report as a CSV file. */
export function csvAddress(name: ReportName, search: ReportSearch): string {
  const { compare: _, ...query } = askedOf(search);
  return `/v1/reports/${name}?${new URLSearchParams({ ...query, format: 'csv' } as Record<string, string>)}`;
}
