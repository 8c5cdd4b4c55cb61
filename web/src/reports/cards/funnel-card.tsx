import type { Reports } from '../api/get-reports.ts';
import { Bars } from '../charts/bars.tsx';
import { Card } from '../charts/report-card.tsx';
import { count, days, share, shareChange, wasBefore } from '../words.ts';

/** The funnel from new to won, with the conversion of each step. */
export function FunnelCard() {
  return (
    <Card
      name="funnel"
      headline={({ totals, previous }) => (
        <>
          <b>{share(wonOf(totals))}</b> won so far
          {previous && <span>{shareChange(wonOf(totals), wonOf(previous.totals))}</span>}
        </>
      )}
      table={table}
    >
      {({ rows, previous }) => {
        const before = wasBefore(previous, keyOf);
        return (
          <Bars
            bars={rows.map((row, at) => ({
              key: row.step,
              name: row.step,
              value: row.leads,
              was: before(row)?.leads,
              said: (
                <>
                  {count(row.leads)}
                  {at > 0 && (
                    <span className="muted">
                      {' '}
                      {share(row.of_step_before)} · {days(row.median_days)}
                    </span>
                  )}
                </>
              ),
            }))}
          />
        );
      }}
    </Card>
  );
}

type Row = Reports['funnel']['rows'][number];
const keyOf = (row: Row) => row.step;

function wonOf({ leads, won }: { leads: number; won: number }): number {
  return leads === 0 ? 0 : won / leads;
}

function table({ rows, previous }: Reports['funnel']) {
  const before = wasBefore(previous, keyOf);
  return {
    head: ['Step', 'Leads', ...(previous ? ['Previous'] : []), 'Share of all', 'Share of previous step', 'Median days'],
    lines: rows.map((row) => [
      row.step,
      count(row.leads),
      ...(previous ? [count(before(row)?.leads ?? 0)] : []),
      share(row.of_all),
      share(row.of_step_before),
      days(row.median_days),
    ]),
  };
}
