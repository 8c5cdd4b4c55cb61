import { Link } from '@tanstack/react-router';
import { useDialectTitle } from '../../app/dialects.ts';
import type { Reports } from '../api/get-reports.ts';
import { StackedBars } from '../charts/lazy-charts.tsx';
import { Card, useReportSearch } from '../charts/report-card.tsx';
import classes from '../reports.module.css';
import type { ReportSearch } from '../search.ts';
import { change, count, day, share, shareChange } from '../words.ts';

const series = [
  { key: 'accepted', label: 'New lead', colour: 'var(--chart-1)' },
  { key: 'matched', label: 'Known lead', colour: 'var(--chart-7)' },
  { key: 'refused', label: 'Refused', colour: 'var(--chart-4)' },
] as const;
type Counts = Record<(typeof series)[number]['key'], number>;

/** Incoming requests by outcome. */
export function IntakeCard() {
  const search = useReportSearch();
  const dialectTitle = useDialectTitle();
  return (
    <Card
      name="intake"
      remark={
        isNarrowed(search)
          ? 'Shows all requests. The department, source and owner filters do not apply here.'
          : undefined
      }
      headline={({ totals, previous }) => (
        <>
          <b>{share(totals.refusal_rate)}</b> refused
          {previous && <span>{shareChange(totals.refusal_rate, previous.totals.refusal_rate)}</span>}
          <span>
            {count(all(totals))} requests{previous && ` ${change(all(totals), all(previous.totals))}`}
          </span>
        </>
      )}
      link={(report) => (
        <Link to="/intake" search={requestsOf(report)} className={classes.way}>
          View requests
        </Link>
      )}
      table={({ rows }) => ({
        head: ['Day and API', 'New leads', 'Known leads', 'Refused', 'Test'],
        lines: rows.map((row) => [
          `${day(row.day)} ${dialectTitle(row.dialect)}`,
          count(row.accepted),
          count(row.matched),
          count(row.refused),
          count(row.test),
        ]),
      })}
    >
      {(report) => (
        <>
          <StackedBars label={`Requests by day: ${spoken(report)}`} days={byDay(report)} series={series} />

          <ul className={classes.dialects}>
            {byDialect(report).map(([dialect, counts]) => (
              <li key={dialect}>
                {dialectTitle(dialect)}
                <span className="muted">
                  {count(counts.accepted + counts.matched)} accepted, {count(counts.refused)} refused
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

/** A link to the requests from the same days. */
function requestsOf({ from, to }: Reports['intake']) {
  const after = new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10);
  return { from: `${from}T00:00`, to: `${after}T00:00` };
}

function all({ accepted, matched, refused }: Counts): number {
  return accepted + matched + refused;
}

function isNarrowed({ department, source, owner }: ReportSearch): boolean {
  return [department, source, owner].some((value) => value !== undefined);
}

function spoken({ totals }: Reports['intake']): string {
  return `${count(totals.accepted)} new leads, ${count(totals.matched)} known leads, ${count(totals.refused)} refused.`;
}

/** Fills in the days without requests. */
function byDay({ rows, from, to }: Reports['intake']) {
  const days = new Map<string, Counts>();
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
    days.set(new Date(at).toISOString().slice(0, 10), { accepted: 0, matched: 0, refused: 0 });
  for (const row of rows) add(days, row.day, row);
  return [...days].map(([name, counts]) => ({ day: day(name), ...counts }));
}

function byDialect({ rows }: Reports['intake']): [string, Counts][] {
  const dialects = new Map<string, Counts>();
  for (const row of rows) add(dialects, row.dialect, row);
  return [...dialects].sort(([a], [b]) => a.localeCompare(b));
}

function add(sums: Map<string, Counts>, key: string, { accepted, matched, refused }: Counts): void {
  const sum = sums.get(key) ?? { accepted: 0, matched: 0, refused: 0 };
  sums.set(key, {
    accepted: sum.accepted + accepted,
    matched: sum.matched + matched,
    refused: sum.refused + refused,
  });
}
