import { isUtf8 } from 'node:buffer';
import Type, { type Static } from 'typebox';
import { instant, oneOf, shape, textOrNull } from '../platform/http/shapes.ts';
import { typeId } from '../platform/ids.ts';
import { outcomes } from './result.ts';
import type { Submission, SubmissionLine } from './submission.ts';
import type { Replay } from './submission-store.ts';

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
  lead_id: textOrNull('The lead it led to.'),
  received_at: instant('When it came.'),
  method: Type.String(),
  path: Type.String({ description: 'Secrets are replaced by [redacted].' }),
  command: textOrNull('What it asked for; null when it could not be read.'),
  problem,
  token_id: textOrNull('The token it came with.'),
  member_id: textOrNull('The member who was signed in.'),
  took_ms: Type.Number({ description: 'How long it took, in ms.' }),
};

/** A request in the journal's list. */
export const submissionView = shape(
  'SubmissionView',
  Type.Object(line, { description: 'A request that was received, and how it ended.' }),
);

const replayView = Type.Object({
  id: Type.String(),
  at: instant('When it was tried again.'),
  actor: Type.String({ description: 'By whom.' }),
  outcome: oneOf(outcomes, 'How it ended this time.'),
  status_code: Type.Integer(),
  answer: Type.String(),
  problem,
  lead_id: textOrNull('The lead it led to.'),
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
        },
        { description: 'The request as it came, secrets replaced by [redacted].' },
      ),
      answer: Type.String({ description: 'The body of the answer that its sender got; of a long one the beginning.' }),
      answer_bytes: Type.Integer(),
      replays: Type.Array(replayView, { description: 'When it was tried again.' }),
    },
    { description: 'A request with its answer and replays.' },
  ),
);

export function viewSubmission(submission: SubmissionLine): Static<typeof submissionView.schema> {
  const { id, dialect, outcome, status_code, lead_id, received_at, method, path, command } = submission;
  return {
    id,
    dialect,
    outcome,
    status_code,
    lead_id: lead_id && typeId('lead', lead_id),
    received_at: received_at.toISOString(),
    method,
    path,
    command,
    problem: submission.problem,
    token_id: submission.token_id,
    member_id: submission.member_id,
    took_ms: submission.took_ms,
  };
}

export function viewSubmissionPage(
  submission: Submission,
  replays: readonly Replay[],
): Static<typeof submissionPage.schema> {
  const { method, path, query, headers } = submission;
  return {
    ...viewSubmission(submission),
    address: submission.address,
    request: { method, path, query, headers, ...bodyOf(submission.body) },
    answer: submission.answer,
    answer_bytes: submission.answer_bytes,
    replays: replays.map((replay) => ({
      ...replay,
      at: replay.at.toISOString(),
      lead_id: replay.lead_id && typeId('lead', replay.lead_id),
    })),
  };
}

function bodyOf(body: Buffer | null): { body: string | null; body_base64?: string } {
  if (body === null) return { body };
  return isUtf8(body) ? { body: body.toString('utf8') } : { body: null, body_base64: body.toString('base64') };
}
