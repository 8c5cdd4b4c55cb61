import type { Tx } from '../platform/database/transaction.ts';
import { countedOf, type FiguredCohort, isFigured } from './cohort-figures-store.ts';
import { ofCohort } from './cohort-store.ts';
import type { Cohort } from './report.ts';

interface HourFigures {
  weekday: number;
  hour: number;
  arrivals: number;
  answers: number;
}

/** Leads by hour of the week of arrival and of first reply; day 1 is Monday. */
export async function countByHour(tx: Tx, cohort: Cohort, timeZone: string): Promise<HourFigures[]> {
  if (isFigured(cohort)) return figuresByHour(tx, cohort);
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

async function figuresByHour(tx: Tx, cohort: FiguredCohort): Promise<HourFigures[]> {
  const count = (kind: 'arrival' | 'answer', hourOfWeek: string) => {
    const { sql, where } = countedOf(tx, cohort, kind);
    return tx.query<{ at: number; leads: number }>(
      `${sql} SELECT ${hourOfWeek} AS at, sum(leads)::bigint AS leads FROM counted GROUP BY 1 HAVING sum(leads) > 0 ORDER BY 1`,
      where.params,
    );
  };
  const arrivals = await count('arrival', 'extract(isodow FROM day)::int * 24 + value');
  const answers = await count('answer', 'value');
  const hours = new Map<number, HourFigures>();
  const hourOf = (at: number) => {
    const hour = hours.get(at) ?? { weekday: Math.floor(at / 24), hour: at % 24, arrivals: 0, answers: 0 };
    hours.set(at, hour);
    return hour;
  };
  for (const { at, leads } of arrivals) hourOf(at).arrivals = leads;
  for (const { at, leads } of answers) hourOf(at).answers = leads;
  return [...hours.values()].sort((a, b) => a.weekday - b.weekday || a.hour - b.hour);
}
