import Type, { type Static } from 'typebox';
import { instant, instantOrNull, oneOf, shape, textOrNull } from '../../http/shapes.ts';
import { typeId } from '../../platform/ids.ts';
import type { ReferenceData } from '../../workspaces/reference-data.ts';
import { activityKindNames, activityKinds } from '../activity-kinds.ts';
import { showChanges } from './shown-changes.ts';
import { excerptOf, type TimelineRow } from './timeline-store.ts';
import { headlineOf } from './timeline-words.ts';

const shownChange = Type.Object({
  field: Type.String(),
  label: Type.String({ description: 'The field as people call it.' }),
  from: textOrNull('What it was, by name where it is a reference.'),
  to: textOrNull('What it became.'),
});

const shownRequest = Type.Object(
  {
    dialect: Type.String({ description: 'The API it came by.' }),
    method: Type.String(),
    path: Type.String(),
    outcome: Type.String(),
    status_code: Type.Integer({ description: 'What its sender was told.' }),
    took_ms: Type.Number(),
    token: textOrNull("The token's name."),
    token_hint: textOrNull('How its secret begins.'),
    body: textOrNull('How the body begins; null for those who may not read the journal.'),
  },
  { description: 'The request that brought the lead.' },
);

/** A line of a lead's whole story. */
export const timelineLine = shape(
  'TimelineLine',
  Type.Object(
    {
      id: Type.String(),
      at: instant('When.'),
      origin: oneOf(['activity', 'note', 'request'], 'What it is of.'),
      kind: oneOf([...activityKindNames, 'note', 'request'], 'What happened; note and request are lines of their own.'),
      title: Type.String({ description: 'What happened, in a few words.' }),
      text: textOrNull('What was written: the note, or what was said in a call.'),
      reason: textOrNull('Why, in a sentence.'),
      actor: Type.String({ description: "Who did it: a member's or a token's name, or System." }),
      due_at: instantOrNull('When what was planned is due.'),
      talk_seconds: Type.Unsafe<number | null>({ type: ['integer', 'null'], description: 'How long a call took.' }),
      changes: Type.Array(shownChange, { description: 'What changed, as shown.' }),
      submission_id: textOrNull('The request that did it: /v1/submissions/{id}.'),
      note_id: textOrNull('The note, to change or to delete it.'),
      may_change: Type.Boolean({ description: 'May the one who asks change or delete this note?' }),
      edited_at: instantOrNull('When the note was last changed.'),
      request: Type.Unsafe<Static<typeof shownRequest> | null>({ anyOf: [shownRequest, { type: 'null' }] }),
    },
    { description: 'What happened with a lead: one line of its timeline.' },
  ),
);
export type TimelineLine = Static<typeof timelineLine.schema>;

/** What lines are shown with. */
export interface TimelineEye {
  referenceData: ReferenceData;
  tokens: ReadonlyMap<string, { name: string; hint: string }>;
  /** May the one who asks read requests? */
  readsJournal: boolean;
  mayChange(actor: string): boolean;
}

/** Shows one line. */
export function viewLine(row: TimelineRow, eye: TimelineEye): TimelineLine {
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

function noteOf(row: TimelineRow, eye: TimelineEye) {
  return {
    kind: 'note' as const,
    title: 'Note',
    text: row.text,
    actor: nameOf(row.actor ?? 'system', eye),
    note_id: typeId('note', row.id),
    may_change: eye.mayChange(row.actor ?? 'system'),
    edited_at: row.edited_at?.toISOString() ?? null,
  };
}

function requestOf(row: TimelineRow, eye: TimelineEye) {
  const token = row.token_id ? eye.tokens.get(row.token_id) : undefined;
  const member = eye.referenceData.get('member', row.member_id)?.name;
  const [method, path] = [row.method ?? '', row.path ?? ''];
  return {
    kind: 'request' as const,
    title: row.method === null ? 'A request that is no longer kept' : `${method} ${path}`,
    actor: member ?? token?.name ?? 'System',
    request: {
      dialect: row.dialect ?? '',
      method,
      path,
      outcome: row.outcome ?? '',
      status_code: row.status_code ?? 0,
      took_ms: row.took_ms ?? 0,
      token: token?.name ?? null,
      token_hint: token?.hint ?? null,
      body: eye.readsJournal ? excerptOf(row.body?.length ? row.body : Buffer.from(row.query ?? '')) : null,
    },
  };
}

function activityOf(row: TimelineRow, eye: TimelineEye) {
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
    actor: nameOf(row.actor ?? 'system', eye),
    due_at: textOf(detail['due_at']) ?? textOf(detail['again_at']),
    talk_seconds: typeof detail['talk_seconds'] === 'number' ? detail['talk_seconds'] : null,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function nameOf(actor: string, { referenceData, tokens }: TimelineEye): string {
  const [who = '', id = ''] = actor.split(':');
  const name = who === 'member' ? referenceData.get('member', id)?.name : tokens.get(id)?.name;
  return name ?? (who === 'system' ? 'System' : who === 'member' ? 'A former member' : 'A token');
}
