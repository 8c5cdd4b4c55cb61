import { isUtf8 } from 'node:buffer';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { lenientText } from '../platform/decode/charset.ts';
import { mediaType } from '../platform/decode/media-type.ts';
import { foldDigits } from '../platform/phone/fold-digits.ts';

const MOST_UNPACKED = 2_000_000;
/** Encodings may be nested, such as JSON in a form field. */
const DEPTH = 3;

/** Every reading of a stored text: as written, and decoded from URLs, JSON escapes, HTML entities and Base64. */
export function spellingsOf(text: string): string[] {
  const found = new Set([text]);
  let fresh = [text];
  for (let depth = 0; depth < DEPTH && fresh.length > 0; depth += 1) {
    const decoded = fresh.flatMap((one) => decoders.map((decode) => decode(one)));
    fresh = [...new Set(decoded)].filter((one) => !found.has(one));
    for (const one of fresh) found.add(one);
  }
  return [...new Set([...found].map(plainText))];
}

/** In lower case, without invisible characters, and with plain ones for compatibility forms and foreign digits. */
export function plainText(text: string): string {
  return foldDigits(text.normalize('NFKC')).toLowerCase();
}

/** The text of a stored body: unpacked if it was sent compressed, and read in its charset. */
export function textOfBody(body: Buffer, contentType?: string): string {
  const bytes = unpack(body);
  try {
    const text = mediaType(contentType).decode?.(bytes);
    if (text !== undefined && !text.includes('\0')) return text;
  } catch {
    // The body is not in the charset that was declared.
  }
  // Probably UTF-16, in either byte order. The wrong readings do no harm: searching them finds nothing.
  return bytes.includes(0)
    ? `${bytes.toString('utf16le')}\n${bytes.subarray(1).toString('utf16le')}\n${bytes.toString('latin1')}`
    : lenientText(bytes);
}

function unpack(body: Buffer): Buffer {
  // Deflated data begins with an x, as text may too; other compressed data is not valid UTF-8.
  if (isUtf8(body) && body[0] !== 0x78) return body;
  for (const unpackWith of [gunzipSync, inflateSync, brotliDecompressSync]) {
    try {
      const unpacked = unpackWith(body, { maxOutputLength: MOST_UNPACKED });
      if (unpacked.length > 0) return unpacked;
    } catch {
      // Not compressed this way.
    }
  }
  return body;
}

const decoders: readonly ((text: string) => string)[] = [
  (text) => (/[%+]/.test(text) ? text.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/gi, percentDecoded) : text),
  (text) => (text.includes('%') ? text.replace(/(?:%[0-9a-f]{2})+/gi, percentDecoded) : text),
  (text) =>
    text.includes('\\')
      ? text
          .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
          .replace(/\\[nrtbf]/g, ' ')
          .replace(/\\(.)/g, '$1')
      : text,
  (text) => (text.includes('&') ? text.replace(/&#(x?)([0-9a-f]{1,6});?/gi, entity).replaceAll('&amp;', '&') : text),
  (text) => text.replace(/[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]{4,})*={0,2}/g, base64Decoded),
  // Quoted-printable, as mail and some forms send it.
  (text) => (/=[0-9A-F]{2}/.test(text) ? text.replace(/=\r?\n/g, '').replace(/(?:=[0-9A-F]{2})+/g, quoted) : text),
];

function percentDecoded(part: string): string {
  return lenientText(Buffer.from(part.replaceAll('%', ''), 'hex'));
}

function quoted(part: string): string {
  return lenientText(Buffer.from(part.replaceAll('=', ''), 'hex'));
}

function entity(whole: string, hex: string, digits: string): string {
  const code = Number.parseInt(digits, hex ? 16 : 10);
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole;
}

/** Decodes what becomes readable text, and leaves anything else, such as a name, as it is. */
function base64Decoded(part: string): string {
  const text = Buffer.from(part.replace(/\s/g, ''), 'base64').toString('utf8');
  return /^[\p{L}\p{N}\p{P}\p{S}\s]+$/u.test(text) ? ` ${text} ` : part;
}
