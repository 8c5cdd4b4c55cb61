import { useReturnFocus } from '../../app/return-focus.ts';
import { ConfirmDanger } from '../../ui/feedback/confirm-danger.tsx';
import type { Task } from '../api/get-tasks.ts';

interface Props {
  task: Task;
  onDelete: (task: Task) => void;
  onClose: () => void;
}

/** Asks before a task is deleted, which cannot be taken back. */
export function ConfirmDelete({ task, onDelete, onClose }: Props) {
  useReturnFocus();
  const confirm = () => {
    onClose();
    onDelete(task);
  };
  return (
    <ConfirmDanger opened title="Delete the task" action="Delete the task" onConfirm={confirm} onClose={onClose}>
      {task.name} will be gone. To keep it among what was done, tick it off.
    </ConfirmDanger>
  );
}
