import { Pill, toneOf } from '../../ui/pill.tsx';
import type { Reports } from '../api/get-reports.ts';
import { Card, ViewLeads } from '../charts/report-card.tsx';
import classes from '../reports.module.css';
import { count, share, wasBefore } from '../words.ts';

/** Leads by current status, as one bar and as a list. */
export function StatusCard() {
  return (
    <Card name="statuses" table={table}>
      {({ rows, previous }) => (
        <>
          <div className={classes.stack} aria-hidden>
            {rows.map((row) => (
              <span
                key={row.status_id}
                style={{ flexGrow: row.leads, background: `var(--pill-${toneOf(row.colour)})` }}
                data-none={row.leads === 0 || undefined}
              />
            ))}
          </div>
          <ul className={classes.legend}>
            {rows.map((row) => (
              <li key={row.status_id}>
                <ViewLeads list={row.list}>
                  <Pill tone={toneOf(row.colour)}>{row.status}</Pill>
                </ViewLeads>
                <span>
                  {count(row.leads)}{' '}
                  <span className="muted">
                    {share(row.share)}
                    {previous && `, ${count(wasBefore(previous, keyOf)(row)?.leads ?? 0)} previously`}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

type Row = Reports['statuses']['rows'][number];
const keyOf = (row: Row) => row.status_id;

function table({ rows, previous }: Reports['statuses']) {
  const before = wasBefore(previous, keyOf);
  return {
    head: ['Status', 'Leads', ...(previous ? ['Previous'] : []), 'Share'],
    lines: rows.map((row) => [
      <ViewLeads key="status" list={row.list}>
        {row.status}
      </ViewLeads>,
      count(row.leads),
      ...(previous ? [count(before(row)?.leads ?? 0)] : []),
      share(row.share),
    ]),
  };
}
