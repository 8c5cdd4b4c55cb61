import type { Reports } from '../api/get-reports.ts';
import { StackedBars } from '../charts/lazy-charts.tsx';
import { Card, ViewLeads } from '../charts/report-card.tsx';
import { change, count, day } from '../words.ts';

/** Leads by day, stacked by source. */
export function DayCard() {
  return (
    <Card
      name="leads-by-day"
      headline={({ totals, previous }) => (
        <>
          <b>{count(totals.leads)}</b> leads{previous && <span>{change(totals.leads, previous.totals.leads)}</span>}
        </>
      )}
      table={table}
    >
      {(report) => (
        <StackedBars label={`Leads by day: ${spoken(report)}`} days={chartDays(report)} series={seriesOf(report)} />
      )}
    </Card>
  );
}

/** The series of the chart; without leads, an empty one, so that the axes are still drawn. */
function seriesOf({ totals }: Reports['leads-by-day']) {
  if (totals.series.length === 0) return [{ key: 'none', label: 'Leads', colour: 'var(--chart-1)' }];
  return totals.series.map(({ source }, at) => ({ key: `s${at}`, label: source, colour: `var(--chart-${at + 1})` }));
}

function chartDays({ rows }: Reports['leads-by-day']) {
  return rows.map((row) => ({
    day: day(row.day),
    none: 0,
    ...Object.fromEntries(row.by_source.map((leads, at) => [`s${at}`, leads])),
  }));
}

function spoken({ rows, totals }: Reports['leads-by-day']): string {
  const best = rows.reduce((most, row) => (row.leads > most.leads ? row : most), rows[0] ?? { day: '', leads: 0 });
  if (totals.leads === 0) return 'none.';
  return `${count(totals.leads)} in total, most on ${day(best.day)} (${count(best.leads)}).`;
}

function table({ rows, totals, previous }: Reports['leads-by-day']) {
  return {
    head: ['Day', 'Leads', ...totals.series.map(({ source }) => source), ...(previous ? ['Previous'] : [])],
    lines: rows.map((row, at) => [
      <ViewLeads key="day" list={row.list}>
        {day(row.day)}
      </ViewLeads>,
      count(row.leads),
      ...row.by_source.map(count),
      ...(previous ? [count(previous.rows[at]?.leads ?? 0)] : []),
    ]),
  };
}
