import type { IndexedFilter } from '../deals/index/indexed-deals-store.ts';
import type { ListFilter } from '../leads/list/lead-list-conditions.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import type { CardSort } from './card-orders.ts';

/** A board of leads by status, or of deals by stage. */
export type BoardKind = 'status' | 'deal_stage';

/** Parameters of a board query. */
export interface BoardQuery {
  kind: BoardKind;
  filter: ListFilter;
  /** Limits which leads the caller sees; undefined for all. */
  visibility?: Visibility | undefined;
  columnId: string;
  sort: CardSort;
  /** YYYY-MM-DD: a column of closed deals shows only those closed on or after this day. */
  closedSince?: string | undefined;
  /** Whether the deals of the column are won or lost. */
  isOfClosedDeals: boolean;
}

const indexed = ['owner_ids', 'department_ids', 'source_ids'] as const;
const summed = [...indexed, 'type_ids'] as const;

/** Converts the filter for the index of deals; undefined if the index cannot answer it. */
export function indexedFilter({
  filter,
  visibility,
}: Pick<BoardQuery, 'filter' | 'visibility'>): IndexedFilter | undefined {
  if (!asksOnly(filter, indexed)) return undefined;
  const { owner_ids, department_ids, source_ids } = filter;
  return {
    visibility,
    ...(owner_ids && { lead_owner_ids: owner_ids }),
    ...(department_ids && { department_ids }),
    ...(source_ids && { source_ids }),
  };
}

/** Whether the sums of leads can answer the filter. */
export function isSummed(filter: ListFilter): boolean {
  return asksOnly(filter, summed);
}

function asksOnly(filter: ListFilter, known: readonly (keyof ListFilter)[]): boolean {
  return (Object.keys(filter) as (keyof ListFilter)[]).every(
    (name) => filter[name] === undefined || known.includes(name),
  );
}
