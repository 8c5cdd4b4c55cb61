import type { Problem, WireReply } from '../dialect.ts';

/** Words a problem. The vendor documents 400 and 401; the other codes and messages are ours, in the same shape. */
export function refuse(problem: Problem): WireReply {
  switch (problem.kind) {
    case 'malformed':
    case 'invalid':
    case 'unsupported_media':
      return say(400, 'Invalid request data');
    case 'unauthenticated':
      return say(401, 'Unauthorized');
    case 'forbidden':
      return say(403, 'Forbidden');
    case 'not_found':
      return say(404, 'Not found');
    case 'method_not_allowed':
      return say(405, 'Method not allowed', { allow: problem.allowed.join(', ') });
    case 'conflict':
      return say(409, problem.code === 'duplicate_lead' ? 'Lead already exists' : 'Conflict');
    case 'too_large':
      return say(413, 'Request too large');
    case 'rate_limited':
      return say(429, 'Too many requests', retryAfter(problem));
    case 'unavailable':
      return say(503, 'Service unavailable', retryAfter(problem));
    case 'internal':
      return say(500, 'Internal server error');
  }
}

function say(status: number, message: string, headers?: WireReply['headers']): WireReply {
  return { status, ...(headers && { headers }), body: { success: false, message } };
}

function retryAfter({ retryAfterSeconds }: { retryAfterSeconds: number }): WireReply['headers'] {
  return { 'retry-after': String(retryAfterSeconds) };
}
