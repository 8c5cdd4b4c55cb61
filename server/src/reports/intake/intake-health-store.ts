import type { Tx } from '../../platform/database/transaction.ts';
import type { Cohort } from '../report.ts';
import { isToCreate } from './intake-counts-store.ts';

/** Number of requests of a day, by API and outcome. */
interface RequestCount {
  day: string;
  dialect: string;
  outcome: string;
  requests: number;
}

const arrived = `workspace_id = $1
       AND id >= uuid_from($2::timestamptz - interval '1 hour') AND id < uuid_from($3::timestamptz + interval '1 hour')
       AND received_at >= $2 AND received_at < $3 AND ${isToCreate}`;

/** Requests to create a lead, by day, dialect and outcome, from the journal itself. */
export async function countRequests(tx: Tx, { start, end }: Cohort, timeZone: string): Promise<RequestCount[]> {
  return tx.query(
    `SELECT (received_at AT TIME ZONE $4)::date AS day, dialect, outcome, count(*) AS requests FROM submissions
     WHERE ${arrived} GROUP BY 1, 2, 3 ORDER BY 1, 2`,
    [tx.workspaceId, start, end, timeZone],
  );
}

/** The same from the counts, with what has changed since, and from the journal after the request `countedTo`. */
export async function readCounts(
  tx: Tx,
  { start, end, from, to }: Cohort,
  timeZone: string,
  countedTo: string,
): Promise<RequestCount[]> {
  return tx.query(
    `SELECT day, dialect, outcome, sum(requests)::bigint AS requests FROM (
       SELECT day, dialect, outcome, requests FROM intake_counts
         WHERE workspace_id = $1 AND day BETWEEN $5::date AND $6::date
       UNION ALL SELECT (received_at AT TIME ZONE $4)::date, dialect, outcome, requests FROM intake_count_changes
         WHERE workspace_id = $1 AND submission_id <= $7 AND received_at >= $2 AND received_at < $3
       UNION ALL SELECT (received_at AT TIME ZONE $4)::date, dialect, outcome, count(*) FROM submissions
         WHERE ${arrived} AND id > $7 GROUP BY 1, 2, 3
     ) AS counted GROUP BY 1, 2, 3 HAVING sum(requests) <> 0 ORDER BY 1, 2`,
    [tx.workspaceId, start, end, timeZone, from, to, countedTo],
  );
}
