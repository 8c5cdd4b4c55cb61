import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';

/** A lead as the API shows it. */
export type Lead = Shape<'LeadView'>;
/** What can be said of a lead in a change. */
export type LeadPatch = Shape<'LeadPatch'>;

/** One lead. */
export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: ['leads', 'one', id],
    queryFn: () => body(api.GET('/v1/leads/{id}', { params: { path: { id } } })),
  });

/** Leads that may be the same person. */
export const possibleDuplicatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['leads', 'possible-duplicates', id],
    queryFn: async () => (await body(api.GET('/v1/leads/{id}/possible-duplicates', { params: { path: { id } } }))).data,
  });

/** Who is busy with the lead; claims run out by themselves, so it is asked again now and then. */
export const presenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['calls', 'presence', id],
    queryFn: async () => (await body(api.GET('/v1/leads/{id}/presence', { params: { path: { id } } }))).held,
    refetchInterval: 30_000,
  });

/** The lead's tasks, the newest first. */
export const leadTasksQuery = (id: string) =>
  queryOptions({
    queryKey: ['tasks', 'of-lead', id],
    queryFn: async () =>
      (await body(api.GET('/v1/leads/{id}/tasks', { params: { path: { id }, query: { limit: 200 } } }))).data,
  });

/** The lead's deals, the newest first. */
export const leadDealsQuery = (id: string) =>
  queryOptions({
    queryKey: ['deals', 'of-lead', id],
    queryFn: async () =>
      (await body(api.GET('/v1/leads/{id}/deals', { params: { path: { id }, query: { limit: 200 } } }))).data,
  });

/** The requests that brought the lead, the newest first. */
export const touchesQuery = (id: string) =>
  queryOptions({
    queryKey: ['leads', 'touches', id],
    queryFn: async () => (await body(api.GET('/v1/leads/{id}/touches', { params: { path: { id } } }))).data,
  });

/** Changes a lead; `version` is the one that was seen: who changed it since is not overwritten unseen. */
export function patchLead(id: string, patch: LeadPatch, version?: number): Promise<Lead> {
  return body(
    api.PATCH('/v1/leads/{id}', {
      params: { path: { id } },
      body: patch,
      ...(version !== undefined && { headers: { 'if-match': `"${version}"` } }),
    }),
  );
}

/** Takes a lead that came back from the server into the cache, and makes old what shows it. */
export function keepLead(client: QueryClient, lead: Lead): void {
  client.setQueryData(leadQuery(lead.id).queryKey, lead);
  void client.invalidateQueries({ queryKey: ['leads'], predicate: ({ queryKey }) => queryKey[1] !== 'one' });
}

/** Makes old all that shows something of a lead. */
export function refreshLead(client: QueryClient): void {
  for (const topic of ['leads', 'tasks', 'deals', 'calls']) void client.invalidateQueries({ queryKey: [topic] });
}
