import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';

/** An entry of a timeline as the API shows it. */
export type TimelineLine = Shape<'TimelineLine'>;
/** The filters of the timeline. */
export type TimelineKind = 'all' | 'calls' | 'notes' | 'system' | 'changes';

const LINES = 30;
/** The number of recent changes to search for the one that caused a conflict. */
const RECENT = 10;

function readTimeline(id: string, query: { kind?: Exclude<TimelineKind, 'all'>; cursor?: string; limit: number }) {
  return body(api.GET('/v1/leads/{id}/timeline', { params: { path: { id }, query } }));
}

/** A lead's timeline, newest first, page by page. */
export const timelineQuery = (leadId: string, kind: TimelineKind) =>
  infiniteQueryOptions({
    queryKey: ['leads', 'timeline', leadId, kind],
    queryFn: ({ pageParam }) =>
      readTimeline(leadId, {
        limit: LINES,
        ...(kind !== 'all' && { kind }),
        ...(pageParam && { cursor: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });

/** The newest changes to a lead, as of this version. */
export const changesQuery = (leadId: string, version: number) =>
  queryOptions({
    queryKey: ['leads', 'changes', leadId, version],
    queryFn: async () => (await readTimeline(leadId, { kind: 'changes', limit: RECENT })).data,
  });
