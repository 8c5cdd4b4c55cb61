/** The states to filter by. */
const states = ['open', 'won', 'lost', 'all'] as const;
/** The sort orders of the list. */
const sorts = ['newest', 'close_date', 'amount'] as const;

/** The search parameters of the deal list. */
export interface DealsSearch {
  state?: (typeof states)[number];
  sort?: (typeof sorts)[number];
  q?: string;
  owner?: string;
  stage?: string;
  /** Only deals expected to close on or before this day. */
  closes_by?: string;
  /** Only deals won or lost in this range of days, both ends included. */
  closed_from?: string;
  closed_to?: string;
  /** The deal shown in the drawer. */
  deal?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const text = (name: 'q' | 'owner' | 'stage' | 'deal' | 'closes_by' | 'closed_from' | 'closed_to', value: unknown) =>
  typeof value === 'string' && value !== '' ? { [name]: value } : {};

const day = (name: 'closes_by' | 'closed_from' | 'closed_to', value: unknown) =>
  DAY.test(String(value)) ? text(name, value) : {};

/** Reads the search parameters; invalid ones are ignored. */
export function readSearch(search: Partial<Record<keyof DealsSearch, unknown>>): DealsSearch {
  const state = states.find((one) => one === search.state);
  const sort = sorts.find((one) => one === search.sort);
  return {
    ...(state && { state }),
    ...(sort && { sort }),
    ...text('q', search.q),
    ...text('owner', search.owner),
    ...text('stage', search.stage),
    ...text('deal', search.deal),
    ...day('closes_by', search.closes_by),
    ...day('closed_from', search.closed_from),
    ...day('closed_to', search.closed_to),
  };
}
