import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLive } from '../api/live.ts';
import { useMay } from '../app/session.ts';
import { QuickAdd, TaskRow, type TaskWork, useTaskWork } from '../tasks/parts.ts';
import { DataState } from '../ui/data-state.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { Achieved } from './achieved.tsx';
import { Card } from './card.tsx';
import { CallbackRow, ClosingRow, LeadRow } from './day-rows.tsx';
import classes from './my-day.module.css';
import { type MyDay, myDayQuery } from './my-day-query.ts';

/** What is to be done today, and what was achieved. */
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
      <Card title="Overdue" list={overdue} alarm to="/tasks">
        {(task) => <TaskRow key={task.id} task={task} work={work} />}
      </Card>
      <Card title="Today" list={today} to="/tasks">
        {(task) => <TaskRow key={task.id} task={task} work={work} />}
      </Card>
      <Card title="Callbacks due" list={callbacks} to="/calls">
        {(call) => <CallbackRow key={call.id} call={call} />}
      </Card>
      <Card title="Waiting for a first reply" list={waiting} to="/leads">
        {(lead) => <LeadRow key={lead.id} lead={lead} />}
      </Card>
      <Card title="Nothing planned" list={unplanned} to="/leads">
        {(lead) => <LeadRow key={lead.id} lead={lead} />}
      </Card>
      <Card title="Closing this week" list={closing} to="/deals">
        {(deal) => <ClosingRow key={deal.id} deal={deal} currency={day.currency} today={day.date} />}
      </Card>
    </div>
  );
}

function isFree({ overdue, today, callbacks, waiting, unplanned, closing }: MyDay): boolean {
  return [overdue, today, callbacks, waiting, unplanned, closing].every(({ count }) => count === 0);
}

function Free() {
  return (
    <EmptyState
      title="Nothing is waiting for you"
      text="Your tasks, callbacks and leads that wait for you are listed here as they come."
    />
  );
}

function dayWords(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  return new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' }).format(
    day,
  );
}
