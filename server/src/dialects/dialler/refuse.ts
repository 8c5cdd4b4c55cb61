import type { Issue, Problem, WireReply } from '../dialect.ts';
import { wireFields } from './wire.ts';

/** Reply for a known contact: the lead is stored but not called again. Also sent if the token refuses known leads. */
export const existingContact: WireReply = {
  status: 200,
  body: { saved: true, processed: false, error: 'Existing Contact' },
};

const unknownType: WireReply = { status: 200, body: { saved: true, processed: false, error: 'Unknown Type' } };

const notAllowed = 'Method Not Allowed. This URL can only handle the following request methods:';

/**
 * Turns a problem into the dialler's error reply: `{field: {"0": message}}` for fields, and Yii's exceptions for
 * everything else.
 */
export function refuse(problem: Problem): WireReply {
  switch (problem.kind) {
    case 'invalid':
      return refuseFields(problem.issues);
    case 'malformed':
      return exception(400, 'Invalid JSON data in request body: Syntax error.');
    case 'unauthenticated':
      return exception(401, 'Invalid Key');
    case 'forbidden':
      return exception(403, 'You are not allowed to perform this action.');
    case 'not_found':
      return exception(404, 'Page not found.');
    case 'method_not_allowed':
      return exception(405, `${notAllowed} ${problem.allowed.join(', ')}.`);
    case 'conflict':
      return problem.code === 'duplicate_lead' ? existingContact : exception(409, 'The lead is in use.');
    case 'too_large':
      return exception(413, `The request is larger than ${problem.limitBytes} bytes.`);
    case 'unsupported_media':
      return exception(415, 'Send plain JSON in UTF-8.');
    case 'rate_limited':
      return exception(429, 'Rate limit exceeded.');
    case 'unavailable':
      return exception(503, 'The service is busy, please try again.');
    case 'internal':
      return exception(500, 'An internal server error occurred.');
  }
}

function refuseFields(issues: readonly Issue[]): WireReply {
  if (issues.some((issue) => issue.code === 'unknown_reference')) return unknownType;
  const messages = new Map<string, string[]>();
  for (const issue of issues) messages.set(issue.at, [...(messages.get(issue.at) ?? []), sentence(issue)]);
  const body = Object.fromEntries([...messages].map(([at, texts]) => [at, Object.fromEntries(texts.entries())]));
  return { status: 400, body };
}

/** Yii's default messages; the one about `data` is from the vendor's page. */
function sentence({ at, code, limits }: Issue): string {
  const label = wireFields.get(at)?.label ?? at;
  switch (code) {
    case 'required':
      return `${label} cannot be blank.`;
    case 'not_text':
      return `${label} must be a string.`;
    case 'not_number':
      return `${label} must be a number.`;
    case 'bad_email':
      return `${label} is not a valid email address.`;
    case 'bad_json':
      return `Empty or invalid content of \`${at}\` field`;
    case 'too_small':
      return `${label} must be no less than ${limits?.min ?? 0}.`;
    case 'too_big':
      return `${label} must be no greater than ${limits?.max ?? 0}.`;
    case 'too_long':
      return `${label} should contain at most ${(limits?.max ?? 0).toLocaleString('en-US')} characters.`;
    default:
      return `${label} is invalid.`;
  }
}

const exceptionNames: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

function exception(status: number, message: string): WireReply {
  return { status, body: { name: exceptionNames[status] ?? 'Error', message, code: 0, status } };
}
