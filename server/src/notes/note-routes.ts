import type { FastifyRequest } from 'fastify';
import Type from 'typebox';
import { announce } from '../events/event-store.ts';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { mayIn } from '../http/caller-may.ts';
import { idOrNotFound } from '../http/path-ids.ts';
import { notFound, Refused } from '../http/refused.ts';
import { nothing, oneId, replies, writeReplies } from '../http/replies.ts';
import { actorIn, changing, contextOf } from '../http/request-context.ts';
import { closed, shape } from '../http/shapes.ts';
import { blankless } from '../http/text.ts';
import { recordActivity } from '../leads/activity-store.ts';
import { LONGEST_TEXT } from '../leads/fields.ts';
import { addLeadSublist } from '../leads/lead-sublist.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId } from '../platform/ids.ts';
import { invalid } from '../platform/problem.ts';
import { changeNote, listNotes, lockNote, type Note, removeNote } from './note-store.ts';
import { noteView, viewNote } from './note-view.ts';

const notePatch = shape(
  'NotePatch',
  closed({ text: Type.String({ minLength: 1, maxLength: LONGEST_TEXT }) }, 'A note, written anew.'),
);

const tags = ['Notes'];

/** `/v1/notes`: its author, or a manager, changes or deletes a note. */
export function noteRoutes(scope: ApiScope, api: ApiContext): void {
  addLeadSublist(scope, api, {
    name: 'notes',
    summary: "A lead's notes",
    item: noteView.ref,
    list: listNotes,
    view: viewNote,
  });
  scope.patch(
    '/notes/:id',
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Change a note',
        tags,
        params: oneId,
        body: notePatch.ref,
        response: writeReplies({ 200: noteView.ref }, [404]),
      },
    },
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
    {
      config: { policy: 'work leads' },
      schema: {
        summary: 'Delete a note',
        tags,
        params: oneId,
        response: replies({ 204: nothing('It is gone.') }, [404]),
      },
    },
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
    const note = await lockNote(tx, id);
    if (!note) throw notFound();
    if (note.actor !== actorIn(request) && !mayIn(request, 'delete leads'))
      throw new Refused({ kind: 'forbidden', detail: 'Only its author or a manager may.' });
    return work(tx, note, at);
  });
}

async function tell(tx: Tx, type: 'note.updated' | 'note.deleted', { id, lead_id }: Note, at: Date): Promise<void> {
  await announce(tx, { type, lead_id, payload: { note_id: typeId('note', id) }, at });
}
