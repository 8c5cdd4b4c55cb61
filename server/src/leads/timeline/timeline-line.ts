import Type, { type Static } from 'typebox';
import { instant, instantOrNull, oneOf, textOrNull, viewShape } from '../../http/shapes.ts';
import { typeId } from '../../platform/ids.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { activityKindNames, activityKinds } from '../activity-kinds.ts';
import { showChanges } from './shown-changes.ts';
import { excerptOf, type TimelineRow } from './timeline-store.ts';
import { headlineOf } from './timeline-words.ts';

const shownChange = Type.Object({
  field: Type.String(),
  label: Type.String({ description: 'Label of the field.' }),
  from: textOrNull('Previous value; references by name.'),
  to: textOrNull('New value.'),
});

const shownRequest = Type.Object(
  {
    dialect: Type.String({ description: 'The API it was made through.' }),
    method: Type.String(),
    path: Type.String(),
    outcome: Type.String(),
    status_code: Type.Integer({ description: 'Status code of the response.' }),
    duration_ms: Type.Number(),
    token: textOrNull('Name of the token.'),
    token_hint: textOrNull('First characters of the token.'),
    body: textOrNull('Beginning of the body; null for callers who may not read the journal.'),
  },
  { description: 'The request with which the lead arrived.' },
);

/** An entry of a lead's full timeline. */
export const timelineLine = viewShape('TimelineLine', "An entry on a lead's timeline.", {
  id: Type.String(),
  at: instant('When it happened.'),
  origin: oneOf(['activity', 'note', 'request'], 'What the entry is about.'),
  kind: oneOf([...activityKindNames, 'note', 'request'], 'Kind of entry: note, request, or the kind of activity.'),
  title: Type.String({ description: 'Short title of what happened.' }),
  text: textOrNull('Text of the note, or what was said in a call.'),
  reason: textOrNull('The reason, as a sentence.'),
  actor: Type.String({ description: 'Name of the member or token, or System.' }),
  due_at: instantOrNull('When the planned step is due.'),
  talk_seconds: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'Length of the call.' }),
  changes: Type.Array(shownChange, { description: 'What changed.' }),
  submission_id: textOrNull('The submission that caused it: /v1/submissions/{id}.'),
  note_id: textOrNull('Id of the note.'),
  may_change: Type.Boolean({ description: 'Whether you may edit or delete this note.' }),
  edited_at: instantOrNull('When the note was last edited.'),
  request: Type.Unsafe<Static<typeof shownRequest> | null>({ anyOf: [shownRequest, { type: 'null' }] }),
});
export type TimelineLine = Static<typeof timelineLine.schema>;

/** Data and permissions needed to display timeline entries. */
export interface TimelineReader {
  referenceData: ReferenceData;
  /** Whether the caller may read requests. */
  readsJournal: boolean;
  mayChange(actor: string): boolean;
}

export function viewLine(row: TimelineRow, eye: TimelineReader): TimelineLine {
  const line = {
    id: row.id,
    at: row.at.toISOString(),
    origin: row.origin,
    reason: null,
    text: null,
    due_at: null,
    talk_seconds: null,
    changes: [],
    submission_id: row.submission_id,
    note_id: null,
    may_change: false,
    edited_at: null,
    request: null,
  };
  if (row.origin === 'note') return { ...line, ...noteOf(row, eye) };
  if (row.origin === 'request') return { ...line, ...requestOf(row, eye) };
  return { ...line, ...activityOf(row, eye) };
}

function noteOf(row: TimelineRow, eye: TimelineReader) {
  return {
    kind: 'note' as const,
    title: 'Note',
    text: row.text,
    actor: nameOf(row, eye),
    note_id: typeId('note', row.id),
    may_change: eye.mayChange(row.actor ?? 'system'),
    edited_at: row.edited_at?.toISOString() ?? null,
  };
}

function requestOf(row: TimelineRow, eye: TimelineReader) {
  const member = eye.referenceData.get('member', row.member_id)?.name;
  const [method, path] = [row.method ?? '', row.path ?? ''];
  return {
    kind: 'request' as const,
    title: row.method === null ? 'A request that is no longer stored' : `${method} ${path}`,
    actor: member ?? row.token_name ?? 'System',
    request: {
      dialect: row.dialect ?? '',
      method,
      path,
      outcome: row.outcome ?? '',
      status_code: row.status_code ?? 0,
      duration_ms: row.took_ms ?? 0,
      token: row.token_name,
      token_hint: row.token_hint,
      body: eye.readsJournal ? excerptOf(row.body?.length ? row.body : Buffer.from(row.query ?? '')) : null,
    },
  };
}

function activityOf(row: TimelineRow, eye: TimelineReader) {
  const { kind } = row;
  if (kind === null) throw new Error('An activity has no kind.');
  const detail = row.detail ?? {};
  const changes = showChanges(detail, eye.referenceData);
  const title = headlineOf({ kind, reason: row.reason, detail, changes }, eye.referenceData);
  return {
    kind,
    title,
    changes,
    reason: row.reason === title ? null : row.reason,
    text: activityKinds[kind].shownUnder.includes('calls') ? textOf(detail['note']) : null,
    actor: nameOf(row, eye),
    due_at: textOf(detail['due_at']) ?? textOf(detail['again_at']),
    talk_seconds: typeof detail['talk_seconds'] === 'number' ? detail['talk_seconds'] : null,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function nameOf({ actor, token_name }: TimelineRow, { referenceData }: TimelineReader): string {
  const [who = 'system', id] = actor?.split(':') ?? [];
  const name = who === 'member' ? referenceData.get('member', id)?.name : token_name;
  return name ?? (who === 'system' ? 'System' : who === 'member' ? 'A former member' : 'A token');
}
