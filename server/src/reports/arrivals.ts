import Type from 'typebox';
import { countByHour } from './arrivals-store.ts';
import type { Report } from './report.ts';

const row = Type.Object({
  weekday: Type.Integer({ minimum: 1, maximum: 7, description: '1 is Monday.' }),
  hour: Type.Integer({ minimum: 0, maximum: 23 }),
  arrivals: Type.Integer(),
  answers: Type.Integer({ description: 'First replies to those leads in this hour of the week.' }),
});
const totals = Type.Object({ arrivals: Type.Integer(), answers: Type.Integer() });

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** When leads arrive, and when they get their first reply. */
export const arrivals: Report<typeof row, typeof totals> = {
  name: 'arrivals',
  shape: 'Arrivals',
  summary: 'Get arrivals by hour and weekday',
  definition:
    'Leads that arrived in this period by weekday and hour of arrival, and by weekday and hour of their first reply.',
  row,
  totals,
  async make({ tx, referenceData, cohort }) {
    const counted = await countByHour(tx, cohort, referenceData.workspace.time_zone);
    const at = new Map(counted.map((one) => [one.weekday * 24 + one.hour, one]));
    const rows = weekdays.flatMap((_, day) =>
      Array.from({ length: 24 }, (_, hour) => {
        const { arrivals = 0, answers = 0 } = at.get((day + 1) * 24 + hour) ?? {};
        return { weekday: day + 1, hour, arrivals, answers };
      }),
    );
    const sum = (name: 'arrivals' | 'answers') => counted.reduce((all, one) => all + one[name], 0);
    return { rows, totals: { arrivals: sum('arrivals'), answers: sum('answers') } };
  },
  table: ({ rows }) => [
    ['Weekday', 'Hour', 'Arrivals', 'Answers'],
    ...rows.map(({ weekday, hour, arrivals, answers }) => [weekdays[weekday - 1] ?? '', hour, arrivals, answers]),
  ],
};
