import type { Tx } from '../platform/database/transaction.ts';
import { ofCohort } from './cohort-store.ts';
import type { Cohort } from './report.ts';

/** Number of leads by source and outcome. */
export async function countBySource(
  tx: Tx,
  cohort: Cohort,
): Promise<{ source_id: string | null; leads: number; replied: number; won: number; lost: number }[]> {
  const { where } = ofCohort(tx, cohort);
  return tx.query(
    `SELECT source_id, count(*) AS leads, count(first_reply_at) AS replied,
       count(*) FILTER (WHERE s.state = 'won') AS won, count(*) FILTER (WHERE s.state = 'lost') AS lost
     FROM leads JOIN statuses s ON s.workspace_id = leads.workspace_id AND s.id = leads.status_id
     WHERE ${where.sql()} GROUP BY 1 ORDER BY 2 DESC, 1`,
    where.params,
  );
}
