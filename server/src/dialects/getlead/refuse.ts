import type { Problem, WireReply } from '../dialect.ts';

/** The vendor's status word: `fail` on gl-website-contacts and `error` everywhere else. */
export type ErrorStatus = 'fail' | 'error';

const CHECK_PARAMETERS = 'Please check the parameters.';
const BAD_MOBILE = 'The mobileno must be between 8 and 14 digits.';
const UNKNOWN_LEAD = 'Enquiry Not Found.';

/** A success reply, `{status, message}`; every endpoint has its own message. */
export function success(message: string): WireReply {
  return { status: 200, body: { status: 'success', message } };
}

/**
 * Turns a problem into the vendor's error reply. Client errors get status 200, because existing clients read the body
 * but give up on other statuses. The vendor documents three messages; all others, and the statuses, are ours.
 */
export function refuseWith(status: ErrorStatus, problem: Problem): WireReply {
  const reply = (code: number, message: string): WireReply => ({ status: code, body: { status, message } });
  switch (problem.kind) {
    case 'malformed':
    case 'unauthenticated':
    case 'forbidden':
    case 'conflict':
    case 'unsupported_media':
      return reply(200, CHECK_PARAMETERS);
    case 'invalid':
      return reply(200, isBadMobile(problem) ? BAD_MOBILE : CHECK_PARAMETERS);
    case 'not_found':
      return problem.what === 'path' ? reply(404, 'The page was not found.') : reply(200, UNKNOWN_LEAD);
    case 'method_not_allowed':
      return reply(405, 'This method is not supported.');
    case 'too_large':
      return reply(413, 'The request is too large.');
    case 'rate_limited':
      return reply(429, 'Too many requests.');
    case 'unavailable':
      return reply(503, 'The server is not available, please try again.');
    case 'internal':
      return reply(500, 'Server error.');
  }
}

/** For endpoints that document only one error: an unknown lead counts as a wrong parameter. */
export function refuseUnknownLead(problem: Problem): WireReply {
  const hidden = problem.kind === 'not_found' && problem.what !== 'path';
  return refuseWith('error', hidden ? { kind: 'invalid', issues: [] } : problem);
}

/** The message about digits is used only when nothing else is wrong. */
function isBadMobile({ issues }: Extract<Problem, { kind: 'invalid' }>): boolean {
  return issues.length > 0 && issues.every((issue) => issue.code === 'bad_digits');
}
