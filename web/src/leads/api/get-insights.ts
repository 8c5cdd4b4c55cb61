import { useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { useMe } from '../../app/session.ts';
import { dayIn } from '../../ui/times.ts';
import { type LeadFilters, narrowing } from '../filters.ts';
import { useStatuses } from './get-reference-data.ts';

const DAYS = 14;
const DAY_MS = 86_400_000;
/** Figures must not change while somebody reads them. */
const FRESH_MS = 60_000;

/** A figure and a filter for the leads it counts. */
export interface Figure {
  /** Undefined while loading; null if there is no value. */
  value: number | null | undefined;
  /** True if counting stopped at a limit. */
  atLeast?: boolean;
  filters: LeadFilters;
  error: unknown;
  retry: () => void;
}

/** The filters that reports support as well. */
const inReports = ['department', 'source', 'owner'] as const;

/** The filters that reports support, for their figures and for links to the leads behind those figures. */
export function forReports(filters: LeadFilters): Pick<LeadFilters, (typeof inReports)[number]> {
  const entries = inReports.flatMap((name) => (filters[name] === undefined ? [] : [[name, filters[name]]]));
  return Object.fromEntries(entries);
}

/** The filters without the creation date, for figures with a period of their own. */
function undated({ created: _, created_from: __, created_to: ___, ...filters }: LeadFilters): LeadFilters {
  return narrowing(filters);
}

/** Whether the list is narrowed by filters that reports do not support. */
export function isBeyondReports(filters: LeadFilters): boolean {
  return Object.keys(undated(filters)).some((name) => !(inReports as readonly string[]).includes(name));
}

/** Leads of the last two weeks by day and source. */
export function useArrivalsByDay(filters: LeadFilters) {
  const { time_zone: timeZone } = useMe().workspace;
  const query = { ...forReports(filters), from: dayIn(timeZone, Date.now() - (DAYS - 1) * DAY_MS) };
  return useQuery({
    queryKey: ['reports', 'leads-by-day', query],
    queryFn: () => report(api.GET('/v1/reports/leads-by-day', { params: { query } })),
    staleTime: FRESH_MS,
  });
}

/** The median time to the first reply over the last week. */
export function useMedianReply(filters: LeadFilters): Figure {
  const query = { ...forReports(filters), range: '7d' } as const;
  const { data, error, refetch } = useQuery({
    queryKey: ['reports', 'speed-to-lead', query],
    queryFn: () => report(api.GET('/v1/reports/speed-to-lead', { params: { query } })),
    staleTime: FRESH_MS,
  });
  return {
    value: data?.totals.median_minutes,
    filters: { ...forReports(filters), created: '7d' },
    error,
    retry: () => void refetch(),
  };
}

/** The OpenAPI document also describes a CSV response, hence the type; requests for JSON get JSON. */
async function report<T>(answer: Promise<{ data?: T }>): Promise<Exclude<T, string>> {
  return (await body(answer)) as Exclude<T, string>;
}

/** Leads that have waited for a reply for more than five minutes. */
export function useWaiting(filters: LeadFilters): Figure {
  return useCounted({ ...narrowing(filters), waiting: 5 });
}

/** Qualified leads of the last seven days, or won ones if no status is called Qualified. */
export function useQualified(filters: LeadFilters): Figure & { name: string } {
  const status = useStatuses().find(({ name }) => name.toLowerCase() === 'qualified');
  const { status: _, state: __, ...others } = undated(filters);
  const asked: LeadFilters = status ? { status: status.id } : { state: 'won' };
  return { ...useCounted({ ...others, ...asked, created: '7d' }), name: status?.name ?? 'Won' };
}

function useCounted(filters: LeadFilters): Figure {
  const { data, error, refetch } = useQuery<Shape<'LeadCount'>>({
    queryKey: ['leads', 'count', filters],
    queryFn: () => body(api.GET('/v1/leads/count', { params: { query: filters } })),
  });
  return { value: data?.count, atLeast: data?.exact === false, filters, error, retry: () => void refetch() };
}

const decimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** A duration in minutes: `4.5 min`, `2.1 h`, `3 d`. */
export function minutes(value: number | null): string {
  if (value === null) return '–';
  if (value < 60) return `${decimal.format(value)} min`;
  return value < 2_880 ? `${decimal.format(value / 60)} h` : `${decimal.format(value / 1_440)} d`;
}
