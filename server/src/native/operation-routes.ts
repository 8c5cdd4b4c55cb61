import type { TSchema } from 'typebox';
import Type from 'typebox';
import { dealView } from '../deals/deal-view.ts';
import type { ApiScope } from '../http/api-context.ts';
import { leadId, nothing, writeReplies } from '../http/replies.ts';
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
      description: 'The same key with the same body within a day is the same request: it gets the same answer.',
    }),
  ),
  'Leadwell-Test': Type.Optional(
    Type.String({ enum: ['true', 'false'], description: 'true: check and answer, but keep no lead.' }),
  ),
});

const changeHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 40,
      description:
        'The ETag of the lead as you saw it, its version in quotes: it is refused when it was changed since.',
    }),
  ),
});

/** Every request of `/v1` that goes through intake, with its documentation. */
export function operationRoutes(scope: ApiScope, api: NativeContext): void {
  leadOperationRoutes(scope, api);
  const docs = (summary: string, view: TSchema) => ({
    summary,
    tags,
    params: leadId,
    response: writeReplies({ 201: view }, [404]),
  });
  addOperation(scope, api, addNote, docs('Add a note', noteView.ref));
  addOperation(scope, api, addLeadTask, docs('Add a task', taskView.ref));
  addOperation(scope, api, addDeal, docs('Add a deal', dealView.ref));
  addOperation(scope, api, addTask, {
    summary: 'Add a task',
    tags: ['Tasks'],
    response: writeReplies({ 201: taskView.ref }, [404]),
  });
}

function leadOperationRoutes(scope: ApiScope, api: NativeContext): void {
  addOperation(scope, api, createLead, {
    summary: 'Create a lead',
    description:
      'What happens when its phone or e-mail is known already is the policy of the token; without one, a new lead is made.',
    tags,
    headers: creationHeaders,
    response: writeReplies({ 201: leadView.ref, 200: leadView.ref }, [409]),
  });
  addOperation(scope, api, changeLead, {
    summary: 'Change a lead',
    tags,
    params: leadId,
    headers: changeHeaders,
    response: writeReplies({ 200: leadView.ref }, [404, 412]),
  });
  addOperation(scope, api, reopenLead, {
    summary: 'Open a closed lead again',
    description: 'It goes back to the stage before it was closed. One that is open stays as it is.',
    tags,
    params: leadId,
    response: writeReplies({ 200: leadView.ref }, [404]),
  });
  addOperation(scope, api, deleteLead, {
    summary: 'Delete a lead',
    description: 'With all that hangs on it.',
    tags,
    params: leadId,
    response: writeReplies({ 204: nothing('It is gone.') }, [404]),
  });
}
