import type { Tx } from '../../platform/database/transaction.ts';
import { Conditions } from '../../workspaces/access/conditions.ts';
import { planList } from './lead-list-plan.ts';
import { conditionsOf, type PageQuestion, streamsOf, withUnseen } from './lead-list-store.ts';
import { searched } from './lead-search-store.ts';
import { SORTED_WITHIN } from './lead-sorts.ts';

/** Filters whose values are counted, with the column that holds them. */
const facetColumns = {
  status: 'status_id',
  owner: 'owner_id',
  source: 'source_id',
  type: 'type_id',
  department: 'department_id',
  tag: 'tag_ids',
} as const;
export type FacetName = keyof typeof facetColumns;
export const facetNames = Object.keys(facetColumns) as FacetName[];

/** Number of leads with a value, or without any if `id` is null. A lower bound if it is not exact. */
export interface FacetCount {
  id: string | null;
  count: number;
  exact: boolean;
}

type Question = Omit<PageQuestion, 'limit' | 'after'>;

/** Counting one value by its index stops at this many leads. */
const MOST_OF_VALUE = 1_000;
/** If there are more values than this, only the newest leads are counted, each of which is read once. */
const MOST_VALUES = 50;

/**
 * Counts leads by the values of a filter. Without other filters, each of the `values` is counted by its
 * index. With other filters, only the newest SORTED_WITHIN leads that may match are counted. Values for which
 * no lead was found are left out.
 */
export async function countFacet(
  tx: Tx,
  facet: FacetName,
  question: Question,
  values: readonly string[],
): Promise<FacetCount[]> {
  const isWhole = !question.visibility && Object.keys(question.filter).length === 0;
  const newest = await countAmongNewest(tx, facet, question);
  if (newest.every(({ exact }) => exact) || !isWhole || values.length > MOST_VALUES) return newest;
  const without = newest.filter(({ id }) => id === null);
  return [...(await countByIndex(tx, facet, values)), ...without];
}

async function countAmongNewest(tx: Tx, facet: FacetName, wanted: Question): Promise<FacetCount[]> {
  const { text, ...filter } = wanted.filter;
  const question = text ? await searched(tx, { ...wanted, filter }, text) : wanted;
  const most = question.most ?? SORTED_WITHIN;
  const where = new Conditions(tx.workspaceId);
  const plan = planList(where, question);
  const leads = streamsOf(where, plan, question, '*', most);
  const column = facetColumns[facet];
  const [value, place, values] =
    facet === 'tag'
      ? [
          'value',
          'coalesce(place, 1)',
          `LEFT JOIN LATERAL unnest(${column}) WITH ORDINALITY AS v (value, place) ON true`,
        ]
      : [column, '1', ''];
  const rows = await tx.query<{ id: string | null; count: number; looked: number }>(
    `${withUnseen(question)} SELECT ${value} AS id, count(*) FILTER (WHERE ${conditionsOf(where, plan, question)}) AS count,
       count(*) FILTER (WHERE ${place} = 1) AS looked
     FROM ${leads} AS leads ${values} GROUP BY 1`,
    where.params,
    { prepared: true },
  );
  const exact = rows.reduce((sum, { looked }) => sum + looked, 0) < most;
  return rows.flatMap(({ id, count }) => (count > 0 ? { id, count, exact } : []));
}

/**
 * Reads the index onwards from each value. The order leaves the planner no other index; with an equality condition
 * alone, it may search all leads for those with a rare value.
 */
export async function countByIndex(tx: Tx, facet: FacetName, values: readonly string[]): Promise<FacetCount[]> {
  const [table, column, id] =
    facet === 'tag' ? ['lead_tags', 'tag_id', 'lead_id'] : ['leads', facetColumns[facet], 'id'];
  const rows = await tx.query<{ id: string; count: number }>(
    `SELECT v.id, few.count FROM unnest($2::uuid[]) AS v (id), LATERAL (
       SELECT count(*) FILTER (WHERE value = v.id) AS count FROM (
         SELECT ${column} AS value FROM ${table}
         WHERE workspace_id = $1 AND ${column} >= v.id AND ${column} IS NOT NULL ORDER BY ${column}, ${id} LIMIT $3
       ) AS found
     ) AS few WHERE few.count > 0`,
    [tx.workspaceId, values, MOST_OF_VALUE],
    { prepared: true },
  );
  return rows.map(({ id: value, count }) => ({ id: value, count, exact: count < MOST_OF_VALUE }));
}
