import { nameFinder, redactBodyNames, redactPairs } from './redact-names.ts';
import { redactSecrets, type SecretFinder, secretFinder } from './redact-secrets.ts';

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

/** The credentials that this request presented, and the names whose values are secret. */
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
 * Replaces secrets by `[redacted]` before anything is stored; all other bytes stay as they came. Finds a presented
 * secret in every part, also percent-encoded, JSON-escaped or in Base64, and anything shaped like a token.
 */
export function redact(request: RequestParts, { secrets, names }: Secrets): Redacted {
  const finders = secrets.map(secretFinder);
  return {
    path: redactSecrets(request.path, finders),
    query: redactSecrets(redactPairs(request.query, nameFinder(names.query)), finders),
    headers: redactHeaders(request.headers, finders),
    body: redactBody(request.body, names.body, finders),
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

function withoutQuery(url: string): string {
  return /^[^?#]*/.exec(url)?.[0] ?? '';
}

function redactBody(body: Buffer, names: readonly string[], finders: readonly SecretFinder[]): Buffer {
  if (body.length === 0) return body;
  if (isWide(body)) return redactWide(body, names, finders);
  // One character per byte, so that everything else stays unchanged, text or not.
  const text = body.toString('latin1');
  const safe = redactText(text, names, finders);
  return safe === text ? body : Buffer.from(safe, 'latin1');
}

function redactText(text: string, names: readonly string[], finders: readonly SecretFinder[]): string {
  return redactSecrets(redactBodyNames(text, nameFinder(names)), finders);
}

/** True for UTF-16: a byte order mark, or a first character with a zero byte. */
function isWide(body: Buffer): boolean {
  const [first, second] = body;
  return first === 0 || second === 0 || (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function redactWide(body: Buffer, names: readonly string[], finders: readonly SecretFinder[]): Buffer {
  const whole = body.subarray(0, body.length & ~1);
  const bigEndian = body[0] === 0 || body[0] === 0xfe;
  const text = (bigEndian ? Buffer.from(whole).swap16() : whole).toString('utf16le');
  const safe = redactText(text, names, finders);
  if (safe === text) return body;
  const bytes = Buffer.from(safe, 'utf16le');
  return Buffer.concat([bigEndian ? bytes.swap16() : bytes, body.subarray(whole.length)]);
}
