import Type, { type Static } from 'typebox';
import { instant, instantOrNull, viewShape } from '../http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import type { Note } from './note-store.ts';

/** A note in `/v1`. */
export const noteView = viewShape('NoteView', 'A note on a lead.', {
  id: Type.String({ description: 'note_ and 26 characters.' }),
  lead_id: Type.String(),
  text: Type.String(),
  actor: Type.String({ description: 'Who wrote it: token:<id>, member:<id> or system.' }),
  created_at: instant('When it was written.'),
  edited_at: instantOrNull('When it was last edited.'),
});

export function viewNote(note: Note): Static<typeof noteView.schema> {
  return {
    id: typeId('note', note.id),
    lead_id: typeId('lead', note.lead_id),
    text: note.text,
    actor: note.actor,
    created_at: note.created_at.toISOString(),
    edited_at: note.edited_at?.toISOString() ?? null,
  };
}
