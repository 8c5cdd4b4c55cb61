import type { Tx } from '../platform/transaction.ts';
import { cohortParams, inCohort } from './cohort-store.ts';
import type { Cohort } from './report.ts';

/**
 * How many leads have come at least as far as each step, and after how many days they had (the median of those of which
 * the moment is known). Where a lead has been follows from where it is and from its timeline. Steps count from 0.
 */
export async function countReached(
  tx: Tx,
  cohort: Cohort,
  steps: readonly { status_id: string; step: number }[],
): Promise<{ step: number; leads: number; median_days: number | null }[]> {
  return tx.query(
    `WITH cohort AS MATERIALIZED (SELECT id, status_id, created_at FROM leads WHERE ${inCohort}),
     steps AS (SELECT * FROM unnest($8::uuid[], $9::int[]) AS s (status_id, step)),
     been AS (
       SELECT c.id, s.step, a.at FROM cohort c
       JOIN activities a ON a.workspace_id = $1 AND a.lead_id = c.id
         AND a.lead_id >= uuid_from($2::timestamptz - interval '1 hour')
         AND a.lead_id < uuid_from($3::timestamptz + interval '1 hour')
         AND a.kind IN ('status_changed', 'lead_merged')
       CROSS JOIN LATERAL json_array_elements(a.detail->'changes') AS change
       JOIN steps s ON s.status_id::text = change->>'to'
       WHERE change->>'field' = 'status_id'
       UNION ALL SELECT c.id, 0, c.created_at FROM cohort c
       UNION ALL SELECT c.id, s.step, NULL FROM cohort c JOIN steps s USING (status_id) WHERE s.step > 0
     ),
     reached AS (
       SELECT been.id, step.step, min(been.at) AS at FROM been
       JOIN (SELECT DISTINCT step FROM steps) AS step ON step.step <= been.step GROUP BY 1, 2
     )
     SELECT r.step, count(*) AS leads,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM r.at - c.created_at)::float8 / 86400) AS median_days
     FROM reached r JOIN cohort c USING (id) GROUP BY 1 ORDER BY 1`,
    [...cohortParams(tx.workspaceId, cohort), steps.map(({ status_id }) => status_id), steps.map(({ step }) => step)],
  );
}
