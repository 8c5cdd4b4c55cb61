import type { Reports } from '../api/get-reports.ts';
import { ChartTable } from '../charts/chart-table.tsx';
import { Card, ViewLeads } from '../charts/report-card.tsx';
import classes from '../reports.module.css';
import { change, count, share, talk, wasBefore } from '../words.ts';

/** The activity of each member as a table with small bars. */
export function AgentCard() {
  return (
    <Card
      name="agents"
      headline={({ totals, previous }) => (
        <>
          <b>{count(totals.calls)}</b> calls{previous && <span>{change(totals.calls, previous.totals.calls)}</span>}
          <span>
            {count(totals.contacts)} contacts{previous && `, ${count(previous.totals.contacts)} previously`}
          </span>
        </>
      )}
      table={(report) => table(report, false)}
    >
      {(report) => <ChartTable caption={report.definition} table={table(report, true)} />}
    </Card>
  );
}

type Row = Reports['agents']['rows'][number];

function table({ rows, previous }: Reports['agents'], bars: boolean) {
  const before = wasBefore(previous, (row: Row) => row.member_id);
  const most = Math.max(1, ...rows.map(({ calls }) => calls));
  return {
    head: [
      'Member',
      'Calls',
      ...(previous ? ['Previous'] : []),
      'Contacts',
      'Rate',
      'Talk time',
      'Callbacks on time',
      'Leads',
      'Won',
    ],
    lines: rows.map((row) => [
      <ViewLeads key="member" list={row.list}>
        {row.member}
      </ViewLeads>,
      bars ? <Small key="calls" value={row.calls} part={row.calls / most} /> : count(row.calls),
      ...(previous ? [count(before(row)?.calls ?? 0)] : []),
      count(row.contacts),
      share(row.contact_rate),
      talk(row.talk_seconds),
      row.callbacks === 0 ? '–' : `${count(row.callbacks_on_time)} of ${count(row.callbacks)}`,
      count(row.leads),
      count(row.won),
    ]),
  };
}

function Small({ value, part }: { value: number; part: number }) {
  return (
    <span className={classes.small}>
      <span className={classes.smallFill} style={{ inlineSize: `${part * 48}px` }} aria-hidden />
      {count(value)}
    </span>
  );
}
