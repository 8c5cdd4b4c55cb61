import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../api/client.ts';

/** Somebody who works or worked in the workspace. */
export type Member = Shape<'MemberView'>;

/** The workspace's members, including those who have left. */
export const membersQuery = queryOptions({
  queryKey: ['people', 'members'],
  queryFn: async () => (await body(api.GET('/v1/members'))).data,
  staleTime: 5 * 60_000,
});

const none: Member[] = [];

/** The members; an empty list until they have loaded. */
export function useMembers(): readonly Member[] {
  return useQuery(membersQuery).data ?? none;
}
