import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { money } from '../../ui/money.tsx';
import type { Reports } from '../api/get-reports.ts';
import { Bars } from '../charts/bars.tsx';
import { Card } from '../charts/report-card.tsx';
import classes from '../reports.module.css';
import { change, count, month, wasBefore } from '../words.ts';

type Revenue = Reports['revenue'];
/** The number of members and sources in the chart; the table has all of them. */
const SHOWN = 6;

/** Amounts of won deals by month, owner and source. */
export function RevenueCard() {
  return (
    <Card
      name="revenue"
      headline={({ totals, previous }) => (
        <>
          <b>{money(totals.amount, totals.currency)}</b> from {deals(totals.deals)}
          {previous && <span>{change(totals.amount, previous.totals.amount)}</span>}
        </>
      )}
      link={({ totals }) => <ViewDeals list={totals.list}>View deals</ViewDeals>}
      table={table}
    >
      {(report) => <Chart report={report} />}
    </Card>
  );
}

function Chart({ report: { rows, totals, previous } }: { report: Revenue }) {
  const said = (one: { deals: number; amount: number }) =>
    `${money(one.amount, totals.currency)} · ${count(one.deals)}`;
  const before = wasBefore(
    previous && { rows: previous.totals.owners },
    (one: Revenue['totals']['owners'][number]) => one.owner_id,
  );
  return (
    <>
      <Bars
        bars={rows.map((row) => ({
          key: row.month,
          name: <ViewDeals list={row.list}>{month(row.month)}</ViewDeals>,
          value: row.amount,
          said: said(row),
        }))}
      />
      {totals.owners.length > 0 && <h3 className="part-title">By owner</h3>}
      <Bars
        bars={totals.owners.slice(0, SHOWN).map((one) => ({
          key: one.owner_id ?? '',
          name: <ViewDeals list={one.list}>{one.owner}</ViewDeals>,
          value: one.amount,
          was: previous ? (before(one)?.amount ?? 0) : undefined,
          said: said(one),
          colour: 'var(--chart-3)',
        }))}
      />
      {totals.sources.length > 0 && <h3 className="part-title">By source</h3>}
      <Bars
        bars={totals.sources.slice(0, SHOWN).map((one) => ({
          key: one.source_id ?? '',
          name: one.source,
          value: one.amount,
          said: said(one),
          colour: 'var(--chart-2)',
        }))}
      />
    </>
  );
}

function table({ rows, totals }: Revenue) {
  const line = (by: string, name: ReactNode, one: { deals: number; amount: number }) => [
    name,
    by,
    count(one.deals),
    money(one.amount, totals.currency),
  ];
  return {
    head: ['Name', 'By', 'Deals won', 'Amount'],
    lines: [
      ...rows.map((row) => line('Month', month(row.month), row)),
      ...totals.owners.map((one) => line('Owner', one.owner, one)),
      ...totals.sources.map((one) => line('Source', one.source, one)),
    ],
  };
}

function deals(number: number): string {
  return `${count(number)} ${number === 1 ? 'deal' : 'deals'}`;
}

/** A link to the deals that a figure counts, if a list can show them. */
export function ViewDeals({ list, children }: { list: string | null; children: ReactNode }) {
  if (list === null) return children;
  return (
    <Link to="/deals" search={Object.fromEntries(new URLSearchParams(list))} className={classes.way}>
      {children}
    </Link>
  );
}
