import { queryReader } from '../../http/read-query.ts';
import { closed } from '../../http/shapes.ts';
import { type FilterQuery, issuesOf, savedListQuery } from './lead-filters.ts';

/** The parsed query string of a list. */
export type ListQuery = FilterQuery & { sort?: string };

const read = queryReader<ListQuery & { group?: string }>(closed(savedListQuery), '/leads', issuesOf);

/** Parses the query string of a list as stored in saved views. Refuses what GET /v1/leads would refuse. */
export function readListQuery(query: string): ListQuery {
  const { group: _, ...list } = read(query);
  return list;
}
