import type { Tx } from '../../platform/database/transaction.ts';
import { Conditions } from '../../workspaces/access/conditions.ts';
import { type IndexedFilter, isUpToDate, narrowIndexed, withLive } from './indexed-deals-store.ts';
import type { TextMatch } from './search-deals-store.ts';

/** Describes the sums to calculate. */
interface SumQuestion {
  filter: IndexedFilter;
  kind: SumKind;
  /** SQL over `stage_id`, `deals`, `amount` and the columns that `kind` has; its parameters are added to `where`. */
  select(where: Conditions): string;
  by: string;
  text?: TextMatch | undefined;
}

/**
 * The kind of sums that answers a question, named after the columns it distinguishes; `deals`: no sums fit, so the
 * deals themselves are added up.
 */
export type SumKind = 'all' | 'owner' | 'sight' | 'source' | 'expected' | 'deals';

type Asked = keyof IndexedFilter | 'text';
const answers: Readonly<Record<Exclude<SumKind, 'deals'>, readonly Asked[]>> = {
  all: [],
  owner: ['owner_id', 'owner_ids'],
  sight: ['visibility', 'lead_owner_ids', 'department_ids'],
  source: ['source_ids'],
  expected: ['closes_by'],
};

/** Chooses the sums that cover everything a filter asks for and the columns that the answer is grouped by (`more`). */
export function kindFor(filter: IndexedFilter, ...more: readonly Asked[]): SumKind {
  // All kinds distinguish stages, and all except `expected` the day of closing.
  const { stage_ids: _, closed_from, closed_to, ...rest } = filter;
  const isByClosing = closed_from !== undefined || closed_to !== undefined;
  const asked = [
    ...more,
    ...(Object.keys(rest) as Asked[]).filter((name) => filter[name as keyof IndexedFilter] !== undefined),
  ];
  const kinds = Object.entries(answers) as [Exclude<SumKind, 'deals'>, readonly Asked[]][];
  const kind = kinds.find(([, known]) => asked.every((name) => known.includes(name)))?.[0] ?? 'deals';
  return kind === 'expected' && isByClosing ? 'deals' : kind;
}

/**
 * Exact sums over the matching deals: the stored sums, minus the deals of changed leads as they were counted, plus
 * those deals as they are now. One statement reads all three, so that they are of the same moment.
 */
export async function sumIndexed<Row extends object>(
  tx: Tx,
  { filter, kind, select, by, text }: SumQuestion,
): Promise<Row[]> {
  const where = narrowIndexed(new Conditions(tx.workspaceId, 'd'), filter);
  const like = text ? ` AND d.text LIKE ${where.param(text.pattern)}` : '';
  const columns = (sign: '' | '-') =>
    `d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, ${sign}1 AS deals, ${sign}coalesce(d.amount, 0) AS amount`;
  const conditions = where.sql();
  const rows =
    kind === 'deals'
      ? `SELECT ${columns('')} FROM ${text?.among(where) ?? 'deal_index'} AS d WHERE ${conditions}${like} AND ${isUpToDate}`
      : `SELECT d.stage_id, d.owner_id, d.source_id, d.closed_on, d.end_date, d.deals, d.amount FROM deal_sums d
           WHERE d.kind = '${kind}' AND ${unused(kind)} AND ${conditions}
         UNION ALL SELECT ${columns('-')} FROM stale d WHERE ${conditions}`;
  return tx.query<Row>(
    `${withLive} SELECT ${select(where)} FROM (
       ${rows} UNION ALL SELECT ${columns('')} FROM live d WHERE ${conditions}${like}
     ) AS d GROUP BY ${by}`,
    where.params,
  );
}

/** Conditions on leading key columns that are empty for this kind, so that PostgreSQL can use the index. */
function unused(kind: SumKind): string {
  const columns = [...(kind === 'sight' ? [] : ['lead_owner_id']), ...(kind === 'owner' ? [] : ['owner_id'])];
  return columns.map((column) => `d.${column} IS NULL`).join(' AND ');
}
