import { queryOptions } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';

/** Somebody's day as the API shows it. */
export type MyDay = Shape<'MyDay'>;

/** The day of who is signed in. */
export const myDayQuery = queryOptions({
  queryKey: ['tasks', 'my-day'],
  queryFn: () => body(api.GET('/v1/my-day')),
  refetchInterval: 5 * 60_000,
});
