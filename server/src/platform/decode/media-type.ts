import { type Decode, decoderOf } from './charset.ts';

/** What a Content-Type header says about decoding a body. */
export interface MediaType {
  kind: 'json' | 'form' | 'multipart' | 'other';
  /** The charset label as sent. */
  charset: string | undefined;
  /** Undefined when the charset is not supported. */
  decode: Decode | undefined;
}

const MAX_CACHED = 200;
const cache = new Map<string, MediaType>();

/**
 * Parses a Content-Type header, however sloppy. Clients send only a handful of different ones, so results are cached.
 */
export function mediaType(header = ''): MediaType {
  const known = cache.get(header);
  if (known) return known;
  const charset = /charset\s*=\s*["']?([^\s;,"']+)/i.exec(header)?.[1];
  const read = { kind: kindOf(header.toLowerCase()), charset, decode: decoderOf(charset) };
  if (cache.size < MAX_CACHED) cache.set(header, read);
  return read;
}

function kindOf(header: string): MediaType['kind'] {
  if (header.includes('json')) return 'json';
  if (header.includes('application/x-www-form-urlencoded')) return 'form';
  return header.includes('multipart/form-data') ? 'multipart' : 'other';
}
