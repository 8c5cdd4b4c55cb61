import type { FastifyRequest } from 'fastify';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { readSortedPage } from '../http/keyset.ts';
import { listOf, pageQuery } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound } from '../http/refused.ts';
import { contextOf, reading } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { closed } from '../http/shapes.ts';
import { addLeadSublist } from '../leads/lead-sublist.ts';
import { endOfToday } from '../platform/time/calendar.ts';
import { changeTaskRoutes } from './change-task-routes.ts';
import { quickTaskRoutes } from './quick-task-routes.ts';
import { orderOf, taskCountQuery, taskFilter, taskFilterQuery, tasksSortedBy } from './task-filter.ts';
import { countDue, listTasks } from './task-list-store.ts';
import { getTask, listTasksOfLead } from './task-store.ts';
import { taskCounts, taskView, viewTask } from './task-view.ts';

const { route } = routesAbout('Tasks');
/** Counting further would be slow, and nobody needs a larger number. */
const MOST_COUNTED = 100;

/** `/v1/tasks`: list, count, add, read, change, delete. */
export function taskRoutes(scope: ApiScope, api: ApiContext): void {
  addLeadSublist(scope, api, {
    name: 'tasks',
    summary: "List a lead's tasks",
    item: taskView.ref,
    list: listTasksOfLead,
    view: viewTask,
  });
  addLists(scope, api);
  scope.get('/tasks/:id', route('read leads', 'Get a task', { params: oneId, 200: taskView.ref }), async (request) => {
    const id = idOrNotFound('task', request.params.id);
    const task = orNotFound(await reading(api, request, (tx) => getTask(tx, id)));
    return viewTask(task, contextOf(request).referenceData);
  });
  changeTaskRoutes(scope, api);
  quickTaskRoutes(scope, api);
}

function addLists(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/tasks',
    route('read leads', 'List tasks', {
      about:
        'With `when`, open tasks are sorted by due date, those without one last, and done tasks by completion, latest first. Without it, all tasks are listed newest first.',
      querystring: closed({ ...taskFilterQuery, ...pageQuery }),
      200: listOf(taskView.ref, 'Tasks.'),
    }),
    (request) => {
      const { query } = request;
      const order = orderOf(query.when);
      const filter = taskFilter(query, askingIn(request));
      return readSortedPage(
        query,
        tasksSortedBy[order],
        async (limit, after) =>
          filter ? reading(api, request, (tx) => listTasks(tx, order, filter, limit, after)) : [],
        (task) => viewTask(task, contextOf(request).referenceData),
      );
    },
  );
  scope.get(
    '/tasks/counts',
    route('read leads', 'Count the tasks that are due', { querystring: closed(taskCountQuery), 200: taskCounts.ref }),
    async (request) => {
      const { at, referenceData } = contextOf(request);
      const filter = taskFilter(request.query, askingIn(request));
      if (!filter) return { overdue: 0, today: 0 };
      const day = { now: at, endOfDay: endOfToday(at, referenceData.workspace.time_zone) };
      return reading(api, request, (tx) => countDue(tx, filter, day, MOST_COUNTED));
    },
  );
}

function askingIn(request: FastifyRequest) {
  const { referenceData, caller, at, visibility } = contextOf(request);
  return { referenceData, memberId: caller.member_id, at, visibility };
}
