import type { Problem, WireReply } from '../dialect.ts';

/** Status and message by the kind of problem. Only 400 and 401 are documented; the others have the same shape. */
const words: Readonly<Record<Problem['kind'], readonly [status: number, message: string]>> = {
  malformed: [400, 'Invalid request data'],
  invalid: [400, 'Invalid request data'],
  unsupported_media: [400, 'Invalid request data'],
  unauthenticated: [401, 'Unauthorized'],
  forbidden: [403, 'Forbidden'],
  not_found: [404, 'Not found'],
  method_not_allowed: [405, 'Method not allowed'],
  conflict: [409, 'Conflict'],
  too_large: [413, 'Request too large'],
  rate_limited: [429, 'Too many requests'],
  unavailable: [503, 'Service unavailable'],
  internal: [500, 'Internal server error'],
};

/** Turns a problem into the vendor's error reply. */
export function refuse(problem: Problem): WireReply {
  const isKnownLead = problem.kind === 'conflict' && problem.code === 'duplicate_lead';
  const [status, message] = isKnownLead ? [409, 'Lead already exists'] : words[problem.kind];
  return { status, body: { success: false, message } };
}
