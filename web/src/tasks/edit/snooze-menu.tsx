import { Menu } from '@mantine/core';
import type { Task } from '../api/get-tasks.ts';
import { type Snooze, snoozes } from '../api/use-task-changes.ts';

/** The task to postpone and where its menu opens. */
export interface Snoozing {
  task: Task;
  anchor: HTMLElement;
}

interface Props {
  snoozing: Snoozing;
  onSnooze: (task: Task, snooze: Snooze) => void;
  onClose: () => void;
}

/** The menu to postpone a task, shared by all rows. */
export function SnoozeMenu({ snoozing: { task, anchor }, onSnooze, onClose }: Props) {
  const { left, bottom } = anchor.getBoundingClientRect();
  const close = () => {
    onClose();
    anchor.focus({ preventScroll: true });
  };
  return (
    <Menu opened onClose={close} position="bottom-end">
      <Menu.Target>
        <span aria-hidden style={{ position: 'fixed', left: left + 20, top: bottom, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Postpone: ${task.name}`}>
        {snoozes.map(({ value, label }) => (
          <Menu.Item key={value} onClick={() => onSnooze(task, value)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
