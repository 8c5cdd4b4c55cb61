import type { TSchema } from 'typebox';
import { addDeal, addLeadTask, addNote } from '../api/adding-operations.ts';
import { idOrNotFound } from '../api/ids.ts';
import { addOperation } from '../api/journaled.ts';
import type { ApiParts, ApiScope } from '../api/parts.ts';
import { leadId, replies, writeReplies } from '../api/replies.ts';
import { inWorkspace, visitorOf } from '../api/visitor.ts';
import { listCalls } from '../calls/call-store.ts';
import { callView, viewCall } from '../calls/call-view.ts';
import { listDealsOfLead } from '../deals/deal-store.ts';
import { dealView, viewDeal } from '../deals/deal-view.ts';
import { listNotes } from '../notes/note-store.ts';
import { noteView, viewNote } from '../notes/note-view.ts';
import { listOf, type PageQuery, pageQuery, readPage } from '../platform/http/list.ts';
import { notFound } from '../platform/http/refused.ts';
import { closed } from '../platform/http/shapes.ts';
import type { Tx } from '../platform/transaction.ts';
import { listTasksOfLead } from '../tasks/task-store.ts';
import { taskView, viewTask } from '../tasks/task-view.ts';
import type { Book } from '../workspaces/book.ts';
import { listActivities } from './activity-store.ts';
import { getLead } from './lead-store.ts';
import { activityView, touchView, viewActivity, viewTouch } from './timeline-view.ts';
import { listTouches } from './touch-store.ts';

/** One list below a lead. */
interface Part<Row extends { id: string }> {
  name: string;
  summary: string;
  item: TSchema;
  list(tx: Tx, leadId: string, limit: number, after?: string): Promise<readonly Row[]>;
  view(row: Row, book: Book): object;
}

/** What hangs on a lead, below `/v1/leads/{id}`: its timeline, arrivals, notes, tasks, deals and calls. */
export function leadPartsRoutes(scope: ApiScope, parts: ApiParts): void {
  const add = <Row extends { id: string }>(part: Part<Row>) => addList(scope, parts, part);
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
  addPosts(scope, parts);
}

function addList<Row extends { id: string }>(scope: ApiScope, parts: ApiParts, part: Part<Row>): void {
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
      const { book } = visitorOf(request);
      return readPage(
        request.query as PageQuery,
        (limit, after) =>
          inWorkspace(parts, request, async (tx) => {
            if (!(await getLead(tx, id))) throw notFound('lead');
            return part.list(tx, id, limit, after);
          }),
        (row) => part.view(row, book),
      );
    },
  );
}

function addPosts(scope: ApiScope, parts: ApiParts): void {
  const docs = (summary: string, view: TSchema) => ({
    summary,
    tags: ['Leads'],
    params: leadId,
    response: writeReplies({ 201: view }, [404]),
  });
  addOperation(scope, parts, addNote, docs('Add a note', noteView.ref));
  addOperation(scope, parts, addLeadTask, docs('Add a task', taskView.ref));
  addOperation(scope, parts, addDeal, docs('Add a deal', dealView.ref));
}
