import type { Problem, WireReply } from '../dialect.ts';
import { codes } from './codes.ts';
import { errorReply } from './envelope.ts';
import { describeIssues, firstCode } from './issue-messages.ts';

type Unauthenticated = Extract<Problem, { kind: 'unauthenticated' }>['reason'];
type Conflict = Extract<Problem, { kind: 'conflict' }>['code'];

const LATER = 'Send the request again later.';

/**
 * Turns a problem into CRM.COM's error reply: HTTP 200 with a code other than `OK`. Only problems that say nothing
 * about the request itself have another status: an unknown path, too many requests, and server errors.
 */
export function refuse(problem: Problem): WireReply {
  switch (problem.kind) {
    case 'invalid':
      return errorReply(firstCode(problem.issues), describeIssues(problem.issues), 'The request was not carried out.');
    case 'unauthenticated':
      return refuseToken(problem.reason);
    case 'not_found':
      return problem.what === 'path' ? unknownMethod() : unknownLead();
    case 'conflict':
      return refuseConflict(problem.code);
    case 'forbidden':
      return errorReply(codes.notAllowed, 'The token does not allow this.', problem.detail);
    case 'rate_limited':
      return errorReply(codes.tooManyRequests, 'There were too many requests.', LATER, 429);
    case 'unavailable':
      return errorReply(codes.unavailable, 'The service is temporarily unavailable.', LATER, 503);
    case 'internal':
      return errorReply(codes.internal, 'The server could not complete the request.', 'You can send it again.', 500);
    default:
      return refuseRequest(problem);
  }
}

/** Like `refuse`, for the two sign-in methods, which take credentials instead of a token. */
export function refuseSignIn(problem: Problem): WireReply {
  if (problem.kind !== 'invalid') return refuse(problem);
  const code = firstCode(problem.issues) === codes.fieldMissing ? codes.signInFieldMissing : codes.signInFieldInvalid;
  return errorReply(code, describeIssues(problem.issues), 'No token was given.');
}

export function refuseKeySignIn(problem: Problem): WireReply {
  if (problem.kind !== 'unauthenticated') return refuseSignIn(problem);
  const where = 'The key is the user name of HTTP Basic authentication; the password is left empty.';
  return problem.reason === 'missing'
    ? errorReply(codes.keyMissing, 'The web API key is mandatory.', where)
    : errorReply(codes.keyUnknown, 'The web API key is not valid.', where);
}

const tokenWords: Readonly<Record<Unauthenticated, readonly [code: string, message: string]>> = {
  missing: [codes.tokenMissing, 'token is mandatory.'],
  ambiguous: [codes.tokenUnknown, 'More than one token was given.'],
  unknown: [codes.tokenUnknown, 'The token is not valid.'],
  revoked: [codes.tokenReleased, 'The token was released.'],
  expired: [codes.tokenExpired, 'The token has expired.'],
  wrong_password: [codes.wrongPassword, 'The username, password or organisation is not correct.'],
};

function refuseToken(reason: Unauthenticated): WireReply {
  const [code, message] = tokenWords[reason];
  const advice = reason === 'wrong_password' ? 'No token was given.' : 'authentication/token gives a new token.';
  return errorReply(code, message, advice);
}

function refuseConflict(conflict: Conflict): WireReply {
  if (conflict === 'lead_closed')
    return errorReply(codes.leadClosed, 'The lead is Won or Lost and can not be changed.', 'See lead_identifier.');
  if (conflict === 'duplicate_lead')
    return errorReply(
      codes.leadExists,
      'There is a lead with this contact_phone or contact_email.',
      'No lead was created.',
    );
  return errorReply(codes.conflict, 'The request is in conflict with an earlier one.', conflict);
}

function unknownMethod(): WireReply {
  return errorReply(codes.methodUnknown, 'There is no such method.', 'The path is not known.', 404);
}

function unknownLead(): WireReply {
  return errorReply(codes.leadNotFound, 'lead_identifier does not identify a lead.', 'The lead was not found.');
}

type OfRequest = Extract<Problem, { kind: 'malformed' | 'too_large' | 'unsupported_media' | 'method_not_allowed' }>;

function refuseRequest(problem: OfRequest): WireReply {
  switch (problem.kind) {
    case 'malformed':
      return errorReply(codes.malformed, 'The request could not be read as JSON.', problem.detail);
    case 'unsupported_media':
      return errorReply(codes.malformed, 'The body could not be read.', problem.detail);
    case 'too_large':
      return errorReply(
        codes.tooLarge,
        `The body is larger than ${problem.limitBytes} bytes.`,
        'Nothing was kept of it.',
      );
    case 'method_not_allowed':
      return errorReply(
        codes.httpMethod,
        `The HTTP method must be ${problem.allowed.join(' or ')}.`,
        'The path is known.',
      );
  }
}
