import { redactBody } from './redact-body.ts';
import { redactPairs } from './redact-names.ts';
import { redactSecrets, type SecretFinder, secretFinder } from './redact-secrets.ts';
import { secretNames } from './secret-names.ts';

/** The parts of a request that may hold secrets. Path and query are still encoded, as Node hands them over. */
export interface RequestParts {
  path: string;
  query: string;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  body: Buffer;
}

export interface Redacted {
  path: string;
  query: string;
  headers: Record<string, string>;
  body: Buffer;
}

/**
 * The credentials that this request presented, and the names whose values are secret in it besides
 * those that always are.
 */
export interface Secrets {
  secrets: readonly string[];
  names: { query: readonly string[]; body: readonly string[] };
}

/** The only request headers that are stored; any other might be a credential we do not know of. */
const storedHeaders = [
  'content-type',
  'content-length',
  'content-encoding',
  'user-agent',
  'accept',
  'accept-language',
  'origin',
  'host',
  'referer',
  'x-request-id',
  'x-forwarded-for',
  'idempotency-key',
  'leadwell-test',
] as const;

/**
 * Replaces secrets with `[redacted]` before anything is stored; all other bytes are left as they came. Finds presented
 * secrets in every part (even escaped, in Base64, broken into lines or compressed), the values of fields named
 * "password" or the like, and anything shaped like a token.
 */
export function redact(request: RequestParts, { secrets, names }: Secrets): Redacted {
  const finders = secrets.map(secretFinder);
  return {
    path: redactSecrets(request.path, finders),
    query: redactSecrets(redactPairs(request.query, secretNames(names.query)), finders),
    headers: redactHeaders(request.headers, finders),
    body: redactBody(request.body, encodingOf(request.headers), { names: secretNames(names.body), finders }),
  };
}

function redactHeaders(headers: RequestParts['headers'], finders: readonly SecretFinder[]): Record<string, string> {
  const stored: Record<string, string> = {};
  for (const name of storedHeaders) {
    const value = headers[name];
    if (typeof value !== 'string') continue;
    const shown = name === 'referer' ? withoutQuery(value) : value;
    stored[name] = redactSecrets(shown, finders);
  }
  return stored;
}

function encodingOf(headers: RequestParts['headers']): string | undefined {
  const encoding = headers['content-encoding'];
  return typeof encoding === 'string' ? encoding : undefined;
}

function withoutQuery(url: string): string {
  return /^[^?#]*/.exec(url)?.[0] ?? '';
}
