import type { FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import { announce, type NewEvent } from '../events/event-store.ts';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { nothing, oneId, writeReplies } from '../http/replies.ts';
import { actorIn, changing, contextOf } from '../http/request-context.ts';
import { recordActivity } from '../leads/activity-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import { taskPatch } from './task-body.ts';
import { changesOf } from './task-changes.ts';
import { getTask, removeTask, type ShownTask, saveTask } from './task-store.ts';
import { aboutTask, taskView, viewTask } from './task-view.ts';

/** PATCH and DELETE of `/v1/tasks/{id}`. */
export function changeTaskRoutes(scope: ApiScope, api: ApiContext): void {
  const tags = ['Tasks'];
  scope.patch(
    '/tasks/:id',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Update a task',
        tags,
        params: oneId,
        body: taskPatch.ref,
        response: writeReplies({ 200: taskView.ref }, [404]),
      },
    },
    (request) => changeTask(request.params.id, request.body, request, api),
  );
  scope.delete(
    '/tasks/:id',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Delete a task',
        tags,
        params: oneId,
        response: writeReplies({ 204: nothing('Deleted.') }, [404]),
      },
    },
    async (request, reply) => {
      await deleteTask(request.params.id, request, api);
      return reply.code(204).send();
    },
  );
}

/** Completing or reopening a task adds a timeline entry. */
async function changeTask(
  text: string,
  body: Static<typeof taskPatch.schema>,
  request: FastifyRequest,
  api: ApiContext,
) {
  const { at, referenceData } = contextOf(request);
  const task = await changing(api, request, async (tx) => {
    const before = await locked(tx, text);
    const after = { ...before, ...changesOf(body, { referenceData, at, before }), updated_at: at };
    await saveTask(tx, after);
    await announceChange(tx, before, after, at);
    // Only a task with a lead is read again, because the lead's next step may have changed. A reassigned task may no
    // longer be visible, so it is returned as it was saved.
    const saved = (after.lead_id && (await getTask(tx, after.id))) || after;
    if ((after.done_at === null) !== (before.done_at === null)) await recordCompletion(tx, saved, request);
    return saved;
  });
  return viewTask(task, referenceData);
}

async function deleteTask(text: string, request: FastifyRequest, api: ApiContext): Promise<void> {
  await changing(api, request, async (tx) => {
    const found = await locked(tx, text);
    await removeTask(tx, found.id);
    const payload = { task_id: typeId('task', found.id) };
    await announce(tx, { type: 'task.deleted', lead_id: found.lead_id, payload, at: contextOf(request).at });
    await record(tx, found, 'task_deleted', `Task deleted: ${found.name}`, request);
  });
}

async function locked(tx: Tx, text: string): Promise<ShownTask> {
  const task = await getTask(tx, idOrNotFound('task', text), true);
  if (!task) throw notFound();
  return task;
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
