import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';

/** A claimed call with its lead and the claim's id. */
export type Claimed = Shape<'ClaimedCall'>;
export type Outcome = Shape<'CallOutcomeView'>;
export type Why = Shape<'CallReason'>;

/** A list of leads that an agent calls one by one: its filters as a query string, and when the agent began. */
export interface CallList {
  query: string;
  since?: string;
}

const MINUTE = 60_000;

/** The agent's own state and current call. */
export const selfQuery = queryOptions({
  queryKey: ['calls', 'self'],
  queryFn: () => body(api.GET('/v1/agents/me')),
  refetchInterval: MINUTE,
});

/** The next calls and the size of the queue. */
export const queueQuery = queryOptions({
  queryKey: ['calls', 'queue'],
  queryFn: () => body(api.GET('/v1/calls/queue')),
  refetchInterval: MINUTE / 2,
});

/** Which leads of a list are to be called, and why others are passed over. */
export const listQuery = (list: CallList) =>
  queryOptions({
    queryKey: ['calls', 'list', list],
    queryFn: () => body(api.GET('/v1/calls/list', { params: { query: { ...list } } })),
    refetchInterval: MINUTE / 2,
  });

/** All members who may make calls. */
export const agentsQuery = queryOptions({
  queryKey: ['calls', 'agents'],
  queryFn: async () => (await body(api.GET('/v1/agents'))).data,
  refetchInterval: MINUTE / 4,
});

/** The outcomes that a call can have. */
export const outcomesQuery = queryOptions({
  queryKey: ['settings', 'call-outcomes'],
  queryFn: async () => (await body(api.GET('/v1/call-outcomes'))).data,
  staleTime: 5 * MINUTE,
});

/** The workspace's reasons for losing a lead. */
export const lostReasonsQuery = queryOptions({
  queryKey: ['settings', 'reference', 'lost_reason'],
  queryFn: async () =>
    (await body(api.GET('/v1/reference/{kind}', { params: { path: { kind: 'lost_reason' } } }))).data,
  staleTime: 5 * MINUTE,
});

/** The newest entries of a lead's timeline, or only its calls. */
export function useEvents(leadId: string, kind?: 'calls') {
  return useQuery({
    queryKey: ['calls', 'events', leadId, kind],
    queryFn: async () => {
      const query = kind ? { kind, limit: 6 } : { limit: 8 };
      return (await body(api.GET('/v1/leads/{id}/timeline', { params: { path: { id: leadId }, query } }))).data;
    },
  });
}
