import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { asProblem, type Problem } from '../../api/problem.ts';
import { useMembers } from '../../app/members.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { Form } from '../../ui/form/form.tsx';
import { patchTask, refreshTasks, type Task } from '../api/get-tasks.ts';
import { categories } from '../cells/task-cells.tsx';
import classes from './next-task.module.css';

interface Props {
  task: Task;
  onClose: () => void;
  onDelete: (task: Task) => void;
}

const kinds = Object.entries(categories).map(([value, { label }]) => ({ value, label }));

/** The dialog to edit a task. */
export function EditTask({ task, onClose, onDelete }: Props) {
  const client = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    const sent = new FormData(event.currentTarget);
    const text = (name: string) => String(sent.get(name) ?? '');
    setBusy(true);
    try {
      await patchTask(task.id, {
        name: text('name'),
        description: text('description'),
        category: text('category') as Task['category'],
        due_at: text('due_at') ? new Date(text('due_at')).toISOString() : null,
        assignee: text('assignee'),
      });
      refreshTasks(client);
      toast.done('Saved');
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };
  return (
    <Dialog onClose={onClose} title="Edit task">
      <Form onSubmit={save} className={classes.presets}>
        <Fields task={task} problem={problem} />
        {problem && problem.errors.length === 0 && <p role="alert">{problem.message}</p>}
        <div className={classes.actions}>
          <Button
            variant="subtle"
            color="red"
            onClick={() => {
              onClose();
              onDelete(task);
            }}
          >
            Delete
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" loading={busy}>
            Save
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

function Fields({ task, problem }: { task: Task; problem: Problem | undefined }) {
  const members = useMembers();
  const people = members.filter(({ active, id }) => active || id === task.assignee_id);
  return (
    <>
      <TextInput
        name="name"
        label="Task"
        defaultValue={task.name}
        error={problem?.of('name')}
        data-autofocus
        required
      />
      <Select name="category" label="Kind" data={kinds} defaultValue={task.category} allowDeselect={false} />
      <TextInput
        type="datetime-local"
        name="due_at"
        label="Due"
        description="In your time zone."
        defaultValue={task.due_at ? localInput(new Date(task.due_at)) : ''}
        error={problem?.of('due_at')}
      />
      <Select
        name="assignee"
        label="Assigned to"
        placeholder="Unassigned"
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={task.assignee_id}
        error={problem?.of('assignee')}
        clearable
        clearButtonProps={{ 'aria-label': 'Clear assignee' }}
        searchable
      />
      <Textarea
        name="description"
        label="Notes"
        defaultValue={task.description ?? ''}
        autosize
        minRows={2}
        maxRows={8}
      />
    </>
  );
}

/** Datetime-local inputs have no time zone, so they show local time. */
function localInput(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
