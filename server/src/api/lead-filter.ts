import type { ListFilter } from '../leads/lead-list-store.ts';
import { readSearch } from '../leads/search-text.ts';
import { anyLeadId } from '../platform/ids.ts';
import type { Asker } from './asker.ts';
import type { FilterQuery } from './lead-filter-shapes.ts';
import { createdIn, nextIn } from './lead-filter-times.ts';
import { customOf, keysOf, ownersOf, referencesOf, statusesOf, waysOf } from './lead-filter-values.ts';

/** Reads the filters of a list of leads; undefined when one of them names what does not exist: no lead can match. */
export function listFilter(query: FilterQuery, asker: Asker): ListFilter | undefined {
  const parts = [
    statusesOf(query, asker),
    ownersOf(query, asker),
    referencesOf(query, asker),
    keysOf(query, asker),
    waysOf(query),
    customOf(query, asker),
    createdIn(query, asker),
    nextIn(query, asker),
    textIn(query, asker),
  ];
  if (parts.includes(undefined)) return undefined;
  const filter: ListFilter = Object.assign({}, ...parts);
  if (query.amount_from !== undefined) filter.amount_from = query.amount_from;
  if (query.amount_to !== undefined) filter.amount_to = query.amount_to;
  return filter;
}

/** A lead may also be searched for by its id. */
function textIn({ q }: FilterQuery, { region }: Asker): Pick<ListFilter, 'text' | 'ids'> {
  const id = q === undefined ? undefined : anyLeadId(q.trim());
  if (id) return { ids: [id] };
  const text = q === undefined ? undefined : readSearch(q, region);
  return text ? { text } : {};
}
