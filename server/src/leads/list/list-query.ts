import { queryReader } from '../../http/read-query.ts';
import { closed } from '../../http/shapes.ts';
import { type FilterQuery, issuesOf, savedListQuery } from './lead-filters.ts';

/** A list as a query string, read. */
export type ListQuery = FilterQuery & { sort?: string };

const read = queryReader<ListQuery & { group?: string }>(closed(savedListQuery), '/leads', issuesOf);

/** Reads the query string of a list, as saved views keep it. Refuses what GET /v1/leads would refuse. */
export function readListQuery(query: string): ListQuery {
  const { group: _, ...list } = read(query);
  return list;
}
