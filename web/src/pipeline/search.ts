import type { paths } from '../api/schema.d.ts';

type Asked = NonNullable<paths['/v1/board']['get']['parameters']['query']>;
/** The filters of the board, which are those of the lead list. */
export type BoardFilters = Omit<Asked, 'by' | 'sort' | 'closed'>;

/** The ways to sort the cards in each column. */
export const orders = {
  next_step: 'Next step',
  close_date: 'Expected close',
  amount: 'Amount',
  newest: 'Newest',
  oldest: 'Oldest',
} as const satisfies Readonly<Record<NonNullable<Asked['sort']>, string>>;
export type CardOrder = keyof typeof orders;

/** Which won and lost deals are shown. */
export const closedWithin = {
  '7d': 'Closed in the last 7 days',
  '30d': 'Closed in the last 30 days',
  '90d': 'Closed in the last 90 days',
  '365d': 'Closed in the last 365 days',
  all: 'All closed deals',
} as const satisfies Readonly<Record<NonNullable<Asked['closed']>, string>>;
export type ClosedWithin = keyof typeof closedWithin;
export const USUAL_CLOSED: ClosedWithin = '30d';

/** The search parameters of the board. */
export interface BoardSearch extends BoardFilters {
  board?: 'deals';
  order?: CardOrder;
  closed?: ClosedWithin;
  view?: string;
  lead?: string;
  new?: number;
}
