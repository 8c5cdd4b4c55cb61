import {
  type UseMutationOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { pagedQuery } from '../../api/paged.ts';
import { asProblem, type Problem } from '../../api/problem.ts';
import { toast } from '../../ui/feedback/toast.tsx';

export type Webhook = Shape<'WebhookView'>;
export type WebhookWithSecret = Shape<'WebhookWithSecret'>;
export type Delivery = Shape<'DeliveryView'>;
export type DeliveryDetail = Shape<'DeliveryDetail'>;
export type Hour = Shape<'WebhookHour'>;

/** The filters of the delivery log. */
export interface DeliveryFilter {
  state?: Delivery['state'] | undefined;
  type?: string | undefined;
}

const root = ['settings', 'webhooks'] as const;
/** Open screens poll: changes to deliveries are not announced, since there may be hundreds of them per second. */
const REFRESH_MS = 5_000;

/** All webhooks. */
export function useWebhooks() {
  return useQuery({
    queryKey: root,
    queryFn: async () => (await body(api.GET('/v1/webhooks'))).data,
    refetchInterval: REFRESH_MS,
  });
}

/** One webhook. */
export function useWebhook(id: string) {
  return useQuery({
    queryKey: [...root, id],
    queryFn: () => body(api.GET('/v1/webhooks/{id}', { params: { path: { id } } })),
    refetchInterval: REFRESH_MS,
  });
}

/** What was sent to a webhook in each of the last 24 hours. */
export function useHours(id: string) {
  return useQuery({
    queryKey: [...root, id, 'hours'],
    queryFn: async () => (await body(api.GET('/v1/webhooks/{id}/hours', { params: { path: { id } } }))).data,
    refetchInterval: REFRESH_MS,
  });
}

/** The deliveries of a webhook, newest events first. */
export function useDeliveries(id: string, { state, type }: DeliveryFilter) {
  return useInfiniteQuery({
    ...pagedQuery([...root, id, 'deliveries', { state, type }], (page) => {
      const query = { ...(state && { state }), ...(type && { type: type as Shape<'Event'>['type'] }), ...page };
      return body(api.GET('/v1/webhooks/{id}/deliveries', { params: { path: { id }, query } }));
    }),
    refetchInterval: REFRESH_MS,
  });
}

/** A delivery with its attempts. */
export function useDelivery(id: string) {
  return useQuery({
    queryKey: [...root, 'deliveries', id],
    queryFn: () => body(api.GET('/v1/deliveries/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (isUnderway(state.data?.state) ? 1_000 : false),
  });
}

/** Whether a delivery is still going to change by itself. */
function isUnderway(state: Delivery['state'] | undefined): boolean {
  return state === 'pending' || state === 'sending';
}

/** A change to webhooks. Afterwards all data about webhooks is refetched; an error is shown as a toast. */
export function useWebhookChange<Given, Made>(
  change: (given: Given) => Promise<Made>,
  { failed, ...options }: { failed: string } & Pick<UseMutationOptions<Made, Error, Given>, 'onSuccess'>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    ...options,
    onSettled: () => client.invalidateQueries({ queryKey: root }),
    onError: (error) => toast.error(asProblem(error) satisfies Problem, failed),
  });
}

/** Returns a function that refetches all data about webhooks. */
export function useRenewWebhooks() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: root });
}
