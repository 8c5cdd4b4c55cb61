import { NativeSelect } from '@mantine/core';
import { type CardOrder, type ClosedWithin, closedWithin, orders, USUAL_CLOSED } from './search.ts';

/** How the cards are sorted and which closed deals are shown; a missing value stands for the default. */
interface Ordering {
  order?: CardOrder;
  closed?: ClosedWithin;
}

/** Reads the order from the URL; unknown values and defaults are left out. */
export function readOrdering(search: { order?: unknown; closed?: unknown }): Ordering {
  const order = keyIn(orders, search.order);
  const closed = keyIn(closedWithin, search.closed);
  return {
    ...(order && order !== 'next_step' && { order }),
    ...(closed && closed !== USUAL_CLOSED && { closed }),
  };
}

/** The order as query parameters of the API. */
export function askedOf({ order, closed }: Ordering): { sort?: CardOrder; closed?: ClosedWithin } {
  return { ...(order && { sort: order }), ...(closed && { closed }) };
}

function keyIn<K extends string>(names: Readonly<Record<K, string>>, value: unknown): K | undefined {
  return (Object.keys(names) as K[]).find((name) => name === value);
}

interface Props {
  ordering: Ordering;
  isOfDeals: boolean;
  /** Changes search parameters; undefined removes one. */
  onChoose: (change: { [K in keyof Ordering]: Ordering[K] | undefined }) => void;
}

/** Chooses the order of the cards in every column and, for deals, how long closed ones are shown. */
export function OrderChoices({ ordering: { order, closed }, isOfDeals, onChoose }: Props) {
  return (
    <>
      <NativeSelect
        aria-label="Sort cards by"
        value={order ?? 'next_step'}
        onChange={({ currentTarget }) => onChoose({ order: readOrdering({ order: currentTarget.value }).order })}
        data={Object.entries(orders).map(([value, label]) => ({ value, label: `Sort: ${label}` }))}
      />
      {isOfDeals && (
        <NativeSelect
          aria-label="Won and lost deals"
          value={closed ?? USUAL_CLOSED}
          onChange={({ currentTarget }) => onChoose({ closed: readOrdering({ closed: currentTarget.value }).closed })}
          data={Object.entries(closedWithin).map(([value, label]) => ({ value, label }))}
        />
      )}
    </>
  );
}
