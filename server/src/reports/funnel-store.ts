import type { Tx } from '../platform/database/transaction.ts';
import { countedOf, type FiguredCohort, isFigured } from './cohort-figures-store.ts';
import { idsWithin, ofCohort } from './cohort-store.ts';
import { findPercentiles } from './percentiles.ts';
import type { Cohort } from './report.ts';

/** Number of leads that reached a step, and the median number of days they took. */
export interface Reached {
  leads: number;
  /** Counts only leads for which the time is known. */
  median_days: number | null;
}

/**
 * Counts how many leads reached each step, starting at 0. The furthest step follows from the lead's current status and
 * its status changes. `steps` maps statuses to steps, of which there are `count`.
 */
export async function countReached(
  tx: Tx,
  cohort: Cohort,
  steps: readonly { status_id: string; step: number }[],
  count: number,
): Promise<Reached[]> {
  if (isFigured(cohort)) return figuresOfSteps(tx, cohort, count);
  const each = (column: (step: number) => string) =>
    Array.from({ length: count }, (_, step) => column(step)).join(', ');
  const { where, start, end } = ofCohort(tx, cohort);
  const [statuses, places] = [steps.map(({ status_id }) => status_id), steps.map(({ step }) => step)];
  const [row = {}] = await tx.query<Record<string, number | null>>(
    `WITH steps AS MATERIALIZED (SELECT * FROM unnest(${where.param(statuses)}::uuid[], ${where.param(places)}::int[]) AS s (status_id, step)),
     cohort AS (SELECT id, status_id, created_at FROM leads WHERE ${where.sql()}),
     been AS (
       SELECT c.id, c.created_at, greatest(s.step, 0) AS step, CASE WHEN coalesce(s.step, 0) = 0 THEN c.created_at END AS at
       FROM cohort c LEFT JOIN steps s USING (status_id)
       UNION ALL
       SELECT c.id, c.created_at, s.step, m.at FROM cohort c
       JOIN lead_moves m ON m.workspace_id = $1 AND m.lead_id = c.id
         AND ${idsWithin('m.lead_id', start, end)}
       JOIN steps s ON s.status_id = m.status_id
     ),
     leads_so_far AS (
       SELECT max(step) AS furthest, ${each((step) =>
         step === 0
           ? '0::float8 AS days_0'
           : `extract(epoch FROM min(at) FILTER (WHERE step >= ${step}) - min(created_at))::float8 / 86400 AS days_${step}`,
       )}
       FROM been GROUP BY id
     )
     SELECT ${each(
       (step) => `count(*) FILTER (WHERE furthest >= ${step}) AS leads_${step},
       percentile_cont(0.5) WITHIN GROUP (ORDER BY days_${step}) AS median_${step}`,
     )} FROM leads_so_far`,
    where.params,
  );
  return Array.from({ length: count }, (_, step) => ({
    leads: row[`leads_${step}`] ?? 0,
    median_days: row[`median_${step}`] ?? null,
  }));
}

async function figuresOfSteps(tx: Tx, cohort: FiguredCohort, count: number): Promise<Reached[]> {
  const outcomes = countedOf(tx, cohort, 'outcome');
  const furthest = await tx.query<{ step: number; leads: number }>(
    `${outcomes.sql} SELECT value / 2 AS step, sum(leads)::bigint AS leads FROM counted GROUP BY 1`,
    outcomes.where.params,
  );
  const waits = countedOf(tx, cohort, 'wait');
  const classes = await tx.query<{ step: number; class: number; leads: number }>(
    `${waits.sql} SELECT value / 1000 AS step, value % 1000 AS class, sum(leads)::bigint AS leads
     FROM counted WHERE value >= 1000 GROUP BY 1, 2 HAVING sum(leads) > 0 ORDER BY 1, 2`,
    waits.where.params,
  );
  const steps = Array.from({ length: count }, (_, step) => ({
    ...cohort,
    step,
    part: 0.5,
    histogram: classes.filter((one) => one.step === step),
  }));
  const medians = await findPercentiles(tx, cohort, steps, (wait) => wait / 1_000_000 / 86_400);
  return steps.map(({ step }) => {
    const leads = furthest.reduce((sum, one) => sum + (one.step >= step ? one.leads : 0), 0);
    const atOnce = leads > 0 ? 0 : null;
    return { leads, median_days: step === 0 ? atOnce : (medians[step] ?? null) };
  });
}
