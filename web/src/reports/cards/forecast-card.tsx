import { money } from '../../ui/money.tsx';
import type { Reports } from '../api/get-reports.ts';
import { Bars } from '../charts/bars.tsx';
import { Card } from '../charts/report-card.tsx';
import { count, month } from '../words.ts';
import { ViewDeals } from './revenue-card.tsx';

type Forecast = Reports['forecast'];

/** What open deals are expected to bring, by month. */
export function ForecastCard() {
  return (
    <Card
      name="forecast"
      headline={({ totals }) => (
        <>
          <b>{money(totals.weighted, totals.currency)}</b> weighted, of {money(totals.amount, totals.currency)} in{' '}
          {count(totals.deals)} open {totals.deals === 1 ? 'deal' : 'deals'}
        </>
      )}
      link={() => <ViewDeals list="state=open&sort=close_date">View deals</ViewDeals>}
      table={table}
    >
      {({ rows, totals }) => (
        <>
          {rows.length === 0 && <p className="note">No open deals</p>}
          <Bars
            bars={rows.map((row) => ({
              key: row.month ?? '',
              name: <span data-late={row.late || undefined}>{nameOf(row)}</span>,
              value: row.weighted,
              said: `${money(row.weighted, totals.currency)} of ${money(row.amount, totals.currency)}`,
            }))}
          />
          <p className="note">{explain(totals)}</p>
        </>
      )}
    </Card>
  );
}

function nameOf({ month: value, late }: Forecast['rows'][number]): string {
  if (value === null) return 'No date';
  return late ? `${month(value)}, late` : month(value);
}

/** How the amounts are weighted: `Open 20%, Offer 31.5% (win rate)`. */
function explain({ stages, win_rate }: Forecast['totals']): string {
  const bases = { probability: '', win_rate: ' (win rate)', even: ' (even odds)' } as const;
  const chances = stages.map(({ stage, chance, basis }) => `${stage} ${chance}%${bases[basis]}`).join(', ');
  const isRated = stages.some(({ basis }) => basis === 'win_rate');
  const rate = isRated ? ` The win rate is the share of all closed deals that were won: ${win_rate}%.` : '';
  return `Current open deals, weighted by stage: ${chances}.${rate}`;
}

function table({ rows, totals: { currency } }: Forecast) {
  return {
    head: ['Expected close', 'Open deals', 'Amount', 'Weighted'],
    lines: rows.map((row) => [
      nameOf(row),
      count(row.deals),
      money(row.amount, currency),
      money(row.weighted, currency),
    ]),
  };
}
