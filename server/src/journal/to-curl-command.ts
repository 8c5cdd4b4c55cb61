import { REDACTED } from '../platform/redact/redact-secrets.ts';
import { bodyKind } from './locate-value.ts';
import type { Submission } from './submission.ts';

/** Placeholder for a secret, to be filled in by the person who runs the command. */
const PLACEHOLDER = 'YOUR_TOKEN';
/** Headers that matter to the request; curl writes the others itself. */
const shown = ['content-type', 'accept', 'idempotency-key', 'leadwell-test'];

/**
 * A stored request as a curl command, with a placeholder for its secret. `base` is the URL by which the reader reaches
 * this server.
 */
export function toCurlCommand(submission: Submission, base: string): string {
  const { method, path, query, headers } = submission;
  const url = filled(`${base}${path}${query === '' ? '' : `?${query}`}`);
  const options = [`-X ${method} ${quoted(url)}`];
  if (/[[\]{}]/.test(url)) options[0] = `-g ${options[0]}`;
  for (const name of shown) {
    const value = headers[name];
    if (value !== undefined && value !== '*/*') options.push(`-H ${quoted(`${name}: ${filled(value)}`)}`);
  }
  // If no secret appears in the request, it was in a header, which is not stored.
  if (!holdsSecret(submission)) options.push(`-H ${quoted(`authorization: Bearer ${PLACEHOLDER}`)}`);
  return withBody(submission, options);
}

function withBody(submission: Submission, options: string[]): string {
  const { body } = submission;
  const lines = (prefix: string) => prefix + options.join(' \\\n  ');
  if (body === null || body.length === 0) return lines('curl ');
  if (bodyKind(submission) === 'other' && !isText(body)) {
    options.push('--data-binary @-');
    return lines(`echo ${body.toString('base64')} | base64 -d | curl `);
  }
  options.push(`--data-raw ${quoted(filled(body.toString('utf8')))}`);
  return lines('curl ');
}

function holdsSecret({ path, query, body }: Submission): boolean {
  return [path, query, body?.toString('utf8') ?? ''].some((text) => text.includes(REDACTED));
}

function isText(body: Buffer): boolean {
  return Buffer.from(body.toString('utf8')).equals(body);
}

function filled(text: string): string {
  return text.replaceAll(REDACTED, PLACEHOLDER);
}

/** Quotes text for a POSIX shell: within single quotes only the quote itself is special. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
