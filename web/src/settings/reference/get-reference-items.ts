import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { toast } from '../../ui/feedback/toast.tsx';

/** An item of reference data: the fields that all kinds share, and those of some. */
export interface Item extends Record<string, unknown> {
  id: string;
  name: string;
}

/** A kind of reference data. All kinds answer alike, so one path stands for their types. */
export interface Shelf {
  path: string;
  /** The singular: `status`. */
  word: string;
}

type Any = '/v1/sources';
type One = '/v1/sources/{id}';

const keyOf = ({ path }: Shelf) => ['settings', path];

/** The items of a kind, in order. */
export function useItems(shelf: Shelf) {
  return useQuery({
    queryKey: keyOf(shelf),
    queryFn: async () => (await body(api.GET(shelf.path as Any))).data as unknown as Item[],
  });
}

/** How many leads use each item; undefined if the server does not count them. */
export function useUses(shelf: Shelf, isTold: boolean) {
  return useQuery({
    queryKey: ['settings', shelf.path, 'usage'],
    enabled: isTold,
    queryFn: async () => {
      const { data } = await body(api.GET(`${shelf.path}/usage` as '/v1/sources/usage'));
      return new Map(data.map(({ id, leads }) => [id, leads]));
    },
  });
}

/** Creates, changes, reorders and removes the items of a kind. */
export function useShelf(shelf: Shelf) {
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: ['settings'] });
  const order = useMutation({
    mutationFn: (items: readonly Item[]) =>
      body(api.PUT(`${shelf.path}/order` as '/v1/statuses/order', { body: { ids: items.map(({ id }) => id) } })),
    onMutate: (items) => {
      const before = client.getQueryData(keyOf(shelf));
      client.setQueryData(keyOf(shelf), [...items]);
      return before;
    },
    onError: (error, _items, before) => {
      client.setQueryData(keyOf(shelf), before);
      toast.error(asProblem(error), 'Could not change the order.');
    },
  });
  return {
    add: async (values: Record<string, unknown>) => {
      await body(api.POST(shelf.path as Any, { body: values as { name: string } }));
      await renew();
      toast.done(`Added ${values['name'] ?? shelf.word}`);
    },
    change: async (id: string, values: Record<string, unknown>) => {
      await body(api.PATCH(shelf.path.concat('/{id}') as One, { params: { path: { id } }, body: values }));
      await renew();
      toast.done('Saved');
    },
    remove: async ({ id, name }: Item, moveTo?: string) => {
      const job = await body(
        api.DELETE(shelf.path.concat('/{id}') as '/v1/statuses/{id}', {
          params: { path: { id }, ...(moveTo && { query: { move_to: moveTo } }) },
        }),
      );
      await renew();
      if (!job) toast.done(`Deleted ${name}`);
      return job as { id: string } | undefined;
    },
    order: order.mutate,
  };
}
