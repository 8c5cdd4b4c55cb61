import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { toast } from '../../ui/feedback/toast.tsx';
import type { ReferenceKind } from './kinds.ts';

/** An item of reference data: the fields that all kinds share, and those of its own kind. */
export interface Item extends Record<string, unknown> {
  id: string;
  name: string;
}

// The API is the same for all kinds, so the types of one path serve for all.
type Any = '/v1/sources';
type One = '/v1/sources/{id}';

const keyOf = ({ path }: ReferenceKind) => ['settings', path];

/** The items of a kind, in order. */
export function useItems(kind: ReferenceKind) {
  return useQuery({
    queryKey: keyOf(kind),
    queryFn: async () => (await body(api.GET(kind.path as Any))).data as unknown as Item[],
  });
}

/** The number of leads that use each item; undefined if the server does not count them. */
export function useUses(kind: ReferenceKind) {
  return useQuery({
    queryKey: ['settings', kind.path, 'usage'],
    enabled: kind.countsUses === true,
    queryFn: async () => {
      const { data } = await body(api.GET(`${kind.path}/usage` as '/v1/sources/usage'));
      return new Map(data.map(({ id, leads }) => [id, leads]));
    },
  });
}

/** Creates, changes, reorders and removes the items of a kind. */
export function useReferenceChanges(kind: ReferenceKind) {
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: ['settings'] });
  const order = useMutation({
    mutationFn: (items: readonly Item[]) =>
      body(api.PUT(`${kind.path}/order` as '/v1/statuses/order', { body: { ids: items.map(({ id }) => id) } })),
    onMutate: (items) => {
      const before = client.getQueryData(keyOf(kind));
      client.setQueryData(keyOf(kind), [...items]);
      return before;
    },
    onError: (error, _items, before) => {
      client.setQueryData(keyOf(kind), before);
      toast.error(asProblem(error), 'Could not save the order.');
    },
  });
  return {
    add: async (values: Record<string, unknown>) => {
      await body(api.POST(kind.path as Any, { body: values as { name: string } }));
      await renew();
      toast.done(`Added ${values['name'] ?? kind.word}`);
    },
    change: async (id: string, values: Record<string, unknown>) => {
      await body(api.PATCH(kind.path.concat('/{id}') as One, { params: { path: { id } }, body: values }));
      await renew();
      toast.done('Saved');
    },
    remove: async ({ id, name }: Item, moveTo?: string) => {
      const job = await body(
        api.DELETE(kind.path.concat('/{id}') as '/v1/statuses/{id}', {
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
