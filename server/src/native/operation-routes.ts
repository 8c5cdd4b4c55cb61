import type { TSchema } from 'typebox';
import Type from 'typebox';
import { dealView } from '../deals/deal-view.ts';
import type { ApiScope } from '../http/api-context.ts';
import { nothing, writeReplies } from '../http/replies.ts';
import { leadId } from '../http/route.ts';
import { leadView } from '../leads/lead-shapes.ts';
import { noteView } from '../notes/note-view.ts';
import { taskView } from '../tasks/task-view.ts';
import { addDeal, addLeadTask, addNote, addTask } from './adding-operations.ts';
import { changeLead, createLead, deleteLead, reopenLead } from './lead-operations.ts';
import { addOperation, type NativeContext } from './operation.ts';

const tags = ['Leads'];

const creationHeaders = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      description:
        'Idempotency key. Repeating a request with the same key and body within a day returns the original response.',
    }),
  ),
  'Leadwell-Test': Type.Optional(
    Type.String({ enum: ['true', 'false'], description: 'true: check the request and respond, but store no lead.' }),
  ),
});

const changeHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 40,
      description:
        'ETag of the lead as you last read it (its version in quotes). The update is refused if the lead has changed since.',
    }),
  ),
});

/** Adds the routes of `/v1` whose requests go through intake, with their documentation. */
export function operationRoutes(scope: ApiScope, api: NativeContext): void {
  leadOperationRoutes(scope, api);
  const docs = (summary: string, view: TSchema) => ({
    summary,
    tags,
    params: leadId,
    response: writeReplies({ 201: view }, [404]),
  });
  addOperation(scope, api, addNote, docs('Add a note', noteView.ref));
  addOperation(scope, api, addLeadTask, docs('Create a task', taskView.ref));
  addOperation(scope, api, addDeal, docs('Create a deal', dealView.ref));
  addOperation(scope, api, addTask, {
    summary: 'Create a task',
    tags: ['Tasks'],
    response: writeReplies({ 201: taskView.ref }, [404]),
  });
}

function leadOperationRoutes(scope: ApiScope, api: NativeContext): void {
  addOperation(scope, api, createLead, {
    summary: 'Create a lead',
    description:
      "If the phone number or email address is already known, the token's match policy applies; without one, a new lead is created.",
    tags,
    headers: creationHeaders,
    response: writeReplies({ 201: leadView.ref, 200: leadView.ref }, [409]),
  });
  addOperation(scope, api, changeLead, {
    summary: 'Update a lead',
    tags,
    params: leadId,
    headers: changeHeaders,
    response: writeReplies({ 200: leadView.ref }, [404, 412]),
  });
  addOperation(scope, api, reopenLead, {
    summary: 'Reopen a closed lead',
    description: 'Returns the lead to the status it had before it was closed. A lead that is open stays unchanged.',
    tags,
    params: leadId,
    response: writeReplies({ 200: leadView.ref }, [404]),
  });
  addOperation(scope, api, deleteLead, {
    summary: 'Delete a lead',
    description:
      'Also deletes everything that belongs to the lead: enquiries, timeline, notes, tasks, deals and calls. A copy stays in the bin (/v1/bin) for 30 days, or for `deleted_days` of /v1/retention if that is less, and can be restored from there. The stored requests about it are kept for their retention period (`deleted_days`), and events keep its id. To remove a person everywhere, see POST /v1/erasures.',
    tags,
    params: leadId,
    response: writeReplies({ 204: nothing('Deleted.') }, [404]),
  });
}
