import { randomFillSync } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Random bytes are drawn in bulk: one system call serves hundreds of ids. */
const pool = Buffer.alloc(4096);
let used = pool.length;
let lastMs = 0;
let counter = 0;
const COUNTER_LIMIT = 0x1000;
const RANDOM_BYTES = 9;

/**
 * Creates a UUIDv7 (RFC 9562) in lower case. Ids from one process always increase, even within a millisecond or when
 * the clock is set back. `now` is in ms since 1970.
 */
export function uuidv7(now: number = Date.now()): string {
  if (used + RANDOM_BYTES > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const at = used;
  used += RANDOM_BYTES;
  tick(now, byteAt(at) << 3);
  const high = Math.floor(lastMs / 0x1_0000);
  return (
    `${hex(high >>> 24) + hex(high >>> 16) + hex(high >>> 8) + hex(high)}-` +
    `${hex(lastMs >>> 8) + hex(lastMs)}-${hex(0x70 | (counter >>> 8)) + hex(counter)}-` +
    `${hex(0x80 | (byteAt(at + 1) & 0x3f)) + hex(byteAt(at + 2))}-` +
    hex(byteAt(at + 3)) +
    hex(byteAt(at + 4)) +
    hex(byteAt(at + 5)) +
    hex(byteAt(at + 6)) +
    hex(byteAt(at + 7)) +
    hex(byteAt(at + 8))
  );
}

/** Makes ids start from the clock again. For tests that follow others in the same process whose clock was ahead. */
export function restartIds(): void {
  lastMs = 0;
}

/**
 * Each millisecond starts its counter at a random value in the lower half; when the counter runs out, it moves on to
 * the next millisecond.
 */
function tick(now: number, start: number): void {
  if (now > lastMs) {
    lastMs = now;
    counter = start;
    return;
  }
  counter += 1;
  if (counter < COUNTER_LIMIT) return;
  lastMs += 1;
  counter = start;
}

function byteAt(at: number): number {
  return pool[at] ?? 0;
}

function hex(byte: number): string {
  return HEX[byte & 0xff] ?? '';
}

/** The time a UUIDv7 was created, to the millisecond. */
export function timeOfId(uuid: string): Date {
  return new Date(Number.parseInt(uuid.replaceAll('-', '').slice(0, 12), 16));
}

/** The lowest UUIDv7 of a millisecond. */
export function lowestIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** Crockford's base32 in lower case, as TypeID uses it: no i, l, o, u. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const DIGITS = new Map([...ALPHABET].map((char, digit) => [char, digit]));
const TYPE_ID_DIGITS = 26;

/** The public form of a UUID as a TypeID (spec 0.3): `lead_01h455vb4pex5vsknk084sn02q`. */
export function typeId(prefix: string, uuid: string): string {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  let text = '';
  // 26 digits hold 130 bits, so the 128 bits are preceded by two zeros.
  let [held, bits] = [0, 2];
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(held >>> bits) & 31];
      held &= (1 << bits) - 1;
    }
  }
  return `${prefix}_${text}`;
}

/**
 * The UUID of a TypeID with this prefix; undefined when it is not one (wrong prefix, invalid characters, too large).
 */
export function fromTypeId(prefix: string, text: string): string | undefined {
  if (text.length !== prefix.length + 1 + TYPE_ID_DIGITS || !text.startsWith(`${prefix}_`)) return undefined;
  let [hexText, held, bits] = ['', 0, -2];
  for (let at = prefix.length + 1; at < text.length; at += 1) {
    const digit = DIGITS.get(text.charAt(at));
    if (digit === undefined || (bits === -2 && digit > 7)) return undefined;
    held = (held << 5) | digit;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    hexText += hex(held >>> bits);
    held &= (1 << bits) - 1;
  }
  return dashed(hexText);
}

/** A UUID as 32 upper-case hex digits, without dashes. */
export function hex32(uuid: string): string {
  return uuid.replaceAll('-', '').toUpperCase();
}

/** The UUID of 32 hex digits in either case; undefined for anything else. */
export function fromHex32(text: string): string | undefined {
  return /^[0-9a-f]{32}$/i.test(text) ? dashed(text.toLowerCase()) : undefined;
}

/** The UUID of a lead id in any form we hand out: `lead_...`, a UUID in either case, or 32 hex digits. */
export function anyLeadId(text: string): string | undefined {
  if (text.length === 36) {
    const uuid = text.toLowerCase();
    return UUID.test(uuid) ? uuid : undefined;
  }
  return text.length === 32 ? fromHex32(text) : fromTypeId('lead', text);
}

function dashed(digits: string): string {
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
}
