import type { FastifyRequest } from 'fastify';
import { announce, type NewEvent } from '../events/event-store.ts';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound } from '../http/refused.ts';
import { actorIn, changing, contextOf } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import { taskPatch } from './task-body.ts';
import { changesOf } from './task-changes.ts';
import { getTask, removeTask, type ShownTask, saveTask } from './task-store.ts';
import { aboutTask, taskView, viewTask } from './task-view.ts';

const { writeRoute } = routesAbout('Tasks');

/** PATCH and DELETE of `/v1/tasks/{id}`. */
export function changeTaskRoutes(scope: ApiScope, api: ApiContext): void {
  scope.patch(
    '/tasks/:id',
    writeRoute('work leads', 'Update a task', { params: oneId, body: taskPatch.ref, 200: taskView.ref }),
    async (request) => {
      const { at, referenceData } = contextOf(request);
      const task = await changing(api, request, async (tx) => {
        const before = await locked(tx, request.params.id);
        const after = { ...before, ...changesOf(request.body, { referenceData, at, before }), updated_at: at };
        return saveChange(tx, before, after, request);
      });
      return viewTask(task, referenceData);
    },
  );
  scope.delete(
    '/tasks/:id',
    writeRoute('work leads', 'Delete a task', { params: oneId, 204: 'Deleted.' }),
    async (request, reply) => {
      await changing(api, request, async (tx) => deleteTask(tx, await locked(tx, request.params.id), request));
      return reply.code(204).send();
    },
  );
}

/** Completing or reopening a task adds a timeline entry. */
async function saveChange(tx: Tx, before: ShownTask, after: ShownTask, request: FastifyRequest): Promise<ShownTask> {
  await saveTask(tx, after);
  await announceChange(tx, before, after, contextOf(request).at);
  // Only a task with a lead is read again, because the lead's next step may have changed. A reassigned task may no
  // longer be visible, so it is returned as it was saved.
  const saved = (after.lead_id && (await getTask(tx, after.id))) || after;
  if ((after.done_at === null) !== (before.done_at === null)) await recordCompletion(tx, saved, request);
  return saved;
}

async function deleteTask(tx: Tx, task: ShownTask, request: FastifyRequest): Promise<void> {
  const { id, lead_id, name } = task;
  await removeTask(tx, id);
  const payload = { task_id: typeId('task', id) };
  await announce(tx, { type: 'task.deleted', lead_id, payload, at: contextOf(request).at });
  await record(tx, task, 'task_deleted', `Task deleted: ${name}`, request);
}

async function locked(tx: Tx, text: string): Promise<ShownTask> {
  return orNotFound(await getTask(tx, idOrNotFound('task', text), true));
}

const announcedFields = ['name', 'description', 'comment', 'category', 'due_at', 'assignee_id'] as const;

async function announceChange(tx: Tx, before: ShownTask, after: ShownTask, at: Date): Promise<void> {
  const about = { lead_id: after.lead_id, at };
  const payload = aboutTask(after);
  const changed = announcedFields
    .filter((field) => before[field]?.valueOf() !== after[field]?.valueOf())
    .map((field) => field.replace(/_id$/, ''));
  const events: NewEvent[] =
    changed.length > 0 ? [{ ...about, type: 'task.updated', payload: { ...payload, changed } }] : [];
  if (before.done_at === null && after.done_at !== null) events.push({ ...about, type: 'task.completed', payload });
  if (before.done_at !== null && after.done_at === null) events.push({ ...about, type: 'task.reopened', payload });
  await announce(tx, ...events);
}

async function recordCompletion(tx: Tx, task: ShownTask, request: FastifyRequest): Promise<void> {
  if (task.done_at === null) return record(tx, task, 'task_reopened', `Task reopened: ${task.name}`, request);
  await record(tx, task, 'task_done', `Task done: ${task.name}`, request);
}

async function record(
  tx: Tx,
  task: ShownTask,
  kind: 'task_done' | 'task_reopened' | 'task_deleted',
  reason: string,
  request: FastifyRequest,
): Promise<void> {
  if (!task.lead_id) return;
  const [actor, at] = [actorIn(request), contextOf(request).at];
  await recordActivity(tx, { lead_id: task.lead_id, kind, actor, reason, detail: { id: task.id }, at });
}
