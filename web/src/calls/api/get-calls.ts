import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';

/** A call that somebody has, with its lead and the secret of the claim. */
export type Claimed = Shape<'ClaimedCall'>;
export type Outcome = Shape<'CallOutcomeView'>;
export type Why = Shape<'CallReason'>;

const MINUTE = 60_000;

/** What I do at the moment, and the call I have. */
export const selfQuery = queryOptions({
  queryKey: ['calls', 'self'],
  queryFn: () => body(api.GET('/v1/agents/me')),
  refetchInterval: MINUTE,
});

/** What comes next, and how much waits. */
export const queueQuery = queryOptions({
  queryKey: ['calls', 'queue'],
  queryFn: () => body(api.GET('/v1/calls/queue')),
  refetchInterval: MINUTE / 2,
});

/** Everybody who may call. */
export const agentsQuery = queryOptions({
  queryKey: ['calls', 'agents'],
  queryFn: async () => (await body(api.GET('/v1/agents'))).data,
  refetchInterval: MINUTE / 4,
});

/** How calls may end. */
export const outcomesQuery = queryOptions({
  queryKey: ['settings', 'call-outcomes'],
  queryFn: async () => (await body(api.GET('/v1/call-outcomes'))).data,
  staleTime: 5 * MINUTE,
});

/** Why leads are lost, in the workspace’s words. */
export const lostReasonsQuery = queryOptions({
  queryKey: ['settings', 'reference', 'lost_reason'],
  queryFn: async () =>
    (await body(api.GET('/v1/reference/{kind}', { params: { path: { kind: 'lost_reason' } } }))).data,
  staleTime: 5 * MINUTE,
});

/** The last that happened with a lead; only calls if so said. */
export function useEvents(leadId: string, kind?: 'calls') {
  return useQuery({
    queryKey: ['calls', 'events', leadId, kind],
    queryFn: async () => {
      const query = kind ? { kind, limit: 6 } : { limit: 8 };
      return (await body(api.GET('/v1/leads/{id}/timeline', { params: { path: { id: leadId }, query } }))).data;
    },
  });
}
