import { Bars } from './bars.tsx';
import { Card, ViewLeads } from './card.tsx';
import type { Reports } from './queries.ts';
import type { ReportSearch } from './search.ts';
import { count, share } from './words.ts';

/** So many stand in the chart; all of them in the table. */
const SHOWN = 8;

/** Leads by source, with how many became customers. */
export function SourceCard({ search }: { search: ReportSearch }) {
  return (
    <Card
      name="sources"
      title="Leads by source"
      search={search}
      span={4}
      isEmpty={({ totals }) => totals.leads === 0}
      headline={({ totals }) => (
        <>
          <b>{share(totals.conversion)}</b> won
        </>
      )}
      twin={({ rows }) => ({
        head: ['Source', 'Leads', 'Replied', 'Won', 'Lost', 'Conversion'],
        lines: rows.map((row) => [
          name(row),
          count(row.leads),
          count(row.replied),
          count(row.won),
          count(row.lost),
          share(row.conversion),
        ]),
      })}
    >
      {({ rows }) => (
        <Bars
          bars={rows.slice(0, SHOWN).map((row) => ({
            key: row.source_id ?? '',
            name: name(row),
            value: row.leads,
            said: `${count(row.leads)} · ${share(row.conversion)}`,
          }))}
        />
      )}
    </Card>
  );
}

function name(row: Reports['sources']['rows'][number]) {
  if (row.list === null) return row.source;
  return (
    <ViewLeads list={row.list} title={row.source}>
      {row.source}
    </ViewLeads>
  );
}
