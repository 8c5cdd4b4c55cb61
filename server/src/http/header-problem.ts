import type { IncomingMessage } from 'node:http';
import type { Problem } from '../platform/problem.ts';

/** Headers that we use and of which there can be only one. Node keeps the first or joins them. */
const single = new Set([
  'host',
  'authorization',
  'x-api-key',
  'content-type',
  'idempotency-key',
  'if-match',
  'leadwell-test',
  'origin',
  'sec-fetch-site',
]);

const credentials = new Set(['authorization', 'x-api-key']);

/**
 * The reason to refuse a request whose headers can be read in two ways: a proxy may have checked another value than the
 * one used here. HTTP requires exactly one Host.
 */
export function headerProblem({ rawHeaders, headers, httpVersion }: IncomingMessage): Problem | undefined {
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    if (!single.has(name)) continue;
    if (seen.has(name)) return repeated(name);
    seen.add(name);
  }
  if (headers.host === undefined && httpVersion === '1.1')
    return { kind: 'malformed', detail: 'The Host header is missing.' };
  return undefined;
}

function repeated(name: string): Problem {
  if (credentials.has(name)) return { kind: 'unauthenticated', reason: 'ambiguous' };
  return { kind: 'malformed', detail: `The header ${name} is repeated.` };
}
