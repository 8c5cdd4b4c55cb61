import type { Task } from '../api/get-tasks.ts';
import { Due } from '../cells/due.tsx';
import { TaskActs, TaskCheck, TaskLead, TaskName } from '../cells/task-cells.tsx';
import type { TaskWork } from '../edit/task-work.tsx';
import classes from '../tasks.module.css';

/** A task as an entry in a short list. */
export function TaskRow({ task, work, withLead = true }: { task: Task; work: TaskWork; withLead?: boolean }) {
  return (
    <li className={classes.row}>
      <TaskCheck task={task} may={work.may} onToggle={work.toggle} />
      <span className={classes.words}>
        <TaskName task={task} />
        <span className={classes.under}>
          {withLead && task.lead_id && <TaskLead task={task} />}
          {!withLead && <span>{task.assignee ?? 'Unassigned'}</span>}
        </span>
      </span>
      <Due at={task.due_at} />
      {work.may ? <TaskActs task={task} onSnooze={work.askSnooze} onEdit={work.edit} /> : <span />}
    </li>
  );
}
