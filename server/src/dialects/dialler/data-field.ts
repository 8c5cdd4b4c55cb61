import { cleanText } from '../field-rules.ts';

const MAX_BYTES = 65_536;
const MAX_DEPTH = 32;

/**
 * The JSON text of the `data` field, which the vendor documents as JSON in a string; plain JSON is accepted too.
 * Undefined if it is broken, empty, larger than 64 kB or nested deeper than 32 levels. It is parsed only to validate
 * it: plain JSON is taken from `source` as written, digit for digit.
 */
export function readData(sent: unknown, source?: string): string | undefined {
  if (sent === undefined || sent === null) return undefined;
  const text = typeof sent === 'string' ? cleanText(sent) : fits(source) ? source : JSON.stringify(sent);
  if (!fits(text)) return undefined;
  const value = typeof sent === 'string' ? parse(text) : sent;
  return hasContent(value) && isShallow(value) ? text : undefined;
}

function fits(text: string | undefined): text is string {
  return text !== undefined && Buffer.byteLength(text) <= MAX_BYTES;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Zero and false count as empty, as in PHP. */
function hasContent(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return typeof value === 'string' ? value.trim() !== '' : Boolean(value);
}

/** Checked level by level, so that deep nesting cannot exhaust the stack. */
function isShallow(value: unknown): boolean {
  let level = [value].filter(isNested);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return false;
    level = level.flatMap((one) => Object.values(one)).filter(isNested);
  }
  return true;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
