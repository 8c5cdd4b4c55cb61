import type { Reports } from '../api/get-reports.ts';
import { Bars } from '../charts/bars.tsx';
import { Card, ViewLeads } from '../charts/report-card.tsx';
import { count, share, shareChange, wasBefore } from '../words.ts';

/** The number of sources in the chart; the table has all of them. */
const SHOWN = 8;

/** Leads by source, with their conversion. */
export function SourceCard() {
  return (
    <Card
      name="sources"
      headline={({ totals, previous }) => (
        <>
          <b>{share(totals.conversion)}</b> won
          {previous && <span>{shareChange(totals.conversion, previous.totals.conversion)}</span>}
        </>
      )}
      table={table}
    >
      {({ rows, previous }) => {
        const before = wasBefore(previous, keyOf);
        return (
          <Bars
            bars={rows.slice(0, SHOWN).map((row) => ({
              key: row.source_id ?? '',
              name: name(row),
              value: row.leads,
              was: previous ? (before(row)?.leads ?? 0) : undefined,
              said: `${count(row.leads)} · ${share(row.conversion)}`,
            }))}
          />
        );
      }}
    </Card>
  );
}

type Row = Reports['sources']['rows'][number];
const keyOf = (row: Row) => row.source_id;

function table({ rows, previous }: Reports['sources']) {
  const before = wasBefore(previous, keyOf);
  return {
    head: ['Source', 'Leads', ...(previous ? ['Previous'] : []), 'Replied', 'Won', 'Lost', 'Conversion'],
    lines: rows.map((row) => [
      name(row),
      count(row.leads),
      ...(previous ? [count(before(row)?.leads ?? 0)] : []),
      count(row.replied),
      count(row.won),
      count(row.lost),
      share(row.conversion),
    ]),
  };
}

function name(row: Row) {
  if (row.list === null) return row.source;
  return <ViewLeads list={row.list}>{row.source}</ViewLeads>;
}
