import { isUtf8 } from 'node:buffer';

/** Turns all of the bytes into text, or throws when they are not of the charset. */
export type Decode = (bytes: Buffer) => string;

/** 0x80 to 0x9f of windows-1252; everything else in it is Latin-1. Node's own decoder takes all of it for Latin-1. */
const HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function windows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, (char) => HIGH.charAt(char.charCodeAt(0) - 0x80));
}

function utf8(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new TypeError('Not UTF-8.');
  return bytes.toString('utf8');
}

/** Bytes as text: UTF-8 where they are, else windows-1252, which old clients send without saying so. */
export function lenientText(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : windows1252(bytes);
}

/** How to read a charset by any of its labels; none means UTF-8. Undefined for a charset that nobody here can read. */
export function decoderOf(label: string | undefined): Decode | undefined {
  // ASCII is a part of UTF-8; the web's reading of its label is windows-1252.
  if (!label || /^(?:utf-?8|(?:us-)?ascii)$/i.test(label)) return utf8;
  try {
    const decoder = new TextDecoder(label, { fatal: true });
    if (decoder.encoding === 'utf-8') return utf8;
    return decoder.encoding === 'windows-1252' ? windows1252 : (bytes) => decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
