import type { Tx } from '../platform/database/transaction.ts';
import type { Cohort } from './report.ts';

/** Requests to create a lead, by day, dialect and outcome. */
export async function countRequests(
  tx: Tx,
  { start, end }: Cohort,
  timeZone: string,
): Promise<{ day: string; dialect: string; outcome: string; requests: number }[]> {
  return tx.query(
    `SELECT (received_at AT TIME ZONE $4)::date AS day, dialect, outcome, count(*) AS requests FROM submissions
     WHERE workspace_id = $1
       AND id >= uuid_from($2::timestamptz - interval '1 hour') AND id < uuid_from($3::timestamptz + interval '1 hour')
       AND received_at >= $2 AND received_at < $3 AND (command IS NULL OR command = 'createLead')
     GROUP BY 1, 2, 3 ORDER BY 1, 2`,
    [tx.workspaceId, start, end, timeZone],
  );
}
