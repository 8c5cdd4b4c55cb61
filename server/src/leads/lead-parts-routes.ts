import type { TSchema } from 'typebox';
import { listCalls } from '../calls/call-store.ts';
import { callView, viewCall } from '../calls/call-view.ts';
import { listDealsOfLead } from '../deals/deal-store.ts';
import { dealView, viewDeal } from '../deals/deal-view.ts';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { listOf, type PageQuery, pageQuery, readPage } from '../http/list.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound } from '../http/refused.ts';
import { leadId, replies, writeReplies } from '../http/replies.ts';
import { contextOf, inWorkspace } from '../http/request-context.ts';
import { closed } from '../http/shapes.ts';
import { addOperation } from '../native/add-operation.ts';
import { addDeal, addLeadTask, addNote } from '../native/adding-operations.ts';
import { listNotes } from '../notes/note-store.ts';
import { noteView, viewNote } from '../notes/note-view.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { listTasksOfLead } from '../tasks/task-store.ts';
import { taskView, viewTask } from '../tasks/task-view.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { listActivities } from './activity-store.ts';
import { getLead } from './lead-store.ts';
import { activityView, touchView, viewActivity, viewTouch } from './timeline/timeline-view.ts';
import { listTouches } from './touch-store.ts';

/** One list below a lead. */
interface Part<Row extends { id: string }> {
  name: string;
  summary: string;
  item: TSchema;
  list(tx: Tx, leadId: string, limit: number, after?: string): Promise<readonly Row[]>;
  view(row: Row, referenceData: ReferenceData): object;
}

/** What hangs on a lead, below `/v1/leads/{id}`: its timeline, arrivals, notes, tasks, deals and calls. */
export function leadPartsRoutes(scope: ApiScope, api: ApiContext): void {
  const add = <Row extends { id: string }>(part: Part<Row>) => addList(scope, api, part);
  add({
    name: 'activities',
    summary: "A lead's timeline",
    item: activityView.ref,
    list: listActivities,
    view: viewActivity,
  });
  add({ name: 'touches', summary: "A lead's arrivals", item: touchView.ref, list: listTouches, view: viewTouch });
  add({ name: 'notes', summary: "A lead's notes", item: noteView.ref, list: listNotes, view: viewNote });
  add({
    name: 'tasks',
    summary: "A lead's tasks",
    item: taskView.ref,
    list: listTasksOfLead,
    view: viewTask,
  });
  add({
    name: 'deals',
    summary: "A lead's deals",
    item: dealView.ref,
    list: listDealsOfLead,
    view: viewDeal,
  });
  add({
    name: 'calls',
    summary: "A lead's calls",
    item: callView.ref,
    list: (tx, id, limit, after) => listCalls(tx, limit, { leadId: id, ...(after && { after }) }),
    view: viewCall,
  });
  addPosts(scope, api);
}

function addList<Row extends { id: string }>(scope: ApiScope, api: ApiContext, part: Part<Row>): void {
  scope.get(
    `/leads/:id/${part.name}`,
    {
      config: { policy: 'read leads' },
      schema: {
        summary: part.summary,
        description: 'Newest first.',
        tags: ['Leads'],
        params: leadId,
        querystring: closed(pageQuery),
        response: replies({ 200: listOf(part.item, `${part.summary}, newest first.`) }, [404]),
      },
    },
    async (request) => {
      const { id: text } = request.params as { id: string };
      const id = idOrNotFound('lead', text, 'lead');
      const { referenceData } = contextOf(request);
      return readPage(
        request.query as PageQuery,
        (limit, after) =>
          inWorkspace(api, request, async (tx) => {
            if (!(await getLead(tx, id))) throw notFound('lead');
            return part.list(tx, id, limit, after);
          }),
        (row) => part.view(row, referenceData),
      );
    },
  );
}

function addPosts(scope: ApiScope, api: ApiContext): void {
  const docs = (summary: string, view: TSchema) => ({
    summary,
    tags: ['Leads'],
    params: leadId,
    response: writeReplies({ 201: view }, [404]),
  });
  addOperation(scope, api, addNote, docs('Add a note', noteView.ref));
  addOperation(scope, api, addLeadTask, docs('Add a task', taskView.ref));
  addOperation(scope, api, addDeal, docs('Add a deal', dealView.ref));
}
