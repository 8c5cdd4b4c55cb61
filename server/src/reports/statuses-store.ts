import type { Tx } from '../platform/database/transaction.ts';
import { countedOf, isFigured } from './cohort-figures-store.ts';
import { ofCohort } from './cohort-store.ts';
import type { Cohort } from './report.ts';

/** Number of leads by current status. */
export async function countByStatus(tx: Tx, cohort: Cohort): Promise<{ status_id: string; leads: number }[]> {
  if (isFigured(cohort)) {
    const { sql, where } = countedOf(tx, cohort, 'outcome');
    return tx.query(
      `${sql} SELECT item_id AS status_id, sum(leads)::bigint AS leads FROM counted GROUP BY 1 HAVING sum(leads) > 0`,
      where.params,
    );
  }
  const { where } = ofCohort(tx, cohort);
  return tx.query(`SELECT status_id, count(*) AS leads FROM leads WHERE ${where.sql()} GROUP BY 1`, where.params);
}
