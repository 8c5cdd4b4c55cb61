import { useSuspenseQuery } from '@tanstack/react-query';
import { type Me, meQuery, type Permission } from '../api/me.ts';

/** Who is signed in. Only within the shell, which is not shown before that is known. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether who is signed in may do this. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}

/** Ends the session and begins anew at the sign-in page. */
export async function signOut(): Promise<void> {
  await fetch('/v1/session', { method: 'DELETE', credentials: 'same-origin' });
  location.assign('/app/sign-in');
}

/** Goes on in another workspace; everything on the page was the old one's, so the page begins anew. */
export async function switchWorkspace(workspaceId: string): Promise<void> {
  await fetch('/v1/session/workspace', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ workspace_id: workspaceId }),
  });
  location.assign('/app/');
}
