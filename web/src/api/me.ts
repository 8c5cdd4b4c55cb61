import { queryOptions } from '@tanstack/react-query';
import { api, body, type Shape } from './client.ts';
import { keys } from './keys.ts';
import { readProblem } from './problem.ts';

/** The signed-in person, their workspace and permissions. */
export type Me = Shape<'Me'>;

/** The name of a permission. */
export type Permission = Me['permissions'][number];

/** Counts for the badges in the navigation. */
export interface Badges {
  leads_waiting: number;
  calls_due: number;
  tasks_due: number;
  refused: number;
}

/** The signed-in person; fails with 401 if nobody is signed in. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: () => body(api.GET('/v1/me')),
  staleTime: 60_000,
});

/** The counts for the navigation, kept up to date by live updates. */
export const badgesQuery = queryOptions({
  queryKey: keys.badges,
  queryFn: async () => {
    const response = await fetch('/v1/badges', { credentials: 'same-origin' });
    if (!response.ok) throw await readProblem(response);
    return (await response.json()) as Badges;
  },
  refetchInterval: 60_000,
});
