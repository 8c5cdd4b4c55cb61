import type { Tx } from '../platform/database/transaction.ts';
import { ofCohort } from './cohort-store.ts';
import type { Cohort } from './report.ts';

/** Number of leads by current status. */
export async function countByStatus(tx: Tx, cohort: Cohort): Promise<{ status_id: string; leads: number }[]> {
  const { where } = ofCohort(tx, cohort);
  return tx.query(`SELECT status_id, count(*) AS leads FROM leads WHERE ${where.sql()} GROUP BY 1`, where.params);
}
