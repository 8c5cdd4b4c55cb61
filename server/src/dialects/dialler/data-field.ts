import { cleanText } from '../field-rules.ts';

const MOST_BYTES = 65_536;
const DEEPEST = 32;

/**
 * The JSON text of the `data` field. The page asks for JSON in a string; the JSON itself is taken as well. Undefined for
 * what is broken, empty, larger than 64 kB or nested deeper than 32. It is decoded once, only to be checked.
 */
export function readData(sent: unknown): string | undefined {
  if (sent === undefined || sent === null) return undefined;
  const text = typeof sent === 'string' ? cleanText(sent) : JSON.stringify(sent);
  if (Buffer.byteLength(text) > MOST_BYTES) return undefined;
  const value = typeof sent === 'string' ? parse(text) : sent;
  return hasContent(value) && isShallow(value) ? text : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Zero and false are nothing to the vendor's language, too. */
function hasContent(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return typeof value === 'string' ? value.trim() !== '' : Boolean(value);
}

/** Level by level, so that no nesting can exhaust the stack. */
function isShallow(value: unknown): boolean {
  let level = [value].filter(isNested);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return false;
    level = level.flatMap((one) => Object.values(one)).filter(isNested);
  }
  return true;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
