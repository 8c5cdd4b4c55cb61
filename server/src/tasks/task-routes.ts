import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { addTask } from '../api/adding-operations.ts';
import { idOrNotFound } from '../api/ids.ts';
import { addOperation } from '../api/journaled.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { findNamed } from '../api/references.ts';
import { oneId, replies, writeReplies } from '../api/replies.ts';
import { taskPatch } from '../api/task-body.ts';
import { blankless } from '../api/text.ts';
import { actorIn, changing, inWorkspace, visitorOf } from '../api/visitor.ts';
import { recordActivity } from '../leads/activity-store.ts';
import { listOf, pageQuery, readPage } from '../platform/http/list.ts';
import { notFound, Refused } from '../platform/http/refused.ts';
import { closed } from '../platform/http/shapes.ts';
import { invalid } from '../platform/problem.ts';
import type { Book } from '../workspaces/book.ts';
import { getTask, listTasks, type StoredTask, saveTask } from './task-store.ts';
import { taskView, viewTask } from './task-view.ts';

/** `/v1/tasks`: list, add, read, change. */
export function taskRoutes(scope: ApiScope, parts: ApiParts): void {
  const tags = ['Tasks'];
  scope.get(
    '/tasks',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'List tasks',
        description: 'Newest first.',
        tags,
        querystring: closed({
          open: Type.Optional(Type.Boolean({ description: 'true: only those not done; false: only those done.' })),
          ...pageQuery,
        }),
        response: replies({ 200: listOf(taskView.ref, 'Tasks, newest first.') }),
      },
    },
    (request) =>
      readPage(
        request.query,
        (limit, after) =>
          inWorkspace(parts, request, (tx) => listTasks(tx, limit, after, undefined, request.query.open)),
        (task) => viewTask(task, visitorOf(request).book),
      ),
  );
  scope.get(
    '/tasks/:id',
    {
      config: { policy: 'read leads' },
      schema: { summary: 'Read a task', tags, params: oneId, response: replies({ 200: taskView.ref }, [404]) },
    },
    async (request) => {
      const id = idOrNotFound('task', request.params.id);
      const task = await inWorkspace(parts, request, (tx) => getTask(tx, id));
      if (!task) throw notFound();
      return viewTask(task, visitorOf(request).book);
    },
  );
  addOperation(scope, parts, addTask, {
    summary: 'Add a task',
    tags,
    response: writeReplies({ 201: taskView.ref }, [404]),
  });
  scope.patch(
    '/tasks/:id',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Change a task',
        tags,
        params: oneId,
        body: taskPatch.ref,
        response: writeReplies({ 200: taskView.ref }, [404]),
      },
    },
    (request) => change(request.params.id, request.body, request, parts),
  );
}

async function change(text: string, body: Static<typeof taskPatch.schema>, request: FastifyRequest, parts: ApiParts) {
  const id = idOrNotFound('task', text);
  const { at, book } = visitorOf(request);
  const task = await changing(parts, request, async (tx) => {
    const before = await getTask(tx, id, true);
    if (!before) throw notFound();
    const after: StoredTask = { ...before, ...changesOf(body, book, at, before), updated_at: at };
    await saveTask(tx, after);
    if (after.lead_id && body.done !== undefined && body.done !== (before.done_at !== null))
      await recordActivity(tx, {
        lead_id: after.lead_id,
        kind: body.done ? 'task_done' : 'task_reopened',
        actor: actorIn(request),
        reason: body.done ? `Task done: ${after.name}` : `Task open again: ${after.name}`,
        detail: { id },
        at,
      });
    return after;
  });
  return viewTask(task, book);
}

function changesOf(
  body: Static<typeof taskPatch.schema>,
  book: Book,
  at: Date,
  before: StoredTask,
): Partial<StoredTask> {
  const changes: Partial<StoredTask> = {};
  if (body.name !== undefined) changes.name = demandName(body.name);
  if (body.description !== undefined) changes.description = blankless(body.description) ?? null;
  if (body.comment !== undefined) changes.comment = blankless(body.comment) ?? null;
  if (body.category !== undefined) changes.category = body.category;
  if (body.due_at !== undefined) changes.due_at = body.due_at === null ? null : new Date(body.due_at);
  if (body.assignee !== undefined) changes.assignee_id = assigneeOf(body.assignee, book);
  if (body.done !== undefined) changes.done_at = body.done ? (before.done_at ?? at) : null;
  return changes;
}

function demandName(name: string): string {
  if (name.trim() === '') throw new Refused(invalid({ at: 'name', code: 'required' }));
  return name;
}

function assigneeOf(assignee: string | null, book: Book): string | null {
  const named = blankless(assignee);
  const member = named === undefined ? null : findNamed(book, 'member', named);
  if (member === undefined) throw new Refused(invalid({ at: 'assignee', code: 'unknown_reference' }));
  return member?.id ?? null;
}
