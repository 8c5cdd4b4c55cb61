import type { Tx } from '../platform/database/transaction.ts';
import { ofCohort } from './cohort-store.ts';
import type { Cohort } from './report.ts';

/** How long leads waited for their first reply. */
export interface Waits {
  /** null for all days together. */
  day: string | null;
  leads: number;
  replied: number;
  median_minutes: number | null;
  p90_minutes: number | null;
  under_5: number;
  from_5_to_15: number;
  from_15_to_60: number;
  over_60: number;
}

/** Waiting times by day of arrival, and for all days together. */
export async function measureWaits(tx: Tx, cohort: Cohort, timeZone: string): Promise<Waits[]> {
  const { where } = ofCohort(tx, cohort);
  return tx.query(
    `WITH waits AS (
       SELECT (created_at AT TIME ZONE ${where.param(timeZone)})::date AS day, first_reply_at IS NOT NULL AS replied,
         greatest(0, extract(epoch FROM first_reply_at - created_at)::float8 / 60) AS minutes
       FROM leads WHERE ${where.sql()}
     )
     SELECT day, count(*) AS leads, count(*) FILTER (WHERE replied) AS replied,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY minutes) FILTER (WHERE replied) AS median_minutes,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY minutes) FILTER (WHERE replied) AS p90_minutes,
       count(*) FILTER (WHERE replied AND minutes < 5) AS under_5,
       count(*) FILTER (WHERE replied AND minutes >= 5 AND minutes < 15) AS from_5_to_15,
       count(*) FILTER (WHERE replied AND minutes >= 15 AND minutes <= 60) AS from_15_to_60,
       count(*) FILTER (WHERE replied AND minutes > 60) AS over_60
     FROM waits GROUP BY GROUPING SETS ((day), ()) ORDER BY day NULLS LAST`,
    where.params,
  );
}
