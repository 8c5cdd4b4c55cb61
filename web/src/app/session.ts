import { useSuspenseQuery } from '@tanstack/react-query';
import { type Me, meQuery, type Permission } from '../api/me.ts';
import { asProblem, readProblem } from '../api/problem.ts';
import { toast } from '../ui/feedback/toast.tsx';

/** The signed-in person. Use it only within the shell, which waits for this data. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the signed-in person has a permission. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}

/** Signs out and reloads at the sign-in page. */
export function signOut(): Promise<void> {
  return leave('DELETE', '/v1/session', undefined, '/app/sign-in', 'Could not sign out.');
}

/** Switches to another workspace. The page reloads, since everything on it belongs to the old one. */
export function switchWorkspace(workspaceId: string): Promise<void> {
  return leave('POST', '/v1/session/workspace', { workspace_id: workspaceId }, '/app/', 'Could not switch workspace.');
}

/** Lets an owner use the app as a sample member. The page reloads, since everything on it belongs to the owner. */
export function viewAs(memberId: string): Promise<void> {
  return leave('POST', '/v1/demo/session', { member_id: memberId }, '/app/', 'Could not view as this member.');
}

/** Returns from the sample member to the owner's own account. */
export function stopViewing(): Promise<void> {
  return leave('DELETE', '/v1/demo/session', undefined, '/app/', 'Could not return to your account. Sign out instead.');
}

async function leave(method: string, path: string, content: object | undefined, to: string, failed: string) {
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(content && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) }),
    });
    if (!response.ok && response.status !== 401) throw await readProblem(response);
    location.assign(to);
  } catch (error) {
    toast.error(asProblem(error), failed);
  }
}
