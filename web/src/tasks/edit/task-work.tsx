import { type ReactNode, useState } from 'react';
import { useMay } from '../../app/session.ts';
import { ConfirmDanger } from '../../ui/feedback/confirm-danger.tsx';
import type { Task } from '../api/get-tasks.ts';
import { useTaskChanges } from '../api/use-task-changes.ts';
import { EditTask } from './edit-task.tsx';
import { NextTask } from './next-task.tsx';
import { SnoozeMenu, type Snoozing } from './snooze-menu.tsx';

/** The actions that a list of tasks needs. */
export interface TaskWork {
  may: boolean;
  toggle: (task: Task) => void;
  askSnooze: (task: Task, anchor: HTMLElement) => void;
  edit: (task: Task) => void;
  /** Menus and dialogs; the list renders them beside itself. */
  dialogs: ReactNode;
}

/** Completing, postponing and editing tasks, and asking for the next step; shared by every list of tasks. */
export function useTaskWork(): TaskWork {
  const changes = useTaskChanges();
  const may = useMay('work leads');
  const [snoozing, setSnoozing] = useState<Snoozing>();
  const [editing, setEditing] = useState<Task>();
  const [deleting, setDeleting] = useState<Task>();
  return {
    may,
    toggle: changes.toggle,
    askSnooze: (task, anchor) => setSnoozing({ task, anchor }),
    edit: setEditing,
    dialogs: (
      <>
        {snoozing && (
          <SnoozeMenu snoozing={snoozing} onSnooze={changes.snooze} onClose={() => setSnoozing(undefined)} />
        )}
        {editing && <EditTask task={editing} onClose={() => setEditing(undefined)} onDelete={setDeleting} />}
        {deleting && <ConfirmDelete task={deleting} onDelete={changes.remove} onClose={() => setDeleting(undefined)} />}
        {changes.nextFor && <NextTask after={changes.nextFor} onClose={changes.closeNext} />}
      </>
    ),
  };
}

interface Props {
  task: Task;
  onDelete: (task: Task) => void;
  onClose: () => void;
}

/** Asks before a task is deleted, which cannot be undone. */
function ConfirmDelete({ task, onDelete, onClose }: Props) {
  const confirm = () => {
    onClose();
    onDelete(task);
  };
  return (
    <ConfirmDanger opened title="Delete this task?" action="Delete task" onConfirm={confirm} onClose={onClose}>
      {task.name} will be deleted. To keep a record of it, complete it instead.
    </ConfirmDanger>
  );
}
