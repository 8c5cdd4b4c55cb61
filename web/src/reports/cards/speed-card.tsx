import type { Reports } from '../api/get-reports.ts';
import { Bars } from '../charts/bars.tsx';
import { Lines } from '../charts/lazy-charts.tsx';
import { Card, ViewLeads } from '../charts/report-card.tsx';
import { count, day, minutes } from '../words.ts';

const classesOfWait = [
  ['under_5', 'Under 5 min'],
  ['from_5_to_15', '5–15 min'],
  ['from_15_to_60', '15–60 min'],
  ['over_60', 'Over 60 min'],
  ['never', 'No reply'],
] as const;
const series = [
  { key: 'median', label: 'Median', colour: 'var(--chart-1)' },
  { key: 'p90', label: '9 of 10', colour: 'var(--chart-7)' },
];

/** Time to the first reply: by day, and by range of minutes. */
export function SpeedCard() {
  return (
    <Card
      name="speed-to-lead"
      headline={({ totals, previous }) => (
        <>
          <b>{minutes(totals.median_minutes)}</b> median
          {totals.replied > 0 && <span>9 of 10 within {minutes(totals.p90_minutes)}</span>}
          {previous && <span>{minutes(previous.totals.median_minutes)} previously</span>}
        </>
      )}
      table={table}
    >
      {({ rows, totals }) => (
        <>
          <Lines
            label={`Minutes to the first reply by day: median ${minutes(totals.median_minutes)}, nine of ten ${minutes(totals.p90_minutes)}.`}
            days={rows.map((row) => ({ day: day(row.day), median: row.median_minutes, p90: row.p90_minutes }))}
            series={series}
            said={minutes}
          />

          <Bars
            bars={classesOfWait.map(([key, name]) => ({
              key,
              name,
              value: totals.histogram[key],
              said: count(totals.histogram[key]),
              ...(key === 'never' && { colour: 'var(--chart-7)' }),
            }))}
          />
        </>
      )}
    </Card>
  );
}

function table({ rows, totals }: Reports['speed-to-lead']) {
  const days = rows.map((row) => [
    <ViewLeads key="day" list={row.list}>
      {day(row.day)}
    </ViewLeads>,
    count(row.leads),
    count(row.replied),
    minutes(row.median_minutes),
    minutes(row.p90_minutes),
  ]);
  const waits = classesOfWait.map(([key, name]) => [name, count(totals.histogram[key]), '', '', '']);
  return { head: ['Day or wait', 'Leads', 'Replied', 'Median', '9 of 10'], lines: [...days, ...waits] };
}
