/** Which deals, by what their stage means. */
const states = ['open', 'won', 'lost', 'all'] as const;
/** How the list is sorted. */
const sorts = ['newest', 'close_date', 'amount'] as const;

/** What the address of the list says. */
export interface DealsSearch {
  state?: (typeof states)[number];
  sort?: (typeof sorts)[number];
  q?: string;
  owner?: string;
  stage?: string;
  /** Expected to close on this day or before. */
  closes_by?: string;
  /** The deal whose drawer is open. */
  deal?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const text = (name: 'q' | 'owner' | 'stage' | 'deal' | 'closes_by', value: unknown) =>
  typeof value === 'string' && value !== '' ? { [name]: value } : {};

/** Reads the address; what cannot be one of its parts is left out. */
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
    ...(DAY.test(String(search.closes_by)) && text('closes_by', search.closes_by)),
  };
}
