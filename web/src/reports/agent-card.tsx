import { Card, ViewLeads } from './card.tsx';
import type { Reports } from './queries.ts';
import classes from './reports.module.css';
import type { ReportSearch } from './search.ts';
import { TableTwin } from './table-twin.tsx';
import { count, share, talk } from './words.ts';

/** What each member did: a table already, with small bars. */
export function AgentCard({ search }: { search: ReportSearch }) {
  return (
    <Card
      name="agents"
      title="Agents"
      search={search}
      span={7}
      isEmpty={({ rows }) => rows.length === 0}
      twin={(report) => twin(report, false)}
    >
      {(report) => <TableTwin caption={report.definition} twin={twin(report, true)} />}
    </Card>
  );
}

function twin({ rows }: Reports['agents'], bars: boolean) {
  const most = Math.max(1, ...rows.map(({ calls }) => calls));
  return {
    head: ['Member', 'Calls', 'Contacts', 'Rate', 'Talk', 'Callbacks kept', 'Leads', 'Won'],
    lines: rows.map((row) => [
      <ViewLeads key="member" list={row.list} title={row.member}>
        {row.member}
      </ViewLeads>,
      bars ? <Small key="calls" value={row.calls} part={row.calls / most} /> : count(row.calls),
      count(row.contacts),
      share(row.contact_rate),
      talk(row.talk_seconds),
      row.callbacks === 0 ? '–' : `${count(row.callbacks_kept)} of ${count(row.callbacks)}`,
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
