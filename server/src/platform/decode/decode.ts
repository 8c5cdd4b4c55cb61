import { parseJson } from '../json/json-text.ts';
import type { Problem } from '../problem.ts';
import type { WireBody } from '../wire.ts';
import { charsetByBytes, type Decode, decoderOf, lenientText } from './charset.ts';
import { type MediaType, mediaType } from './media-type.ts';
import { parseMultipart } from './multipart.ts';
import { MAX_PAIRS, parsePairs } from './pairs.ts';

/** `json`: the body is JSON whatever its content type says. `json_or_form`: forms are accepted too. */
export type BodyMode = 'json' | 'json_or_form';

/** A body as a value and as text; the text is '' when the bytes are not text. */
export interface Decoded {
  body: WireBody;
  text: string;
}

/** The headers needed to decode a body. */
export interface BodyHeaders {
  'content-type'?: string | undefined;
  'content-encoding'?: string | undefined;
}

const BYTE_ORDER_MARK = '\ufeff';
const nothing: Decoded = { body: { kind: 'empty' }, text: '' };
const notText = unreadable(malformed('The body is not text in its charset.'));

/**
 * Decodes a request body without guessing: anything undecodable becomes `unreadable`. Only multipart returns a promise.
 */
export function decodeBody(bytes: Buffer, headers: BodyHeaders, mode: BodyMode): Decoded | Promise<Decoded> {
  if (bytes.length === 0) return nothing;
  const encoding = headers['content-encoding'];
  if (encoding && encoding.trim().toLowerCase() !== 'identity')
    return unsupported(`Content-Encoding ${encoding.slice(0, 40)}`);
  const type = mediaType(headers['content-type']);
  const byBytes = charsetByBytes(bytes);
  // Old clients send windows-1252 without declaring it.
  const decode = byBytes ? decoderOf(byBytes) : type.charset === undefined ? lenientText : type.decode;
  if (!decode) return unsupported(`charset ${type.charset?.slice(0, 40)}`);
  if (mode === 'json_or_form' && type.kind === 'multipart')
    return decodeMultipart(bytes, headers['content-type'] ?? '');
  return decodeText(bytes, type.kind, decode, mode);
}

/** A body that cannot be read, with the reason. */
export function unreadable(problem: Problem, text = ''): Decoded {
  return { body: { kind: 'unreadable', problem }, text };
}

function decodeText(bytes: Buffer, kind: MediaType['kind'], decode: Decode, mode: BodyMode): Decoded {
  const formAllowed = mode === 'json_or_form' && kind !== 'json';
  const strict = strictText(bytes, decode);
  const text = withoutMark(strict ?? (formAllowed ? lenientText(bytes) : ''));
  const first = /\S/.exec(text)?.[0];
  const looksLikeJson = first === '{' || first === '[';
  if (strict === undefined && (looksLikeJson || !formAllowed)) return notText;
  if (first === undefined) return { body: { kind: 'empty' }, text };
  if (!formAllowed) return { body: parseJson(text), text };
  const json = looksLikeJson ? parseJson(text) : undefined;
  // Many command-line tools and libraries label everything a form by default, and no form begins with a brace.
  if (json && (kind !== 'form' || json.kind === 'json')) return { body: json, text };
  return { body: parseForm(text), text };
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

function strictText(bytes: Buffer, decode: Decode): string | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

function parseForm(text: string): WireBody {
  const pairs = parsePairs(text);
  return pairs ? { kind: 'form', pairs } : { kind: 'unreadable', problem: tooManyPairs };
}

/** The problem for a form or query with more than MAX_PAIRS parameters. */
export const tooManyPairs: Problem = malformed(`More than ${MAX_PAIRS} parameters.`);

async function decodeMultipart(bytes: Buffer, contentType: string): Promise<Decoded> {
  const text = lenientText(bytes);
  const pairs = await parseMultipart(bytes, contentType);
  if (!pairs) return unreadable(malformed('The multipart body is broken.'), text);
  return pairs.length > MAX_PAIRS ? unreadable(tooManyPairs, text) : { body: { kind: 'form', pairs }, text };
}

function malformed(detail: string): Problem {
  return { kind: 'malformed', detail };
}

function unsupported(detail: string): Decoded {
  return unreadable({ kind: 'unsupported_media', detail });
}
