import Type from 'typebox';
import { numberOrNull } from '../http/shapes.ts';
import { type Report, tableOf } from './report.ts';
import { daysOf } from './report-query.ts';
import { measureWaits, type Waits } from './speed-store.ts';

const figures = {
  leads: Type.Integer(),
  replied: Type.Integer({ description: 'Leads that someone has replied to.' }),
  median_minutes: numberOrNull('Median of the minutes waited by leads with a reply; null if there are none.'),
  p90_minutes: numberOrNull('90th percentile of the minutes waited by leads with a reply; null if there are none.'),
};
const row = Type.Object({
  day: Type.String({ format: 'date' }),
  ...figures,
  list: Type.String({ description: 'Query string that lists these leads.' }),
});
const totals = Type.Object({
  ...figures,
  histogram: Type.Object(
    {
      under_5: Type.Integer(),
      from_5_to_15: Type.Integer(),
      from_15_to_60: Type.Integer(),
      over_60: Type.Integer(),
      never: Type.Integer({ description: 'Leads without a reply so far.' }),
    },
    { description: 'Leads by the minutes they waited.' },
  ),
});

/** Time from arrival to the first reply. */
export const speedToLead: Report<typeof row, typeof totals> = {
  name: 'speed-to-lead',
  shape: 'SpeedToLead',
  summary: 'Get speed to lead',
  definition:
    'Minutes from a lead’s arrival to the first call, email or change of status by a member, by day of arrival.',
  row,
  totals,
  async make({ tx, referenceData, cohort, list }) {
    const measured = await measureWaits(tx, cohort, referenceData.workspace.time_zone);
    const byDay = new Map(measured.map((waits) => [waits.day, waits]));
    const all = byDay.get(null);
    return {
      rows: daysOf(cohort).map((day) => ({
        day,
        ...figuresOf(byDay.get(day)),
        list: list({ created_from: day, created_to: day }),
      })),
      totals: {
        ...figuresOf(all),
        histogram: {
          under_5: all?.under_5 ?? 0,
          from_5_to_15: all?.from_5_to_15 ?? 0,
          from_15_to_60: all?.from_15_to_60 ?? 0,
          over_60: all?.over_60 ?? 0,
          never: (all?.leads ?? 0) - (all?.replied ?? 0),
        },
      },
    };
  },
  table: ({ rows }) =>
    tableOf(rows, {
      Day: 'day',
      Leads: 'leads',
      Replied: 'replied',
      'Median minutes': 'median_minutes',
      'p90 minutes': 'p90_minutes',
    }),
};

function figuresOf(waits: Waits | undefined) {
  return {
    leads: waits?.leads ?? 0,
    replied: waits?.replied ?? 0,
    median_minutes: rounded(waits?.median_minutes ?? null),
    p90_minutes: rounded(waits?.p90_minutes ?? null),
  };
}

function rounded(minutes: number | null): number | null {
  return minutes === null ? null : Math.round(minutes * 10) / 10;
}
