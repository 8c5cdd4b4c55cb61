import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { toast } from '../../ui/feedback/toast.tsx';
import { deleteTask, patchTask, refreshTasks, type Task, type TaskPatch } from './get-tasks.ts';

type Pages = InfiniteData<{ data: Task[]; next_cursor: string | null }>;
export type Snooze = NonNullable<TaskPatch['snooze']>;

/** The times that a task can be postponed to. */
export const snoozes: readonly { value: Snooze; label: string }[] = [
  { value: 'hour', label: 'In 1 hour' },
  { value: 'tomorrow', label: 'Tomorrow' },
  { value: 'monday', label: 'Monday' },
];

/** Changes tasks in any list. Changes show at once, and all but deletions can be undone. */
export function useTaskChanges() {
  const client = useQueryClient();
  const [nextFor, setNextFor] = useState<Task>();
  const change = async (task: Task, patch: TaskPatch, shown: Partial<Task>, what: string) => {
    swapTask(client, { ...task, ...shown });
    try {
      return await patchTask(task.id, patch);
    } catch (error) {
      swapTask(client, task);
      toast.error(asProblem(error), what);
      return undefined;
    } finally {
      refreshTasks(client);
    }
  };
  const reopen = (task: Task) => {
    setNextFor(undefined);
    return change(task, { done: false }, { done: false }, 'Could not reopen the task.');
  };
  const complete = async (task: Task) => {
    const done = await change(task, { done: true }, { done: true }, 'Could not complete the task.');
    if (!done) return;
    toast.undo(`Done: ${task.name}`, () => void reopen(done));
    if (done.lead_needs_next_step) setNextFor(done);
  };
  return {
    toggle: (task: Task) => void (task.done ? reopen(task) : complete(task)),
    snooze: async (task: Task, snooze: Snooze) => {
      const put = await change(task, { snooze }, {}, 'Could not postpone the task.');
      const back = { due_at: task.due_at };
      if (put) toast.undo('Postponed', () => void change(put, back, back, 'Could not undo.'));
    },
    remove: async (task: Task) => {
      try {
        await deleteTask(task.id);
        toast.done('Task deleted');
      } catch (error) {
        toast.error(asProblem(error), 'Could not delete the task.');
      } finally {
        refreshTasks(client);
      }
    },
    /** The completed task whose lead has no next step left. */
    nextFor,
    closeNext: () => setNextFor(undefined),
  };
}

function swapTask(client: ReturnType<typeof useQueryClient>, task: Task): void {
  const swap = (one: Task) => (one.id === task.id ? task : one);
  client.setQueriesData<Pages>({ queryKey: ['tasks', 'list'] }, (old) =>
    old ? { ...old, pages: old.pages.map((page) => ({ ...page, data: page.data.map(swap) })) } : old,
  );
  client.setQueriesData<Task[]>({ queryKey: ['tasks', 'of-lead'] }, (old) => old?.map(swap));
}
