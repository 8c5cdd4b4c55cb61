import { useQuery } from '@tanstack/react-query';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { SkeletonRows } from '../../ui/feedback/skeleton-rows.tsx';
import { tasksOfLeadQuery } from '../api/get-tasks.ts';
import { useTaskWork } from '../edit/task-work.tsx';
import classes from '../tasks.module.css';
import { TaskRow } from './task-row.tsx';

/** A lead's tasks: what is open by when it is due, then what was done. */
export function TaskList({ leadId }: { leadId: string }) {
  const query = useQuery(tasksOfLeadQuery(leadId));
  const work = useTaskWork();
  return (
    <>
      <DataState
        query={query}
        what="Could not load the tasks."
        skeleton={<SkeletonRows rows={3} />}
        isEmpty={(tasks) => tasks.length === 0}
        empty={<p className="muted">No tasks yet.</p>}
      >
        {(tasks) => (
          <ul className={classes.list} aria-label="Tasks">
            {tasks.toSorted(byDue).map((task) => (
              <TaskRow key={task.id} task={task} work={work} withLead={false} />
            ))}
          </ul>
        )}
      </DataState>
      {work.dialogs}
    </>
  );
}

interface Dated {
  done_at: string | null;
  due_at: string | null;
}

function byDue(one: Dated, other: Dated): number {
  if (one.done_at || other.done_at) return (other.done_at ?? '~') > (one.done_at ?? '~') ? 1 : -1;
  return (one.due_at ?? '~') < (other.due_at ?? '~') ? -1 : 1;
}
