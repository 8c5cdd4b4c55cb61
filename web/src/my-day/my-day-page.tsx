import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLive } from '../api/live.ts';
import { useMay } from '../app/session.ts';
import type { LeadFilters } from '../leads/public.ts';
import { QuickAdd, TaskRow, type TaskWork, useTaskWork } from '../tasks/public.ts';
import { DataState } from '../ui/feedback/data-state.tsx';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { Money } from '../ui/money.tsx';
import { Page } from '../ui/page.tsx';
import { type MyDay, myDayQuery } from './api/get-my-day.ts';
import { Card } from './day-card.tsx';
import { CallbackRow, ClosingRow, LeadRow } from './day-rows.tsx';
import classes from './my-day.module.css';

/** The start page of an agent: today's tasks, callbacks, leads and deals. */
export function MyDayPage(): ReactNode {
  const query = useQuery(myDayQuery);
  const may = useMay('work leads');
  const work = useTaskWork();
  useLive(['leads', 'deals', 'calls'], () => void query.refetch());
  return (
    <Page
      title="My day"
      beside={query.data && dayWords(query.data.date)}
      bars={
        <div className={classes.bars}>
          {query.data && <Achieved day={query.data} />}
          {may && <QuickAdd />}
        </div>
      }
    >
      <DataState query={query} what="Could not load your day." isEmpty={isFree} empty={<Free />}>
        {(day) => <Cards day={day} work={work} />}
      </DataState>
      {work.dialogs}
    </Page>
  );
}

function Cards({ day, work }: { day: MyDay; work: TaskWork }) {
  const { overdue, today, callbacks, waiting, unplanned, closing } = day;
  return (
    <div className={classes.cards}>
      <Card title="Overdue" list={overdue} alarm all={allTasks('overdue')}>
        {(task) => <TaskRow key={task.id} task={task} work={work} />}
      </Card>
      <Card title="Today" list={today} all={allTasks('today')}>
        {(task) => <TaskRow key={task.id} task={task} work={work} />}
      </Card>
      <Card title="Callbacks due" list={callbacks} all={allLeads('callbacks due', { owner: 'me', next: 'callback' })}>
        {(call) => <CallbackRow key={call.id} call={call} />}
      </Card>
      <Card
        title="Waiting for a first reply"
        list={waiting}
        all={allLeads('leads waiting for a first reply', { owner: 'me', waiting: 0 })}
      >
        {(lead) => <LeadRow key={lead.id} lead={lead} />}
      </Card>
      <Card
        title="No next step"
        list={unplanned}
        all={allLeads('leads without a next step', { owner: 'me', next: 'none', state: 'new,open' })}
      >
        {(lead) => <LeadRow key={lead.id} lead={lead} />}
      </Card>
      <Card
        title="Closing this week"
        list={closing}
        all={(className) => (
          <Link
            to="/deals"
            search={{ owner: 'me', sort: 'close_date', closes_by: day.week_ends }}
            className={className}
            aria-label="All deals closing this week"
          >
            All
          </Link>
        )}
      >
        {(deal) => <ClosingRow key={deal.id} deal={deal} currency={day.currency} today={day.date} />}
      </Card>
    </div>
  );
}

const allTasks = (due: 'overdue' | 'today') => (className: string | undefined) => (
  <Link to="/tasks" search={{ due }} className={className} aria-label={`All tasks: ${due}`}>
    All
  </Link>
);

const allLeads = (what: string, search: LeadFilters) => (className: string | undefined) => (
  <Link to="/leads" search={search} className={className} aria-label={`All ${what}`}>
    All
  </Link>
);

function isFree({ overdue, today, callbacks, waiting, unplanned, closing }: MyDay): boolean {
  return [overdue, today, callbacks, waiting, unplanned, closing].every(({ count }) => count === 0);
}

function Free() {
  return (
    <EmptyState title="Nothing is waiting for you" text="Your tasks, callbacks and waiting leads will appear here." />
  );
}

function dayWords(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  return new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' }).format(
    day,
  );
}

/** Today's figures so far. */
function Achieved({ day: { achieved, currency } }: { day: MyDay }) {
  const { calls, reached, talk_seconds, wins, won_sum } = achieved;
  const facts: [string, React.ReactNode][] = [
    ['Calls today', calls],
    ['Reached', reached],
    ['Talk time', `${Math.round(talk_seconds / 60)} min`],
    ['Won today', wins],
    ['Amount won', <Money key="won" amount={won_sum} currency={currency} />],
  ];
  return (
    <dl className="sums">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
