import type { Tx } from '../platform/database/transaction.ts';
import { countedOf, type FiguredCohort, isFigured } from './cohort-figures-store.ts';
import { ofCohort } from './cohort-store.ts';
import { findPercentiles, type Histogram, type Percentile } from './percentiles.ts';
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
  if (isFigured(cohort)) return figuresOfWaits(tx, cohort);
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

async function figuresOfWaits(tx: Tx, cohort: FiguredCohort): Promise<Waits[]> {
  const outcomes = countedOf(tx, cohort, 'outcome');
  const days = await tx.query<{ day: string | null; leads: number }>(
    `${outcomes.sql} SELECT day, sum(leads)::bigint AS leads FROM counted GROUP BY GROUPING SETS ((day), ())
     HAVING sum(leads) > 0 ORDER BY day NULLS LAST`,
    outcomes.where.params,
  );
  const waits = countedOf(tx, cohort, 'wait');
  const classes = await tx.query<{ day: string | null; class: number; below: number; leads: number }>(
    `${waits.sql} SELECT day, value AS class, (wait_bounds())[value + 1] AS below, sum(leads)::bigint AS leads
     FROM counted WHERE value < 1000 GROUP BY GROUPING SETS ((day, value), (value)) HAVING sum(leads) > 0 ORDER BY day, value`,
    waits.where.params,
  );
  const byDay = new Map<string | null, typeof classes>();
  for (const one of classes) byDay.set(one.day, [...(byDay.get(one.day) ?? []), one]);
  const asked = days.flatMap(({ day }) =>
    [0.5, 0.9].map((part): Percentile => {
      const span = day === null ? cohort : { from: day, to: day };
      return { step: 0, from: span.from, to: span.to, histogram: byDay.get(day) ?? [], part };
    }),
  );
  const minutes = await findPercentiles(tx, cohort, asked, (wait) => wait / 1_000_000 / 60);
  return days.map(({ day, leads }, at) => ({
    day,
    leads,
    ...classesOf(byDay.get(day) ?? []),
    median_minutes: minutes[at * 2] ?? null,
    p90_minutes: minutes[at * 2 + 1] ?? null,
  }));
}

const MINUTE = 60_000_000;

/** The classes that the report shows. Their limits are also limits of the classes in the figures. */
function classesOf(histogram: readonly (Histogram[number] & { below: number | null })[]) {
  const upTo = (limit: number) =>
    histogram.reduce((sum, { below, leads }) => sum + (below !== null && below <= limit ? leads : 0), 0);
  const replied = histogram.reduce((sum, { leads }) => sum + leads, 0);
  const [five, fifteen, hour] = [upTo(5 * MINUTE), upTo(15 * MINUTE), upTo(60 * MINUTE + 1)];
  return {
    replied,
    under_5: five,
    from_5_to_15: fifteen - five,
    from_15_to_60: hour - fifteen,
    over_60: replied - hour,
  };
}
