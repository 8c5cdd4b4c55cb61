import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';

/** A lead as the API shows it. */
export type Lead = Shape<'LeadView'>;
/** A change to a lead. */
export type LeadPatch = Shape<'LeadPatch'>;

/** One lead. */
export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: ['leads', 'one', id],
    queryFn: () => body(api.GET('/v1/leads/{id}', { params: { path: { id } } })),
  });

/** Possible duplicates of a lead. */
export const duplicatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['leads', 'possible-duplicates', id],
    queryFn: async () => (await body(api.GET('/v1/leads/{id}/possible-duplicates', { params: { path: { id } } }))).data,
  });

/** Names that arrived with the lead and wait for approval. */
export const waitingNamesQuery = (id: string) =>
  queryOptions({
    queryKey: ['leads', 'waiting-names', id],
    queryFn: async () => (await body(api.GET('/v1/leads/{id}/waiting-names', { params: { path: { id } } }))).data,
  });

/** The agents on a call with the lead. Claims expire by themselves, so this is polled. */
export const presenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['calls', 'presence', id],
    queryFn: async () => (await body(api.GET('/v1/leads/{id}/presence', { params: { path: { id } } }))).held,
    refetchInterval: 30_000,
  });

/** The lead's tasks, newest first. */
export const leadTasksQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'of-lead', id],
    queryFn: async () =>
      (await body(api.GET('/v1/leads/{id}/tasks', { params: { path: { id }, query: { limit: 200 } } }))).data,
  });

/** The lead's deals, newest first. */
export const leadDealsQuery = (id: string) =>
  queryOptions({
    queryKey: ['deals', 'of-lead', id],
    queryFn: async () =>
      (await body(api.GET('/v1/leads/{id}/deals', { params: { path: { id }, query: { limit: 200 } } }))).data,
  });

/** The requests that created or updated the lead, newest first. */
export const touchesQuery = (id: string) =>
  queryOptions({
    queryKey: ['leads', 'touches', id],
    queryFn: async () => (await body(api.GET('/v1/leads/{id}/touches', { params: { path: { id } } }))).data,
  });

/** Caches a lead that the server returned, and marks the lists and counts that may show it as stale. */
export function storeLead(client: QueryClient, lead: Lead): void {
  client.setQueryData(leadQuery(lead.id).queryKey, lead);
  void client.invalidateQueries({ queryKey: ['leads'], predicate: ({ queryKey }) => queryKey[1] !== 'one' });
}

/** Marks everything that shows data of a lead as stale. */
export function refreshLead(client: QueryClient): void {
  for (const topic of ['leads', 'tasks', 'deals', 'calls']) void client.invalidateQueries({ queryKey: [topic] });
}
