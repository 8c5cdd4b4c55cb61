import type { Visibility } from '../../workspaces/access/visibility.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import type { FilterContext } from './filter-context.ts';
import { type FilterQuery, listFilter } from './lead-filters.ts';
import type { ListFilter } from './lead-list-conditions.ts';
import type { LeadQuestion } from './lead-list-plan.ts';
import { readSort } from './lead-sorts.ts';

/** The leads that a list shows, in its order; undefined if a filter names something unknown, so that none can match. */
export function questionOf(
  { sort, ...query }: FilterQuery & { sort?: string | undefined },
  context: FilterContext,
  visibility: Visibility | undefined,
): LeadQuestion | undefined {
  const ordered = orderOf(query, sort, context.referenceData);
  const filter = listFilter(query, context);
  return filter && { filter, visibility, ...readable(ordered, filter) };
}

type Ordered = Pick<LeadQuestion, 'order' | 'sort'>;

const dated = new Set<FilterQuery['next']>(['overdue', 'today', 'callback']);

/** Filters on due dates sort by next step unless another order is requested. */
function orderOf({ next }: FilterQuery, wanted: string | undefined, referenceData: ReferenceData): Ordered {
  const sort = readSort(wanted ?? (dated.has(next) ? 'next_step' : 'newest'));
  if ('order' in sort) return { order: sort.order };
  return { order: dated.has(next) ? 'next_step' : 'newest', sort: sort.sort(referenceData) };
}

/** With an upper date limit, which may be long ago, the newest leads are found by date instead of by id. */
function readable({ order, sort }: Ordered, { created_to }: ListFilter): Ordered {
  return { order: order === 'newest' && created_to ? 'created' : order, sort };
}
