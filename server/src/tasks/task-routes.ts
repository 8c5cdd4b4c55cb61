import type { FastifyRequest } from 'fastify';
import { addTask } from '../api/adding-operations.ts';
import { idOrNotFound } from '../api/ids.ts';
import { addOperation } from '../api/journaled.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { oneId, replies, writeReplies } from '../api/replies.ts';
import { inWorkspace, visitorOf } from '../api/visitor.ts';
import { endOfToday } from '../platform/calendar.ts';
import { readSortedPage } from '../platform/http/keyset.ts';
import { listOf, pageQuery } from '../platform/http/list.ts';
import { notFound } from '../platform/http/refused.ts';
import { closed } from '../platform/http/shapes.ts';
import { changeTaskRoutes } from './change-task-routes.ts';
import { quickTaskRoutes } from './quick-task-routes.ts';
import { orderOf, taskCountQuery, taskFilter, taskFilterQuery, tasksSortedBy } from './task-filter.ts';
import { countDue, listTasks } from './task-list-store.ts';
import { getTask } from './task-store.ts';
import { taskCounts, taskView, viewTask } from './task-view.ts';

const tags = ['Tasks'];
/** Nobody reads a larger number; not counting further keeps it quick. */
const MOST_COUNTED = 100;

/** `/v1/tasks`: list, count, add, read, change, delete. */
export function taskRoutes(scope: ApiScope, parts: ApiParts): void {
  addLists(scope, parts);
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
  changeTaskRoutes(scope, parts);
  quickTaskRoutes(scope, parts);
}

function addLists(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/tasks',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'List tasks',
        description:
          'With `when`: open ones by when they are due, those without a date last; done ones the last done first. Without: all, newest first.',
        tags,
        querystring: closed({ ...taskFilterQuery, ...pageQuery }),
        response: replies({ 200: listOf(taskView.ref, 'Tasks.') }),
      },
    },
    (request) => {
      const { query } = request;
      const order = orderOf(query.when);
      const filter = taskFilter(query, askingIn(request));
      return readSortedPage(
        query,
        tasksSortedBy[order],
        async (limit, after) =>
          filter ? inWorkspace(parts, request, (tx) => listTasks(tx, order, filter, limit, after)) : [],
        (task) => viewTask(task, visitorOf(request).book),
      );
    },
  );
  scope.get(
    '/tasks/counts',
    {
      config: { policy: 'read leads' },
      schema: {
        summary: 'Count the tasks that are due',
        tags,
        querystring: closed(taskCountQuery),
        response: replies({ 200: taskCounts.ref }),
      },
    },
    async (request) => {
      const { at, book } = visitorOf(request);
      const filter = taskFilter(request.query, askingIn(request));
      if (!filter) return { overdue: 0, today: 0 };
      const day = { now: at, endOfDay: endOfToday(at, book.workspace.time_zone) };
      return inWorkspace(parts, request, (tx) => countDue(tx, filter, day, MOST_COUNTED));
    },
  );
}

function askingIn(request: FastifyRequest) {
  const { book, caller, at, sight } = visitorOf(request);
  return { book, memberId: caller.member_id, at, sight };
}
