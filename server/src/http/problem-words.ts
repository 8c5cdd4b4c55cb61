import type { ConflictCode, Problem } from '../platform/problem.ts';
import type { WireReply } from '../platform/wire.ts';
import { issueSentence } from './issue-words.ts';
import type { ApiProblem } from './refused.ts';

/** The response to one kind of problem. `type` is the last segment of its relative URI and must never change. */
interface ProblemWords {
  status: number;
  type: string;
  title: string;
  detail?: string;
  headers?: Record<string, string>;
}

type Words = { readonly [K in ApiProblem['kind']]: (problem: Extract<ApiProblem, { kind: K }>) => ProblemWords };

const unauthenticated: { readonly [R in Extract<Problem, { kind: 'unauthenticated' }>['reason']]: string } = {
  missing: 'Send the token of this API as "Authorization: Bearer <token>".',
  ambiguous: 'Send one token only, and only once.',
  unknown: 'This token is not valid for this API.',
  revoked: 'This token was revoked.',
  expired: 'This token has expired.',
  wrong_password: 'The name or the password is wrong.',
};

const conflicts: { readonly [C in Extract<Problem, { kind: 'conflict' }>['code']]: string } = {
  duplicate_lead:
    "A lead with this phone number or email address already exists, and the token's policy is to refuse it.",
  already_processed: 'It has already been processed and can no longer be undone.',
  lead_closed: 'The lead is closed.',
  idempotency_mismatch: 'This Idempotency-Key was already used with a different request.',
  in_flight: 'The same request is still being processed.',
  already_replayed: 'This request was already accepted and cannot be replayed.',
  contents_removed: 'The contents of this request were removed, so it cannot be replayed.',
  several_people:
    'Leads with different email addresses have this phone number. Also give the email address or the lead, to say which person is meant.',
  changed_since: 'It has changed since you read it. Read it again before you update it.',
  claim_lost: 'You do not hold this claim, or it has expired.',
  in_use: 'It is in use.',
};

const notSignedIn: { readonly [C in Extract<ApiProblem, { kind: 'not_signed_in' }>['code']]: string } = {
  wrong_password: 'The login or the password is wrong.',
  code_needed: 'A code from the authenticator app, or a recovery code, is required.',
  wrong_code: 'This code is wrong or was already used.',
};

/** Conflicts with a status other than 409. */
const conflictStatus: { readonly [C in ConflictCode]?: number } = { idempotency_mismatch: 422, changed_since: 412 };

const words: Words = {
  malformed: ({ detail }) => ({ status: 400, type: 'malformed', title: 'The request is malformed.', detail }),
  invalid: ({ issues }) => ({
    status: 422,
    type: 'invalid',
    title: 'The request has invalid values.',
    detail: issues.map(issueSentence).join(' '),
  }),
  unauthenticated: ({ reason }) => ({
    status: 401,
    type: 'unauthenticated',
    title: 'A valid token is required.',
    detail: unauthenticated[reason],
    headers: { 'www-authenticate': reason === 'missing' ? realm : `${realm}, error="invalid_token"` },
  }),
  forbidden: ({ detail }) => ({
    status: 403,
    type: 'forbidden',
    title: 'This is not allowed.',
    detail,
    headers: { 'www-authenticate': `${realm}, error="insufficient_scope"` },
  }),
  not_found: ({ what }) => ({
    status: 404,
    type: 'not_found',
    title: what === 'path' ? 'Not found.' : `There is no such ${what}.`,
  }),
  method_not_allowed: ({ allowed }) => ({
    status: 405,
    type: 'method_not_allowed',
    title: 'Method not allowed.',
    detail: `This path supports ${allowed.join(', ')}.`,
    headers: { allow: allowed.join(', ') },
  }),
  conflict: ({ code }) => ({
    status: conflictStatus[code] ?? 409,
    type: code,
    title: 'The request conflicts with the current state.',
    detail: conflicts[code],
  }),
  own_conflict: ({ code, detail }) => ({
    status: 409,
    type: code,
    title: 'The request conflicts with the current state.',
    detail,
  }),
  too_large: ({ limitBytes }) => ({
    status: 413,
    type: 'too_large',
    title: 'The body is too large.',
    detail: `The limit is ${limitBytes} bytes.`,
  }),
  unsupported_media: ({ detail }) => ({
    status: 415,
    type: 'unsupported_media',
    title: 'This media type is not supported.',
    detail: `Send application/json without Content-Encoding. Sent: ${detail}.`,
  }),
  not_signed_in: ({ code }) => ({
    status: 401,
    type: code,
    title: 'You are not signed in.',
    detail: notSignedIn[code],
    headers: { 'www-authenticate': realm },
  }),
  link_ended: () => ({
    status: 410,
    type: 'link_ended',
    title: 'This link no longer works.',
    detail: 'It was already used, was replaced by a newer one, or has expired.',
  }),
  rate_limited: ({ retryAfterSeconds }) => ({
    status: 429,
    type: 'rate_limited',
    title: 'Too many requests.',
    detail: `Try again in ${retryAfterSeconds < 120 ? `${retryAfterSeconds} seconds` : `${Math.ceil(retryAfterSeconds / 60)} minutes`}.`,
    headers: { 'retry-after': String(retryAfterSeconds) },
  }),
  unavailable: ({ retryAfterSeconds }) => ({
    status: 503,
    type: 'unavailable',
    title: 'The server is temporarily unavailable.',
    detail: 'Nothing was stored. Try again later.',
    headers: { 'retry-after': String(retryAfterSeconds) },
  }),
  internal: () => ({ status: 500, type: 'internal', title: 'Something went wrong on the server.' }),
};

const realm = 'Bearer realm="Leadwell"';

/** Converts a problem to an RFC 9457 response, with an entry in `errors` for each invalid value. */
export function wordProblem(problem: ApiProblem, instance?: string): WireReply {
  const say = words[problem.kind] as (problem: ApiProblem) => ProblemWords;
  const { status, type, title, detail, headers } = say(problem);
  const errors =
    problem.kind === 'invalid'
      ? problem.issues.map((issue) => ({ field: issue.at, code: issue.code, detail: issueSentence(issue) }))
      : [];
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
    body: {
      type: `/problems/${type}`,
      title,
      status,
      ...(detail && { detail }),
      ...(instance && { instance }),
      errors,
    },
  };
}
