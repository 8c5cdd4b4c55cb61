import type { Problem, WireReply } from '../dialect.ts';

/** Turns a problem into the vendor's error reply. Only 400 and 401 are documented; the others have the same shape. */
export function refuse(problem: Problem): WireReply {
  switch (problem.kind) {
    case 'malformed':
    case 'invalid':
    case 'unsupported_media':
      return reply(400, 'Invalid request data');
    case 'unauthenticated':
      return reply(401, 'Unauthorized');
    case 'forbidden':
      return reply(403, 'Forbidden');
    case 'not_found':
      return reply(404, 'Not found');
    case 'method_not_allowed':
      return reply(405, 'Method not allowed', { allow: problem.allowed.join(', ') });
    case 'conflict':
      return reply(409, problem.code === 'duplicate_lead' ? 'Lead already exists' : 'Conflict');
    case 'too_large':
      return reply(413, 'Request too large');
    case 'rate_limited':
      return reply(429, 'Too many requests', retryAfter(problem));
    case 'unavailable':
      return reply(503, 'Service unavailable', retryAfter(problem));
    case 'internal':
      return reply(500, 'Internal server error');
  }
}

function reply(status: number, message: string, headers?: WireReply['headers']): WireReply {
  return { status, ...(headers && { headers }), body: { success: false, message } };
}

function retryAfter({ retryAfterSeconds }: { retryAfterSeconds: number }): WireReply['headers'] {
  return { 'retry-after': String(retryAfterSeconds) };
}
