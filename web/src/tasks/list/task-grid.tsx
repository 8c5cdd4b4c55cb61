import { VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useRef } from 'react';
import { useShortcuts } from '../../app/shortcuts.ts';
import { Person } from '../../ui/initials.tsx';
import { type Column, VirtualRows } from '../../ui/table/virtual-rows.tsx';
import type { Task } from '../api/get-tasks.ts';
import { Due } from '../cells/due.tsx';
import { Category, TaskActs, TaskCheck, TaskLead, TaskName } from '../cells/task-cells.tsx';
import type { TaskWork } from '../edit/task-work.tsx';
import classes from '../tasks.module.css';

interface Props {
  tasks: readonly Task[];
  work: TaskWork;
  more: boolean;
  onNearEnd: () => void;
}

/** Tasks as a table. J and K move, X completes, S postpones, E and Enter edit. */
export function TaskGrid({ tasks, work, more, onNearEnd }: Props) {
  const phone = useMediaQuery('(max-width: 767px)');
  const frame = useRef<HTMLDivElement>(null);
  const focused = () => document.activeElement?.closest<HTMLElement>('[role="row"][data-at]') ?? undefined;
  const withFocused = (run: (task: Task, row: HTMLElement) => void) => () => {
    const row = focused();
    const task = row && tasks[Number(row.dataset['at'])];
    if (row && task) run(task, row);
  };
  const enter = () => frame.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus();
  useShortcuts({ j: { label: 'Next task', run: enter }, k: { label: 'Previous task', run: enter } }, tasks.length > 0);
  useShortcuts(
    {
      x: { label: 'Complete', run: withFocused(work.toggle) },
      s: { label: 'Postpone', run: withFocused((task, row) => !task.done && work.askSnooze(task, row)) },
      e: { label: 'Edit', run: withFocused(work.edit) },
    },
    work.may && tasks.length > 0,
  );
  return (
    <div ref={frame} className="fill">
      <VirtualRows
        key={phone ? 'phone' : 'wide'}
        label="Tasks"
        columns={phone ? phoneColumns(work) : wideColumns(work)}
        rows={tasks}
        total={more ? -1 : tasks.length}
        rowHeight={phone ? 64 : 38}
        idOf={({ id }) => id}
        onNearEnd={onNearEnd}
        {...(work.may && { onOpen: work.edit })}
      />
    </div>
  );
}

const check = (work: TaskWork) => (task: Task) => <TaskCheck task={task} may={work.may} onToggle={work.toggle} />;
const acts = (work: TaskWork) => (task: Task) =>
  work.may && <TaskActs task={task} onSnooze={work.askSnooze} onEdit={work.edit} />;

function wideColumns(work: TaskWork): Column<Task>[] {
  return [
    { key: 'done', header: <VisuallyHidden>Done</VisuallyHidden>, width: '36px', cell: check(work) },
    { key: 'name', header: 'Task', width: 'minmax(160px, 1fr)', cell: (task) => <TaskName task={task} /> },
    { key: 'category', header: 'Kind', width: '92px', cell: ({ category }) => <Category of={category} /> },
    { key: 'lead', header: 'Lead', width: 'minmax(100px, 220px)', cell: (task) => <TaskLead task={task} /> },
    { key: 'due', header: 'Due', width: '132px', cell: ({ due_at }) => <Due at={due_at} /> },
    { key: 'assignee', header: 'Assigned to', width: '148px', cell: ({ assignee }) => <Person name={assignee} /> },
    { key: 'acts', header: <VisuallyHidden>Actions</VisuallyHidden>, width: '72px', cell: acts(work) },
  ];
}

function phoneColumns(work: TaskWork): Column<Task>[] {
  const card = (task: Task) => (
    <span className={classes.card}>
      {check(work)(task)}
      <span className={classes.words}>
        <TaskName task={task} />
        <span className={classes.under}>
          <Due at={task.due_at} />
          {task.lead_id && <TaskLead task={task} />}
        </span>
      </span>
      {acts(work)(task)}
    </span>
  );
  return [{ key: 'task', header: 'Task', width: 'minmax(0, 1fr)', cell: card }];
}
