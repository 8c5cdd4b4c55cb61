import { type Decode, decoderOf } from './charset.ts';

/** What a Content-Type header says about how to read a body. */
export interface MediaType {
  kind: 'json' | 'form' | 'multipart' | 'other';
  /** The charset's name as sent. */
  charset: string | undefined;
  /** Undefined when nobody here can read the charset. */
  decode: Decode | undefined;
}

const MOST_KEPT = 200;
const kept = new Map<string, MediaType>();

/** Reads a Content-Type header, however sloppy. Clients send a handful of them: each is read once. */
export function mediaType(header = ''): MediaType {
  const known = kept.get(header);
  if (known) return known;
  const charset = /charset\s*=\s*["']?([^\s;,"']+)/i.exec(header)?.[1];
  const read = { kind: kindOf(header.toLowerCase()), charset, decode: decoderOf(charset) };
  if (kept.size < MOST_KEPT) kept.set(header, read);
  return read;
}

function kindOf(header: string): MediaType['kind'] {
  if (header.includes('json')) return 'json';
  if (header.includes('application/x-www-form-urlencoded')) return 'form';
  return header.includes('multipart/form-data') ? 'multipart' : 'other';
}
