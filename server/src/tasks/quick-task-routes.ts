import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { contextOf, reading } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { bodyShape, instantOrNull, oneOf, textOrNull, viewShape } from '../http/shapes.ts';
import type { Lead } from '../leads/lead.ts';
import { nameOf } from '../leads/lead-name.ts';
import { filterContextOf } from '../leads/list/filter-context.ts';
import { listFilter } from '../leads/list/lead-filters.ts';
import { listLeads } from '../leads/list/lead-list.ts';
import type { ListFilter } from '../leads/list/lead-list-conditions.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import { parseQuickTask } from './parse-quick-task.ts';
import { taskCategories } from './task-store.ts';

const MOST_CANDIDATES = 5;

const taskText = bodyShape('TaskText', 'A task typed as one line of text.', {
  text: Type.String({ maxLength: 500, description: 'For example: call Anjali tomorrow 10' }),
});

const quickTask = viewShape('QuickTask', 'The task as read from the text. Nothing is stored.', {
  name: Type.String({ description: 'The rest of the text; empty if it contains only a time.' }),
  category: oneOf(taskCategories, 'Derived from the first word.'),
  due_at: instantOrNull("In the workspace's time zone; null if no time was given."),
  leads: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String({ description: 'Name of the lead.' }),
      company: textOrNull('Company of the lead.'),
      phone: textOrNull('Phone number of the lead.'),
    }),
    { description: 'Leads the text may refer to, newest first; at most five.' },
  ),
});

const { writeRoute } = routesAbout('Tasks');

/** `/v1/tasks/parse`: interprets a typed line before a task is created from it. */
export function quickTaskRoutes(scope: ApiScope, api: ApiContext): void {
  scope.post(
    '/tasks/parse',
    writeRoute('work leads', 'Parse a task from a line of text', {
      about:
        'Understands days (tomorrow, fri, next monday, 24 dec), times (14:30, 3pm, noon) and durations (in 2 hours). A day without a time means the end of that day.',
      body: taskText.ref,
      200: quickTask.ref,
    }),
    async (request) => {
      const { referenceData, at, visibility } = contextOf(request);
      const { time_zone: timeZone, region } = referenceData.workspace;
      const quick = parseQuickTask(request.body.text, { now: at, timeZone, monthFirst: region === 'US' });
      const { name, category, who } = quick;
      const filter = who ? listFilter({ q: who }, filterContextOf(request)) : undefined;
      const found = filter ? await reading(api, request, (tx) => candidates(tx, filter, visibility)) : [];
      const leads: Static<typeof quickTask.schema>['leads'] = found.map((lead) => ({
        id: typeId('lead', lead.id),
        name: nameOf(lead),
        company: lead.company_name,
        phone: lead.phone,
      }));
      return { name, category, due_at: quick.due_at?.toISOString() ?? null, leads };
    },
  );
}

async function candidates(tx: Tx, filter: ListFilter, visibility: Visibility | undefined): Promise<Lead[]> {
  const { leads } = await listLeads(tx, { filter, visibility, order: 'newest', limit: MOST_CANDIDATES });
  return leads;
}
