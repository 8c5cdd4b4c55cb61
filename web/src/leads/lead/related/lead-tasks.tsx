import { Checkbox } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, type Shape } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { useMay, useMe } from '../../../app/session.ts';
import { DataState } from '../../../ui/feedback/data-state.tsx';
import { toast } from '../../../ui/feedback/toast.tsx';
import { absolute, useMinute } from '../../../ui/times.ts';
import { leadTasksQuery, refreshLead } from '../../api/get-lead.ts';
import { dueWords } from '../when.ts';
import classes from './related.module.css';

type Task = Shape<'TaskView'>;

/** The tasks of a lead: open ones by due date, then completed ones. */
export function LeadTasks({ leadId }: { leadId: string }) {
  const tasks = useQuery(leadTasksQuery(leadId));
  return (
    <DataState
      query={tasks}
      what="Could not load the tasks."
      empty={<p className={classes.nothing}>No tasks yet. Press T to add one.</p>}
    >
      {(list) => (
        <ul className={classes.list} aria-label="Tasks">
          {[...list].sort(inOrder).map((task) => (
            <TaskLine key={task.id} task={task} />
          ))}
        </ul>
      )}
    </DataState>
  );
}

function inOrder(one: Task, other: Task): number {
  if (one.done !== other.done) return one.done ? 1 : -1;
  const [first, second] = [one.due_at ?? '9', other.due_at ?? '9'];
  return first < second ? -1 : first > second ? 1 : 0;
}

function TaskLine({ task }: { task: Task }) {
  const client = useQueryClient();
  const now = new Date(useMinute());
  const mayWork = useMay('work leads');
  const change = useMutation({
    mutationFn: (done: boolean) => api.PATCH('/v1/tasks/{id}', { params: { path: { id: task.id } }, body: { done } }),
    onSuccess: (_data, done) => {
      refreshLead(client);
      if (done) toast.undo(`Done: ${task.name}`, () => change.mutate(false));
    },
    onError: (error) => toast.error(asProblem(error), 'Could not change the task.'),
  });
  const zone = useMe().workspace.time_zone;
  const isLate = !task.done && task.due_at !== null && new Date(task.due_at) < now;
  return (
    <li className={classes.item} data-done={task.done || undefined}>
      <Checkbox
        checked={change.isPending ? change.variables : task.done}
        onChange={(event) => change.mutate(event.currentTarget.checked)}
        disabled={!mayWork}
        aria-label={`Done: ${task.name}`}
      />
      <span className={classes.name}>{task.name}</span>
      {task.due_at && (
        <span className={classes.side} data-late={isLate || undefined} title={absolute(task.due_at)}>
          {isLate && 'Overdue '}
          {dueWords(task.due_at, zone, now)}
        </span>
      )}
      {task.assignee && <span className="small-print tabular">{task.assignee}</span>}
    </li>
  );
}
