import { queryOptions } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';

/** A person's day as the API shows it. */
export type MyDay = Shape<'MyDay'>;

/** The signed-in person's day. */
export const myDayQuery = queryOptions({
  queryKey: ['tasks', 'my-day'],
  queryFn: () => body(api.GET('/v1/my-day')),
  refetchInterval: 5 * 60_000,
});
