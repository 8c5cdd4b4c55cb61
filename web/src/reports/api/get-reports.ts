import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, type Shape } from '../../api/client.ts';
import { askedOf, type ReportSearch } from '../search.ts';

/** The reports by name, with the shape of each response. */
export interface Reports {
  'leads-by-day': Shape<'LeadsByDay'>;
  sources: Shape<'LeadsBySource'>;
  statuses: Shape<'LeadsByStatus'>;
  funnel: Shape<'Funnel'>;
  'speed-to-lead': Shape<'SpeedToLead'>;
  agents: Shape<'AgentsReport'>;
  intake: Shape<'IntakeHealth'>;
  arrivals: Shape<'Arrivals'>;
  revenue: Shape<'Revenue'>;
  forecast: Shape<'Forecast'>;
}
export type ReportName = keyof Reports;

/** Figures must not change while somebody reads them, so they are not refetched with every new lead. */
const FRESH_MS = 60_000;

/** One report, for the filters in the URL. */
export function useReport<N extends ReportName>(name: N, search: ReportSearch) {
  const query = askedOf(search);
  return useQuery({
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
