import { kindFor, type SumKind, sumIndexed } from '../deals/index/deal-sum-store.ts';
import type { IndexedFilter } from '../deals/index/indexed-deals-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { Cohort } from './report.ts';

/** Won deals of a month, a member or a source. */
interface Won {
  key: string | null;
  deals: number;
  amount: number;
}

const groups = {
  month: { column: "to_char(closed_on, 'YYYY-MM')", asked: [], order: '1' },
  owner: { column: 'owner_id', asked: ['owner_ids'], order: '3 DESC, 1' },
  source: { column: 'source_id', asked: ['source_ids'], order: '3 DESC, 1' },
} as const;

/** Number and amount of the deals won on the days of a cohort, by month, owner or source. */
export function sumWon(tx: Tx, cohort: Cohort, stageIds: readonly string[], by: keyof typeof groups): Promise<Won[]> {
  const filter = { ...filterOf(cohort), stage_ids: stageIds, closed_from: cohort.from, closed_to: cohort.to };
  const { column, asked, order } = groups[by];
  return sumIndexed<Won>(tx, {
    filter,
    kind: kindFor(filter, ...asked),
    select: () => `${column} AS key, sum(deals)::bigint AS deals, sum(amount) AS amount`,
    by: `1 HAVING sum(deals) <> 0 ORDER BY ${order}`,
  });
}

/** Open deals that are expected to close in a month, at one stage. */
interface Expected {
  /** `YYYY-MM`; null for deals without an expected closing date. */
  month: string | null;
  stage_id: string;
  deals: number;
  amount: number;
}

/** Number and amount of the deals at these stages, by the month in which they are expected to close. */
export function sumExpected(tx: Tx, cohort: Cohort, stageIds: readonly string[]): Promise<Expected[]> {
  const filter = { ...filterOf(cohort), stage_ids: stageIds };
  const kind: SumKind = kindFor(filter, 'closes_by');
  return sumIndexed<Expected>(tx, {
    filter,
    kind,
    select: () => `to_char(end_date, 'YYYY-MM') AS month, stage_id, sum(deals)::bigint AS deals, sum(amount) AS amount`,
    by: '1, 2 HAVING sum(deals) <> 0 ORDER BY 1, 2',
  });
}

/**
 * A cohort's filters as filters of deals: owners are those of the deals, departments and sources those of their leads.
 */
function filterOf({ owners, departments, sources, visibility }: Cohort): IndexedFilter {
  return {
    visibility,
    ...(owners && { owner_ids: owners }),
    ...(departments && { department_ids: departments }),
    ...(sources && { source_ids: sources }),
  };
}
