import { NOBODY } from '../leads/figures/kinds-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { countedOf, isFigured } from './cohort-figures-store.ts';
import { ofCohort } from './cohort-store.ts';
import type { Cohort } from './report.ts';

/** Number of leads by day of arrival and source; combinations without leads are absent. */
export async function countByDayAndSource(
  tx: Tx,
  cohort: Cohort,
  timeZone: string,
): Promise<{ day: string; source_id: string | null; leads: number }[]> {
  if (isFigured(cohort)) {
    const { sql, where } = countedOf(tx, cohort, 'outcome');
    return tx.query(
      `${sql} SELECT day, nullif(source_id, '${NOBODY}') AS source_id, sum(leads)::bigint AS leads
       FROM counted GROUP BY 1, 2 HAVING sum(leads) > 0 ORDER BY 1, 2`,
      where.params,
    );
  }
  const { where } = ofCohort(tx, cohort);
  return tx.query(
    `SELECT (created_at AT TIME ZONE ${where.param(timeZone)})::date AS day, source_id, count(*) AS leads
     FROM leads WHERE ${where.sql()} GROUP BY 1, 2 ORDER BY 1, 2`,
    where.params,
  );
}
