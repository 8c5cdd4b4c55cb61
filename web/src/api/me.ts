import { queryOptions } from '@tanstack/react-query';
import { keys } from './keys.ts';
import { readProblem } from './problem.ts';

/** Who is signed in, where, and what they may do. */
export interface Me {
  user: { id: string; name: string; email: string | null; username: string | null; totp: boolean };
  member: { id: string; role: string; sees: string };
  workspace: { id: string; name: string; region: string; time_zone: string; currency: string };
  workspaces: { id: string; name: string; role: string }[];
  permissions: string[];
}

/** How much waits on each screen; the rail shows it. */
export interface Badges {
  leads_waiting: number;
  calls_due: number;
  tasks_due: number;
  refused: number;
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(path, { credentials: 'same-origin', headers: { accept: 'application/json' } });
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as T;
}

/** Who is signed in; fails with 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: keys.me,
  queryFn: () => get<Me>('/v1/me'),
  staleTime: 60_000,
});

/** What the rail counts. Live updates make it old. */
export const badgesQuery = queryOptions({
  queryKey: keys.badges,
  queryFn: () => get<Badges>('/v1/badges'),
  refetchInterval: 60_000,
});
