import * as zlib from 'node:zlib';
import { constants, type ZlibOptions } from 'node:zlib';
import { redactBodyNames } from './redact-names.ts';
import { REDACTED, redactSecrets, type SecretFinder } from './redact-secrets.ts';
import type { SecretNames } from './secret-names.ts';

/** What to look for in a body. */
export interface BodySecrets {
  names: SecretNames;
  finders: readonly SecretFinder[];
}

/**
 * The body with secrets replaced; the same buffer if it holds none. Compressed bodies are searched too, and compressed
 * again if they held a secret. Bytes that cannot be decompressed are replaced entirely, since they may hold anything.
 */
export function redactBody(body: Buffer, encoding: string | undefined, secrets: BodySecrets): Buffer {
  if (body.length === 0) return body;
  const layers = layersOf(body, encoding);
  if (layers.length === 0) return redactOpen(body, secrets);
  const opened = open(body, layers);
  if (!opened) return isText(body) || layers.includes(guessed) ? redactOpen(body, secrets) : withheld;
  const safe = redactOpen(opened, secrets);
  if (safe !== opened) return layers.reduce((bytes, layer) => layer.close(bytes), safe);
  // File names, comments and trailing bytes are not compressed.
  return redactOpen(body, secrets) === body ? body : withheld;
}

const withheld = Buffer.from(REDACTED);

/** Some clients declare a compression that they do not use. */
function isText(body: Buffer): boolean {
  return !body.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20));
}

function redactOpen(body: Buffer, secrets: BodySecrets): Buffer {
  if (isWide(body)) return redactWide(body, secrets);
  // One character per byte, so that everything else stays unchanged, text or not.
  const text = body.toString('latin1');
  const safe = redactText(text, secrets);
  return safe === text ? body : Buffer.from(safe, 'latin1');
}

function redactText(text: string, { names, finders }: BodySecrets): string {
  return redactSecrets(redactBodyNames(text, names), finders);
}

/** One kind of compression. */
interface Layer {
  open(bytes: Buffer): Buffer;
  close(bytes: Buffer): Buffer;
}

/** A body may decompress to four times the largest size accepted; anything larger is a bomb, and not a lead. */
const limit: ZlibOptions = { maxOutputLength: 1_048_576 };
/** Also reads as much as there is of a truncated body. */
const cutOff: ZlibOptions = { ...limit, finishFlush: constants.Z_SYNC_FLUSH };

const gzip: Layer = { open: (bytes) => zlib.gunzipSync(bytes, cutOff), close: (bytes) => zlib.gzipSync(bytes) };
/** By the standard, the data has a zlib header; many clients omit it. */
const deflate: Layer = {
  open: (bytes) => (isZlib(bytes) ? zlib.inflateSync(bytes, cutOff) : zlib.inflateRawSync(bytes, cutOff)),
  close: (bytes) => zlib.deflateSync(bytes),
};
const brotli: Layer = {
  open: (bytes) => zlib.brotliDecompressSync(bytes, limit),
  close: (bytes) => zlib.brotliCompressSync(bytes),
};
const unknown: Layer = {
  open: () => {
    throw new Error('An unknown encoding cannot be opened.');
  },
  close: (bytes) => bytes,
};
/** Bytes that begin like gzip, though no header says so. */
const guessed: Layer = { ...gzip };

const layerOf: Readonly<Record<string, Layer>> = { gzip, 'x-gzip': gzip, deflate, br: brotli };

/** The compressions of a body, in the order they were applied. */
function layersOf(body: Buffer, encoding: string | undefined): Layer[] {
  const named = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (named.length > 0) return named.map((name) => layerOf[name] ?? unknown);
  return body[0] === 0x1f && body[1] === 0x8b ? [guessed] : [];
}

function open(body: Buffer, layers: readonly Layer[]): Buffer | undefined {
  try {
    return layers.reduceRight((bytes, layer) => layer.open(bytes), body);
  } catch {
    return undefined;
  }
}

function isZlib(bytes: Buffer): boolean {
  return ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.length > 1 && bytes.readUInt16BE(0) % 31 === 0;
}

/** True for UTF-16: a byte order mark, or a first character with a zero byte. */
function isWide(body: Buffer): boolean {
  const [first, second] = body;
  return first === 0 || second === 0 || (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function redactWide(body: Buffer, secrets: BodySecrets): Buffer {
  const whole = body.subarray(0, body.length & ~1);
  const bigEndian = body[0] === 0 || body[0] === 0xfe;
  const text = (bigEndian ? Buffer.from(whole).swap16() : whole).toString('utf16le');
  const safe = redactText(text, secrets);
  if (safe === text) return body;
  const bytes = Buffer.from(safe, 'utf16le');
  return Buffer.concat([bigEndian ? bytes.swap16() : bytes, body.subarray(whole.length)]);
}
