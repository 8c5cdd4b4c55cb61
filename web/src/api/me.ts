import { queryOptions } from '@tanstack/react-query';
import { api, body, type Shape } from './client.ts';
import { keys } from './keys.ts';
import { readProblem } from './problem.ts';

/** Who is signed in, where, and what they may do. */
export type Me = Shape<'Me'>;

/** The name of something that one may or may not do. */
export type Permission = Me['permissions'][number];

/** How much waits on each screen; the rail shows it. */
export interface Badges {
  leads_waiting: number;
  calls_due: number;
  tasks_due: number;
  refused: number;
}

/** Who is signed in; fails with 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: () => body(api.GET('/v1/me')),
  staleTime: 60_000,
});

/** What the rail counts. Live updates make it old. */
export const badgesQuery = queryOptions({
  queryKey: keys.badges,
  queryFn: async () => {
    const response = await fetch('/v1/badges', { credentials: 'same-origin' });
    if (!response.ok) throw await readProblem(response);
    return (await response.json()) as Badges;
  },
  refetchInterval: 60_000,
});
