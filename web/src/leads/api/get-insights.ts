import { useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { useMe } from '../../app/session.ts';
import { dayIn } from '../../ui/times.ts';
import type { LeadFilters } from '../filters.ts';
import { useStatuses } from './get-reference-data.ts';

const DAYS = 14;
const DAY_MS = 86_400_000;
/** Figures do not jump while one reads them. */
const FRESH_MS = 60_000;

/** A number and the leads that it is about. */
export interface Figure {
  /** Undefined until it is known; null: there is nothing to say. */
  value: number | null | undefined;
  /** There are more than could be counted. */
  atLeast?: boolean;
  filters: LeadFilters;
  error: unknown;
  retry: () => void;
}

/** Leads of the last days by the sources they came from. */
export function useArrivalsByDay() {
  const { time_zone: timeZone } = useMe().workspace;
  const first = dayIn(timeZone, Date.now() - (DAYS - 1) * DAY_MS);
  return useQuery({
    queryKey: ['reports', 'leads-by-day', { from: first }],
    queryFn: () => report(api.GET('/v1/reports/leads-by-day', { params: { query: { from: first } } })),
    staleTime: FRESH_MS,
  });
}

/** How long half of the newest leads waited at most for a reply. */
export function useMedianReply(): Figure {
  const { data, error, refetch } = useQuery({
    queryKey: ['reports', 'speed-to-lead', { range: '7d' }],
    queryFn: () => report(api.GET('/v1/reports/speed-to-lead', { params: { query: { range: '7d' } } })),
    staleTime: FRESH_MS,
  });
  return { value: data?.totals.median_minutes, filters: { created: '7d' }, error, retry: () => void refetch() };
}

/** A report asked for as JSON is answered so; the document has it as a table besides. */
async function report<T>(answer: Promise<{ data?: T }>): Promise<Exclude<T, string>> {
  return (await body(answer)) as Exclude<T, string>;
}

/** Leads that wait too long. */
export function useWaiting(): Figure {
  return useCounted({ waiting: 5 });
}

/** Leads of this week that are worth the work; where no status says so, those that are won. */
export function useQualified(): Figure & { name: string } {
  const status = useStatuses().find(({ name }) => name.toLowerCase() === 'qualified');
  const filters: LeadFilters = status ? { status: status.id } : { state: 'won' };
  return { ...useCounted({ ...filters, created: '7d' }), name: status?.name ?? 'Won' };
}

function useCounted(filters: LeadFilters): Figure {
  const { data, error, refetch } = useQuery<Shape<'LeadCount'>>({
    queryKey: ['leads', 'count', filters],
    queryFn: () => body(api.GET('/v1/leads/count', { params: { query: filters } })),
  });
  return { value: data?.count, atLeast: data?.exact === false, filters, error, retry: () => void refetch() };
}

const decimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** Minutes as people say them. */
export function minutes(value: number | null): string {
  if (value === null) return '–';
  if (value < 60) return `${decimal.format(value)} min`;
  return value < 2_880 ? `${decimal.format(value / 60)} h` : `${decimal.format(value / 1_440)} d`;
}
