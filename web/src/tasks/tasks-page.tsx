import { Button, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { useMembers } from '../app/members.ts';
import { useMay } from '../app/session.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { DataState } from '../ui/feedback/data-state.tsx';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { Segments } from '../ui/segments.tsx';
import { QuickAdd } from './add/quick-add.tsx';
import { type TaskFilter, taskCountsQuery, tasksQuery } from './api/get-tasks.ts';
import { useTaskWork } from './edit/task-work.tsx';
import { TaskGrid } from './list/task-grid.tsx';
import type { Tab } from './search.ts';
import classes from './tasks.module.css';

/** The server stops counting at this number. */
const MOST_COUNTED = 100;

const route = getRouteApi('/shell/tasks');

const empty: Record<Tab, { title: string; text: string }> = {
  today: { title: 'Nothing left for today', text: 'Tasks that are overdue or due today are listed here.' },
  upcoming: { title: 'Nothing coming up', text: 'Tasks due later, or without a date, are listed here.' },
  done: { title: 'No completed tasks yet', text: 'Completed tasks are listed here.' },
  team: { title: 'No open tasks', text: 'The open tasks of all members are listed here.' },
};

const filters: Record<Tab, TaskFilter> = {
  today: { when: 'due', assignee: 'me' },
  upcoming: { when: 'upcoming', assignee: 'me' },
  done: { when: 'done', assignee: 'me' },
  team: { when: 'open' },
};

/** The tasks of the signed-in person and the team, by due date. */
export function TasksPage(): ReactNode {
  const { tab = 'today', who, due } = route.useSearch();
  const query = useInfiniteQuery(
    tasksQuery({
      ...filters[tab],
      ...(tab === 'team' && { assignee: who }),
      ...(tab === 'today' && due && { when: due }),
    }),
  );
  const may = useMay('work leads');
  const work = useTaskWork();
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({ t: { label: 'New task', run: () => input.current?.focus() } }, may);
  return (
    <Page title="Tasks" padded={false} bars={<Bars tab={tab} who={who} add={may && <QuickAdd inputRef={input} />} />}>
      <DataState query={query} what="Could not load the tasks." empty={<EmptyState {...empty[tab]} />}>
        {(tasks) => (
          <TaskGrid
            tasks={tasks}
            work={work}
            more={query.hasNextPage}
            onNearEnd={() => query.hasNextPage && !query.isFetchingNextPage && void query.fetchNextPage()}
          />
        )}
      </DataState>
      {work.dialogs}
    </Page>
  );
}

function Bars({ tab, who, add }: { tab: Tab; who: string | undefined; add: React.ReactNode }) {
  const navigate = route.useNavigate();
  const counts = useQuery(taskCountsQuery('me')).data;
  const many = counts !== undefined && Math.max(counts.overdue, counts.today) >= MOST_COUNTED;
  const today = many
    ? { label: `Today ${MOST_COUNTED}+` }
    : { label: 'Today', count: counts && counts.overdue + counts.today };
  return (
    <div className={classes.bars}>
      {add}
      <div className="flow">
        <Segments
          label="Show"
          value={tab}
          onChange={(chosen) => void navigate({ search: chosen === 'today' ? {} : { tab: chosen } })}
          segments={[
            { value: 'today', ...today, alarm: Boolean(counts?.overdue) },
            { value: 'upcoming', label: 'Upcoming' },
            { value: 'done', label: 'Done' },
            { value: 'team', label: 'Team' },
          ]}
        />
        {tab === 'team' && <WhoFilter who={who} />}
        {tab === 'today' && <DueFilter />}
      </div>
    </div>
  );
}

/** Shows the due filter from the URL, with a button to return to all of today. */
function DueFilter() {
  const { due } = route.useSearch();
  const navigate = route.useNavigate();
  if (!due) return null;
  const words = due === 'overdue' ? 'Only overdue' : 'Only later today';
  return (
    <Button
      onClick={() => void navigate({ search: {} })}
      rightSection={<IconX size={14} aria-hidden />}
      aria-label={`Clear ${words}`}
    >
      {words}
    </Button>
  );
}

function WhoFilter({ who }: { who: string | undefined }) {
  const navigate = route.useNavigate();
  const members = useMembers();
  return (
    <Select
      aria-label="Assigned to"
      placeholder="Everyone"
      data={[
        { value: 'none', label: 'Unassigned' },
        ...members.filter(({ active }) => active).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={who ?? null}
      onChange={(chosen) => void navigate({ search: { tab: 'team', ...(chosen && { who: chosen }) } })}
      clearable
      clearButtonProps={{ 'aria-label': 'Everyone' }}
      searchable
    />
  );
}
