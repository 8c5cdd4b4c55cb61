import type { Issue, IssueCode, Problem, WireReply } from '../dialect.ts';

type ErrorType = 'invalid_request_error' | 'authentication_error' | 'rate_limit_error' | 'api_error';

/** Turns a problem into `{"error": {type, message, param, code}}`, a format of ours: the vendor documents no errors. */
export function refuse(problem: Problem): WireReply {
  switch (problem.kind) {
    case 'invalid':
      return refuseParameter(problem.issues[0]);
    case 'malformed':
      return wrong(400, 'The request body could not be read: it is not valid JSON or form data.', 'body_invalid');
    case 'unauthenticated':
      return {
        ...error(401, 'authentication_error', ...keyProblems[problem.reason]),
        headers: { 'www-authenticate': 'Bearer' },
      };
    case 'forbidden':
      return error(403, 'authentication_error', 'This API key may not do this.', 'api_key_not_permitted');
    case 'not_found':
      return problem.what === 'path'
        ? wrong(404, 'Unrecognized request URL. Please see the API reference.', 'url_unknown')
        : wrong(404, 'No such lead.', 'resource_missing', 'id');
    case 'method_not_allowed':
      return wrong(405, `This URL can only handle ${problem.allowed.join(', ')}.`, 'method_not_allowed');
    case 'conflict':
      return problem.code === 'duplicate_lead'
        ? wrong(409, 'A lead with this phone or e-mail exists already.', problem.code)
        : wrong(409, 'The request conflicts with the state of the lead.', problem.code);
    case 'too_large':
      return wrong(413, `The request is larger than ${problem.limitBytes} bytes.`, 'request_too_large');
    case 'unsupported_media':
      return wrong(415, 'Send JSON or a form in UTF-8, not compressed.', 'media_type_unsupported');
    case 'rate_limited':
      return error(429, 'rate_limit_error', 'Too many requests. Please try again later.', null);
    case 'unavailable':
      return error(503, 'api_error', 'The service is busy. Please try again later.', null);
    case 'internal':
      return error(500, 'api_error', 'Something went wrong on our side.', null);
  }
}

type Reason = Extract<Problem, { kind: 'unauthenticated' }>['reason'];

const keyProblems: Readonly<Record<Reason, readonly [message: string, code: string]>> = {
  missing: ['You did not provide an API key. Send it in the Authorization header: Bearer YOUR_KEY.', 'api_key_missing'],
  ambiguous: ['You provided more than one API key.', 'api_key_invalid'],
  unknown: ['Invalid API key provided.', 'api_key_invalid'],
  wrong_password: ['Invalid API key provided.', 'api_key_invalid'],
  revoked: ['This API key has been revoked.', 'api_key_revoked'],
  expired: ['This API key has expired.', 'api_key_expired'],
};

/** Reports the first failing parameter, with its documented type. */
function refuseParameter(issue: Issue | undefined): WireReply {
  if (!issue || issue.code === 'not_object')
    return wrong(400, 'The request body must be a JSON object.', 'body_invalid');
  const words = issueWords[issue.code];
  if (!words) return wrong(400, `Invalid value: ${issue.at}.`, 'parameter_invalid', issue.at);
  return wrong(400, words.message(issue), words.code, issue.at);
}

const issueWords: Readonly<Partial<Record<IssueCode, { code: string; message(issue: Issue): string }>>> = {
  required: { code: 'parameter_missing', message: ({ at }) => `Missing parameter: ${at}.` },
  not_text: { code: 'parameter_invalid_string', message: ({ at }) => `Invalid string: ${at} must be a string.` },
  not_number: { code: 'parameter_invalid_number', message: ({ at }) => `Invalid number: ${at} must be a number.` },
  not_boolean: {
    code: 'parameter_invalid_boolean',
    message: ({ at }) => `Invalid boolean: ${at} must be true or false.`,
  },
  not_integer: {
    code: 'parameter_invalid_integer',
    message: ({ at }) => `Invalid integer: ${at} must be a whole number.`,
  },
  too_long: {
    code: 'parameter_too_long',
    message: ({ at, limits }) => `Invalid string: ${at} must be at most ${limits?.max} characters.`,
  },
  too_small: {
    code: 'parameter_too_small',
    message: ({ at, limits }) => `Invalid number: ${at} must be at least ${limits?.min}.`,
  },
  too_big: {
    code: 'parameter_too_big',
    message: ({ at, limits }) => `Invalid number: ${at} must be at most ${limits?.max}.`,
  },
};

function wrong(status: number, message: string, code: string, param: string | null = null): WireReply {
  return error(status, 'invalid_request_error', message, code, param);
}

function error(
  status: number,
  type: ErrorType,
  message: string,
  code: string | null,
  param: string | null = null,
): WireReply {
  return { status, body: { error: { type, message, param, code } } };
}
