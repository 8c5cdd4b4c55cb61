import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { pagedQuery } from '../../api/paged.ts';

/** A task as the API shows it. */
export type Task = Shape<'TaskView'>;
/** A typed line as the server understands it. */
export type QuickTask = Shape<'QuickTask'>;
/** A task to create. */
type NewTask = Shape<'TaskCreate'>;
/** A change to a task. */
export type TaskPatch = Shape<'TaskPatch'>;

/** The filters of a task list. */
export interface TaskFilter {
  when: 'overdue' | 'today' | 'due' | 'upcoming' | 'open' | 'done';
  assignee?: string | undefined;
}

/** Tasks by due date, page by page. */
export const tasksQuery = (filter: TaskFilter) =>
  pagedQuery(['tasks', 'list', filter], (page) =>
    body(api.GET('/v1/tasks', { params: { query: { ...filter, ...page } } })),
  );

/** The numbers of overdue tasks and of those due today. */
export const taskCountsQuery = (assignee?: string) =>
  queryOptions({
    queryKey: ['tasks', 'counts', assignee],
    queryFn: () => body(api.GET('/v1/tasks/counts', { params: { query: assignee ? { assignee } : {} } })),
  });

/** Parses a typed line. */
export const quickTaskQuery = (text: string) =>
  queryOptions({
    queryKey: ['typed-task', text],
    queryFn: () => body(api.POST('/v1/tasks/parse', { body: { text } })),
    staleTime: 60_000,
  });

/** Adds a task. */
export const addTask = (task: NewTask) => body(api.POST('/v1/tasks', { body: task }));

/** Changes a task. */
export const patchTask = (id: string, patch: TaskPatch) =>
  body(api.PATCH('/v1/tasks/{id}', { params: { path: { id } }, body: patch }));

/** Deletes a task. */
export const deleteTask = (id: string) => body(api.DELETE('/v1/tasks/{id}', { params: { path: { id } } }));

/** Marks everything that shows tasks or next steps as stale. */
export function refreshTasks(client: QueryClient): void {
  for (const topic of ['tasks', 'leads', 'badges']) void client.invalidateQueries({ queryKey: [topic] });
}
