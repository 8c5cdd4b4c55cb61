import { isUtf8 } from 'node:buffer';
import Type, { type Static } from 'typebox';
import { listOf } from '../http/list.ts';
import { instant, instantOrNull, numberOrNull, oneOf, textOrNull, viewShape, wholeOrNull } from '../http/shapes.ts';
import { isReplayable, outcomes } from '../intake/result.ts';
import { typeId } from '../platform/ids.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { bodyKind, type Sent } from './locate-value.ts';
import type { Submission, SubmissionLine, SubmissionNames } from './submission.ts';
import { errorsOf } from './submission-errors.ts';
import type { Replay } from './submission-store.ts';
import { detailOf } from './submission-words.ts';
import { valueInError } from './value-in-error.ts';

const problem = Type.Unsafe<object | null>({
  type: ['object', 'null'],
  additionalProperties: true,
  description: 'Why it was refused: the kind of problem and its errors.',
});

const line = {
  id: Type.String(),
  dialect: Type.String({ description: 'The API it was made through; native for this one.' }),
  outcome: oneOf(outcomes, 'Outcome, replays included.'),
  status_code: Type.Integer({ description: 'Status code of the response.' }),
  detail: Type.String({ description: 'Short summary of the outcome: the lead, or what is wrong.' }),
  lead_id: textOrNull('The resulting lead.'),
  lead_name: textOrNull('Name of that lead.'),
  received_at: instant('When it was received.'),
  method: Type.String(),
  path: Type.String({ description: 'Path; secrets are replaced by [redacted].' }),
  command: textOrNull('What was requested; null if the request could not be read.'),
  problem,
  token_id: textOrNull('The token it was made with.'),
  token_name: textOrNull('Name of that token.'),
  token_hint: textOrNull('The first characters of that token.'),
  member_id: textOrNull('The member who was signed in.'),
  member_name: textOrNull('Name of that member.'),
  duration_ms: Type.Number({ description: 'Duration in milliseconds.' }),
  replayed: Type.Boolean({ description: 'Whether it has been replayed.' }),
  dismissed_at: instantOrNull('When it was dismissed.'),
  removed_at: instantOrNull('When its contents were removed; null if they are still stored.'),
  removed_because: Type.Unsafe<'retention' | 'erasure' | null>({
    type: ['string', 'null'],
    enum: ['retention', 'erasure', null],
    description: 'Why its contents were removed: their retention period ended, or a person was erased.',
  }),
};

const submissionView = viewShape('SubmissionView', 'A received request and its outcome.', line);

export const submissionList = viewShape('SubmissionList', 'Requests, newest first.', {
  ...listOf(submissionView.ref, '').properties,
  searched_to: instantOrNull('The search stopped here; next_cursor continues it. null if everything was searched.'),
});

const errorView = Type.Object(
  {
    field: Type.String({
      description: 'The field in error, as named in the request; empty for the request as a whole.',
    }),
    code: Type.String({ description: 'Code of the rule that was broken.' }),
    rule: Type.String({ description: 'The error as a sentence.' }),
    value: textOrNull('The value that was sent; null if there was none.'),
    part: Type.Unsafe<'body' | 'query' | null>({ type: ['string', 'null'], enum: ['body', 'query', null] }),
    start: numberOrNull('Where the value begins, as an offset in that part.'),
    end: numberOrNull('Where the value ends, as an offset in that part.'),
    suggestion: textOrNull('A value that may have been meant.'),
    known_values: Type.Array(Type.String(), { description: 'Known values for the field, if there is a list of them.' }),
    can_add_rule: Type.Boolean({
      description: 'Whether a reading rule can be created for the value. See POST /v1/reading-rules.',
    }),
  },
  { description: 'An error in the request.' },
);

const replayView = Type.Object({
  id: Type.String(),
  at: instant('When it was replayed.'),
  actor: Type.String({ description: 'Who replayed it.' }),
  actor_name: textOrNull('Name of the member, if it was a member.'),
  outcome: oneOf(outcomes, 'Outcome of the replay.'),
  status_code: Type.Integer(),
  answer: Type.String(),
  problem,
  lead_id: textOrNull('The resulting lead.'),
  edited_body: textOrNull('The corrected body; null if it was unchanged.'),
  edited_query: textOrNull('The corrected query string; null if it was unchanged.'),
});

export const submissionDetail = viewShape('SubmissionDetail', 'A request with its response and replays.', {
  ...line,
  address: Type.String({ description: 'IP address it came from.' }),
  request: Type.Object(
    {
      method: Type.String(),
      path: Type.String(),
      query: Type.String(),
      headers: Type.Object({}, { additionalProperties: true }),
      body: textOrNull('Body as sent, with secrets replaced; null if withheld (sign-in) or not UTF-8.'),
      body_base64: Type.Optional(Type.String({ description: 'Body in base64, if it is not UTF-8.' })),
      body_bytes: wholeOrNull('Size of the body, if it has been removed.'),
      body_sha256: textOrNull('SHA-256 of the body in hex, if it has been removed.'),
      body_kind: oneOf(['none', 'json', 'form', 'other'], 'Format of the body.'),
    },
    { description: 'The request as received, with secrets replaced by [redacted].' },
  ),
  answer: Type.String({ description: 'Body of the response; only the beginning if it is long.' }),
  answer_bytes: Type.Integer(),
  errors: Type.Array(errorView, { description: 'The errors, with their position in the request.' }),
  replayable: Type.Boolean({ description: 'Whether it can be replayed. A request that was accepted cannot.' }),
  replays: Type.Array(replayView, { description: 'Its replays.' }),
});

export function viewSubmission(
  submission: SubmissionLine & SubmissionNames & Sent,
  referenceData: ReferenceData,
): Static<typeof submissionView.schema> {
  const { id, dialect, outcome, status_code, lead_id, lead_name, received_at, method, path, command } = submission;
  return {
    id,
    dialect,
    outcome,
    status_code,
    detail: detailOf(submission, valueInError(submission.problem, submission)),
    lead_id: lead_id && typeId('lead', lead_id),
    lead_name,
    received_at: received_at.toISOString(),
    method,
    path,
    command,
    problem: submission.problem,
    token_id: submission.token_id,
    token_name: submission.token_name,
    token_hint: submission.token_hint,
    member_id: submission.member_id,
    member_name: referenceData.get('member', submission.member_id)?.name ?? null,
    duration_ms: submission.took_ms,
    replayed: submission.replayed,
    dismissed_at: submission.dismissed_at?.toISOString() ?? null,
    removed_at: submission.removed_at?.toISOString() ?? null,
    removed_because: submission.removed_because,
  };
}

export function viewSubmissionDetail(
  submission: Submission & SubmissionNames,
  replays: readonly Replay[],
  referenceData: ReferenceData,
): Static<typeof submissionDetail.schema> {
  const { method, path, query, headers, outcome } = submission;
  return {
    ...viewSubmission(submission, referenceData),
    address: submission.address,
    request: { method, path, query, headers, ...bodyOf(submission), body_kind: bodyKind(submission) },
    answer: submission.answer,
    answer_bytes: submission.answer_bytes,
    errors: errorsOf(submission.problem, submission, referenceData),
    replayable: isReplayable(outcome) && submission.removed_at === null,
    replays: replays.map(({ edited_body, ...replay }) => ({
      ...replay,
      at: replay.at.toISOString(),
      actor_name: referenceData.get('member', replay.actor.replace(/^member:/, ''))?.name ?? null,
      lead_id: replay.lead_id && typeId('lead', replay.lead_id),
      edited_body: edited_body?.toString('utf8') ?? null,
    })),
  };
}

function bodyOf({ body, body_bytes, body_sha256 }: Submission) {
  const removed = { body_bytes, body_sha256: body_sha256?.toString('hex') ?? null };
  if (body === null) return { body, ...removed };
  return isUtf8(body)
    ? { body: body.toString('utf8'), ...removed }
    : { body: null, body_base64: body.toString('base64'), ...removed };
}
