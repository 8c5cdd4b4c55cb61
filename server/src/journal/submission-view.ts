import { isUtf8 } from 'node:buffer';
import Type, { type Static } from 'typebox';
import { listOf } from '../http/list.ts';
import { instant, instantOrNull, numberOrNull, oneOf, shape, textOrNull } from '../http/shapes.ts';
import { isReplayable, outcomes } from '../intake/result.ts';
import { typeId } from '../platform/ids.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { bodyKind, type Sent } from './locate-value.ts';
import type { Submission, SubmissionLine, SubmissionNames } from './submission.ts';
import { faultsOf } from './submission-errors.ts';
import type { Replay } from './submission-store.ts';
import { detailOf } from './submission-words.ts';
import { valueAtFault } from './value-in-error.ts';

const problem = Type.Unsafe<object | null>({
  type: ['object', 'null'],
  additionalProperties: true,
  description: 'Why it was refused: its kind, and the values at fault.',
});

const line = {
  id: Type.String(),
  dialect: Type.String({ description: 'The API it came by; native for this one.' }),
  outcome: oneOf(outcomes, 'How it ended, replays included.'),
  status_code: Type.Integer({ description: 'What its sender was told.' }),
  detail: Type.String({ description: 'What came of it in few words: the lead, or what is wrong.' }),
  lead_id: textOrNull('The lead it led to.'),
  lead_name: textOrNull('The name of that lead.'),
  received_at: instant('When it came.'),
  method: Type.String(),
  path: Type.String({ description: 'Secrets are replaced by [redacted].' }),
  command: textOrNull('What it asked for; null when it could not be read.'),
  problem,
  token_id: textOrNull('The token it came with.'),
  token_name: textOrNull('The name of that token.'),
  token_hint: textOrNull('The first characters of that token.'),
  member_id: textOrNull('The member who was signed in.'),
  member_name: textOrNull('The name of that member.'),
  took_ms: Type.Number({ description: 'How long it took, in ms.' }),
  replayed: Type.Boolean({ description: 'Was it tried again?' }),
  dismissed_at: instantOrNull('When it was put aside by hand.'),
};

/** A request in the journal's list. */
const submissionView = shape(
  'SubmissionView',
  Type.Object(line, { description: 'A request that was received, and how it ended.' }),
);

/** What GET /v1/submissions answers. */
export const submissionList = shape(
  'SubmissionList',
  Type.Object(
    {
      ...listOf(submissionView.ref, '').properties,
      searched_to: instantOrNull(
        'The search ended here, and may be taken further by next_cursor; null: it did not end.',
      ),
    },
    { description: 'Requests, newest first.' },
  ),
);

const faultView = Type.Object(
  {
    field: Type.String({ description: 'The value at fault, in the words of the request; empty: the whole.' }),
    code: Type.String({ description: 'The rule that it breaks.' }),
    rule: Type.String({ description: 'The same as a sentence.' }),
    found: textOrNull('What was sent there; null: nothing.'),
    part: Type.Unsafe<'body' | 'query' | null>({ type: ['string', 'null'], enum: ['body', 'query', null] }),
    start: numberOrNull('Where it begins in the text of that part.'),
    end: numberOrNull('Where it ends in the text of that part.'),
    suggestion: textOrNull('What may have been meant.'),
    words: Type.Array(Type.String(), { description: 'The words that are known there, as far as they are.' }),
    teachable: Type.Boolean({ description: 'May a rule say what is meant by it? See POST /v1/reading-rules.' }),
  },
  { description: 'A value at fault.' },
);

const replayView = Type.Object({
  id: Type.String(),
  at: instant('When it was tried again.'),
  actor: Type.String({ description: 'By whom.' }),
  actor_name: textOrNull('The name of that member.'),
  outcome: oneOf(outcomes, 'How it ended this time.'),
  status_code: Type.Integer(),
  answer: Type.String(),
  problem,
  lead_id: textOrNull('The lead it led to.'),
  edited_body: textOrNull('The body as it was mended; null: as it was sent.'),
  edited_query: textOrNull('The query as it was mended; null: as it was sent.'),
});

/** A request with all that is kept of it. */
export const submissionPage = shape(
  'SubmissionPage',
  Type.Object(
    {
      ...line,
      address: Type.String({ description: 'Where it came from.' }),
      request: Type.Object(
        {
          method: Type.String(),
          path: Type.String(),
          query: Type.String(),
          headers: Type.Object({}, { additionalProperties: true }),
          body: textOrNull('As sent, secrets replaced; null when withheld (sign-in) or when it is not UTF-8.'),
          body_base64: Type.Optional(Type.String({ description: 'The body when it is not UTF-8.' })),
          body_kind: oneOf(['none', 'json', 'form', 'other'], 'How the body is written.'),
        },
        { description: 'The request as it came, secrets replaced by [redacted].' },
      ),
      answer: Type.String({ description: 'The body of the answer that its sender got; of a long one the beginning.' }),
      answer_bytes: Type.Integer(),
      faults: Type.Array(faultView, { description: 'The values at fault.' }),
      replayable: Type.Boolean({ description: 'May it be tried again? What was taken once is not taken twice.' }),
      replays: Type.Array(replayView, { description: 'When it was tried again.' }),
    },
    { description: 'A request with its answer and replays.' },
  ),
);

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
    detail: detailOf(submission, valueAtFault(submission.problem, submission)),
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
    took_ms: submission.took_ms,
    replayed: submission.replayed,
    dismissed_at: submission.dismissed_at?.toISOString() ?? null,
  };
}

export function viewSubmissionPage(
  submission: Submission & SubmissionNames,
  replays: readonly Replay[],
  referenceData: ReferenceData,
): Static<typeof submissionPage.schema> {
  const { method, path, query, headers, outcome } = submission;
  return {
    ...viewSubmission(submission, referenceData),
    address: submission.address,
    request: { method, path, query, headers, ...bodyOf(submission.body), body_kind: bodyKind(submission) },
    answer: submission.answer,
    answer_bytes: submission.answer_bytes,
    faults: faultsOf(submission.problem, submission, referenceData),
    replayable: isReplayable(outcome),
    replays: replays.map(({ edited_body, ...replay }) => ({
      ...replay,
      at: replay.at.toISOString(),
      actor_name: referenceData.get('member', replay.actor.replace(/^member:/, ''))?.name ?? null,
      lead_id: replay.lead_id && typeId('lead', replay.lead_id),
      edited_body: edited_body?.toString('utf8') ?? null,
    })),
  };
}

function bodyOf(body: Buffer | null): { body: string | null; body_base64?: string } {
  if (body === null) return { body };
  return isUtf8(body) ? { body: body.toString('utf8') } : { body: null, body_base64: body.toString('base64') };
}
