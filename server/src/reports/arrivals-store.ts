import type { Tx } from '../platform/database/transaction.ts';
import { ofCohort } from './cohort-store.ts';
import type { Cohort } from './report.ts';

/** Leads by hour of the week of arrival and of first reply; day 1 is Monday. */
export async function countByHour(
  tx: Tx,
  cohort: Cohort,
  timeZone: string,
): Promise<{ weekday: number; hour: number; arrivals: number; answers: number }[]> {
  const { where } = ofCohort(tx, cohort);
  const zone = where.param(timeZone);
  return tx.query(
    `WITH cohort AS MATERIALIZED (
       SELECT created_at AT TIME ZONE ${zone} AS arrived, first_reply_at AT TIME ZONE ${zone} AS answered FROM leads WHERE ${where.sql()}
     ), moments AS (
       SELECT extract(isodow FROM arrived)::int AS weekday, extract(hour FROM arrived)::int AS hour,
         count(*) AS arrivals, 0 AS answers FROM cohort GROUP BY 1, 2
       UNION ALL
       SELECT extract(isodow FROM answered)::int, extract(hour FROM answered)::int, 0, count(*) FROM cohort
         WHERE answered IS NOT NULL GROUP BY 1, 2
     )
     SELECT weekday, hour, sum(arrivals)::bigint AS arrivals, sum(answers)::bigint AS answers
     FROM moments GROUP BY 1, 2 ORDER BY 1, 2`,
    where.params,
  );
}
