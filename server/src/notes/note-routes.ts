import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { announce } from '../events/event-store.ts';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { orNotFound, Refused } from '../http/refused.ts';
import { actorIn, callerMay, changing, contextOf } from '../http/request-context.ts';
import { oneId, routesAbout } from '../http/route.ts';
import { bodyShape } from '../http/shapes.ts';
import { blankless } from '../http/text.ts';
import { recordActivity } from '../leads/activity-store.ts';
import { LONGEST_TEXT } from '../leads/fields.ts';
import { addLeadSublist } from '../leads/lead-sublist.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import { changeNote, listNotes, lockNote, type Note, removeNote } from './note-store.ts';
import { noteView, viewNote } from './note-view.ts';

const notePatch = bodyShape('NotePatch', 'The new text of a note.', {
  text: Type.String({ minLength: 1, maxLength: LONGEST_TEXT }),
});

const { route, writeRoute } = routesAbout('Notes');

/** `/v1/notes`: a note's author, or a manager, can change or delete it. */
export function noteRoutes(scope: ApiScope, api: ApiContext): void {
  addLeadSublist(scope, api, {
    name: 'notes',
    summary: "List a lead's notes",
    item: noteView.ref,
    list: listNotes,
    view: viewNote,
  });
  scope.patch(
    '/notes/:id',
    writeRoute('work leads', 'Update a note', { params: oneId, body: notePatch.ref, 200: noteView.ref }),
    async (request) => {
      const { text } = request.body;
      if (blankless(text) === undefined) throw new Refused(invalid({ at: 'text', code: 'required' }));
      return onNote(api, request, request.params.id, async (tx, note, at) => {
        await changeNote(tx, note, text, at);
        await tell(tx, 'note.updated', note, at);
        return viewNote({ ...note, text, edited_at: at });
      });
    },
  );
  scope.delete(
    '/notes/:id',
    route('work leads', 'Delete a note', { params: oneId, 204: 'Deleted.' }),
    async (request, reply) => {
      await onNote(api, request, request.params.id, async (tx, note, at) => {
        await removeNote(tx, note);
        await recordActivity(tx, {
          lead_id: note.lead_id,
          kind: 'note_deleted',
          actor: actorIn(request),
          detail: {},
          at,
        });
        await tell(tx, 'note.deleted', note, at);
      });
      return reply.code(204).send();
    },
  );
}

async function onNote<T>(
  api: ApiContext,
  request: FastifyRequest,
  text: string,
  work: (tx: Tx, note: Note, at: Date) => Promise<T>,
): Promise<T> {
  const id = idOrNotFound('note', text);
  const { at } = contextOf(request);
  return changing(api, request, async (tx) => {
    const note = orNotFound(await lockNote(tx, id));
    if (note.actor !== actorIn(request) && !callerMay(request, 'delete leads'))
      throw new Refused({ kind: 'forbidden', detail: 'Only the author or a manager may do this.' });
    return work(tx, note, at);
  });
}

async function tell(tx: Tx, type: 'note.updated' | 'note.deleted', { id, lead_id }: Note, at: Date): Promise<void> {
  await announce(tx, { type, lead_id, payload: { note_id: typeId('note', id) }, at });
}
