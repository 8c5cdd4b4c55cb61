import { anyLeadId } from '../../platform/ids.ts';
import type { FilterContext } from './filter-context.ts';
import type { FilterQuery } from './lead-filter-shapes.ts';
import { createdIn, nextIn } from './lead-filter-times.ts';
import { customOf, keysOf, mountedRoutesOf, ownersOf, referencesOf, statusesOf } from './lead-filter-values.ts';
import type { ListFilter } from './lead-list-store.ts';
import { readSearch } from './search-text.ts';

/** Reads the filters of a list of leads; undefined when one of them names what does not exist: no lead can match. */
export function listFilter(query: FilterQuery, filterContext: FilterContext): ListFilter | undefined {
  const parts = [
    statusesOf(query, filterContext),
    ownersOf(query, filterContext),
    referencesOf(query, filterContext),
    keysOf(query, filterContext),
    mountedRoutesOf(query),
    customOf(query, filterContext),
    createdIn(query, filterContext),
    nextIn(query, filterContext),
    textIn(query, filterContext),
  ];
  if (parts.includes(undefined)) return undefined;
  const filter: ListFilter = Object.assign({}, ...parts);
  if (query.amount_from !== undefined) filter.amount_from = query.amount_from;
  if (query.amount_to !== undefined) filter.amount_to = query.amount_to;
  return filter;
}

/** A lead may also be searched for by its id. */
function textIn({ q }: FilterQuery, { region }: FilterContext): Pick<ListFilter, 'text' | 'ids'> {
  const id = q === undefined ? undefined : anyLeadId(q.trim());
  if (id) return { ids: [id] };
  const text = q === undefined ? undefined : readSearch(q, region);
  return text ? { text } : {};
}
