import { isUtf8 } from 'node:buffer';
import { sameName } from '../intake/read-by-rules.ts';
import { parsePairs } from '../platform/decode/pairs.ts';
import { findInJson, type Span } from '../platform/json/json-path.ts';

/** The parts of a stored request that hold the sent values. */
export interface Sent {
  query: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer | null;
}

/** A sent value and its position in the raw text. */
export interface SentValue extends Span {
  part: 'body' | 'query';
  /** The value as text; a JSON string without its quotes. */
  value: string;
}

/** Format of a request's body. */
export type BodyKind = 'none' | 'json' | 'form' | 'other';

/** Detects the format of a body from its content first, because senders mislabel it. */
export function bodyKind({ headers, body }: Pick<Sent, 'headers' | 'body'>): BodyKind {
  if (body === null || body.length === 0) return 'none';
  if (!isUtf8(body)) return 'other';
  const text = body.toString('utf8');
  const type = headers['content-type'] ?? '';
  if (/^\s*[[{]/.test(text)) return 'json';
  if (/multipart/i.test(type) || /[\r\n]/.test(text.trim())) return 'other';
  return /form/i.test(type) || /^[^=&\s"]+=/.test(text) ? 'form' : 'other';
}

/**
 * Finds the value at a path (`mobileno`, `contact.type`) in a request. The body takes precedence over the query unless
 * its value is blank.
 */
export function findSent(sent: Sent, place: string): SentValue | undefined {
  const inBody = inTheBody(sent, place);
  if (inBody && inBody.value.trim() !== '') return inBody;
  return inPairs(sent.query, place, 'query') ?? inBody;
}

function inTheBody(sent: Sent, place: string): SentValue | undefined {
  const kind = bodyKind(sent);
  const text = kind === 'json' || kind === 'form' ? (sent.body as Buffer).toString('utf8') : '';
  if (kind === 'form') return inPairs(text, place, 'body');
  const span = kind === 'json' ? findInJson(text, place) : undefined;
  return span && { ...span, part: 'body', value: plain(text.slice(span.start, span.end)) };
}

function plain(written: string): string {
  return written.startsWith('"') ? (JSON.parse(written) as string) : written;
}

/** If a name occurs twice, the last one counts. */
function inPairs(text: string, place: string, part: SentValue['part']): SentValue | undefined {
  let found: SentValue | undefined;
  let start = 0;
  for (const piece of text.split('&')) {
    const end = start + piece.length;
    const [pair] = parsePairs(piece) ?? [];
    if (pair && sameName(pair[0], place)) {
      const equals = piece.indexOf('=');
      found = { part, value: pair[1], start: equals === -1 ? end : start + equals + 1, end };
    }
    start = end + 1;
  }
  return found;
}
