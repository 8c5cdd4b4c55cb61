import { IconCheckbox, IconClockPause, IconMail, IconPencil, IconPhone } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { LeadLink } from '../../app/lead-link.tsx';
import type { Task } from '../api/get-tasks.ts';
import classes from '../tasks.module.css';

/** The label and icon of each task category. */
export const categories: Readonly<Record<Task['category'], { label: string; icon: typeof IconPhone }>> = {
  normal: { label: 'Task', icon: IconCheckbox },
  call: { label: 'Call', icon: IconPhone },
  email: { label: 'Email', icon: IconMail },
};

/** The category of a task, with icon and label. */
export function Category({ of }: { of: Task['category'] }) {
  const { label, icon: Icon } = categories[of];
  return (
    <span className={classes.category}>
      <Icon size={15} aria-hidden />
      {label}
    </span>
  );
}

/** Completes a task or reopens it. */
export function TaskCheck({ task, may, onToggle }: { task: Task; may: boolean; onToggle: (task: Task) => void }) {
  return (
    <label className={classes.check}>
      <input
        className="tick"
        type="checkbox"
        aria-label={`Done: ${task.name}`}
        checked={task.done}
        disabled={!may}
        onChange={() => onToggle(task)}
      />
    </label>
  );
}

/** The name of a task, struck through once it is done. */
export function TaskName({ task }: { task: Task }) {
  return (
    <span className={classes.name} data-done={task.done || undefined} title={task.description ?? undefined}>
      {task.name}
    </span>
  );
}

/** The lead of a task; an unknown contact is shown as it was sent. */
export function TaskLead({ task }: { task: Task }) {
  if (task.lead_id && task.lead_name) return <LeadLink id={task.lead_id}>{task.lead_name}</LeadLink>;
  return <span className="muted clip">{task.contact ?? (task.lead_id ? 'Another member’s lead' : '')}</span>;
}

interface ActsProps {
  task: Task;
  onSnooze: (task: Task, anchor: HTMLElement) => void;
  onEdit: (task: Task) => void;
}

/** The buttons at the end of a row; completed tasks cannot be postponed. */
export function TaskActs({ task, onSnooze, onEdit }: ActsProps) {
  const snooze = (event: MouseEvent<HTMLElement>) => onSnooze(task, event.currentTarget);
  return (
    <span className={classes.acts}>
      {!task.done && (
        <button
          type="button"
          className={classes.act}
          onClick={snooze}
          aria-label={`Postpone: ${task.name}`}
          title="Postpone (S)"
        >
          <IconClockPause size={16} aria-hidden />
        </button>
      )}
      <button
        type="button"
        className={classes.act}
        onClick={() => onEdit(task)}
        aria-label={`Edit: ${task.name}`}
        title="Edit (E)"
      >
        <IconPencil size={16} aria-hidden />
      </button>
    </span>
  );
}
