import { pgJson } from '../platform/database/pg-json.ts';
import { type BodyHeaders, decodeBody } from '../platform/decode/decode.ts';
import type { Problem } from '../platform/problem.ts';

/** A parsed JSON body, or why it cannot be parsed. */
export type Parsed = { value: unknown; problem?: undefined } | { value?: undefined; problem: Problem };

/** Parses a JSON body strictly. An empty body counts as `{}`, so that the missing fields can be named. */
export function parseBody(bytes: Buffer, headers: BodyHeaders): Parsed {
  const decoded = decodeBody(bytes, headers, 'json');
  if ('then' in decoded) return { problem: { kind: 'unsupported_media', detail: 'multipart' } };
  const { body, text } = decoded;
  if (body.kind === 'unreadable') return { problem: body.problem };
  if (body.kind !== 'json') return { value: {} };
  // PostgreSQL can store neither NUL nor lone surrogates.
  return { value: /\\u(?:0000|d[89a-f])/i.test(text) ? JSON.parse(pgJson(body.value)) : body.value };
}
