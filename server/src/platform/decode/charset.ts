import { isUtf8 } from 'node:buffer';

/** Decodes all of the bytes as text, or throws when they are not valid in the charset. */
export type Decode = (bytes: Buffer) => string;

/**
 * 0x80 to 0x9f of windows-1252; the rest equals Latin-1. Needed because Node's decoder treats windows-1252 as Latin-1.
 */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function windows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => HIGH.charAt(char.charCodeAt(0) - 0x80));
}

function utf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new TypeError('Not UTF-8.');
  return bytes.toString('utf8');
}

/**
 * Decodes with `decode`, or as windows-1252 if that fails. Five byte values are undefined there: with any of them, the
 * bytes are not text in any charset we know.
 */
function orWestern(bytes: Buffer, decode: Decode): string {
  try {
    return decode(bytes);
  } catch (error) {
    const text = windows1252(bytes);
    if (/[\x81\x8d\x8f\x90\x9d]/.test(text)) throw error;
    return text;
  }
}

/**
 * The charset recognised from the bytes themselves: by a byte order mark, or by every second byte being zero, as in
 * ASCII sent as UTF-16. It overrides what the request declares.
 */
export function charsetByBytes([first, second, third, fourth]: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'utf-16be';
  return first !== 0 && second === 0 && third !== 0 && fourth === 0 ? 'utf-16le' : undefined;
}

/** Decodes bytes as UTF-8 if valid, else as windows-1252, which old clients send without declaring it. */
export function lenientText(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : windows1252(bytes);
}

/**
 * The decoder for a charset label; UTF-8 without a label, undefined for an unsupported charset. Bytes that do not match
 * their label are decoded as windows-1252, which old clients send under any name. Text labelled Latin-1 is first tried
 * as UTF-8, because some libraries use that label by default.
 */
export function decoderOf(label: string | undefined): Decode | undefined {
  // ASCII is a subset of UTF-8, but the web standard maps its label to windows-1252.
  if (!label || /^(?:utf-?8|(?:us-)?ascii)$/i.test(label)) return (bytes) => orWestern(bytes, utf8);
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    const isWestern = decoder.encoding === 'utf-8' || decoder.encoding === 'windows-1252';
    return (bytes) => orWestern(bytes, isWestern ? utf8 : (all) => decoder.decode(all));
  } catch {
    return undefined;
  }
}
