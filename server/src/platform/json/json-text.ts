import type { WireBody } from '../wire.ts';

/** Deepest nesting, and most names of members in all, of a JSON text that a stranger sent. */
const DEEPEST_JSON = 32;
const MOST_MEMBERS = 1001;

/** Parses JSON that a stranger sent. What is too deep, too wide or beyond a double's range is refused, never bent. */
export function parseJson(text: string): WireBody {
  const excess = findExcess(text);
  if (excess) return malformed(excess);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return malformed(describe(error));
  }
  if (mayOverflow.test(text) && hasInfinity(value)) return malformed('A number in the JSON is out of range.');
  return { kind: 'json', value };
}

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** One pass before parsing: a parser's own recursion is what deep nesting is sent for. */
function findExcess(text: string): string | undefined {
  let [depth, members] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      if (depth > DEEPEST_JSON) return `The JSON is nested deeper than ${DEEPEST_JSON} levels.`;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
    else if (code === COLON) members += 1;
  }
  return members > MOST_MEMBERS ? `The JSON has more than ${MOST_MEMBERS} members.` : undefined;
}

/** Where the string that begins at `at` ends: at its closing quote, or at the end of the text. */
function endOfString(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === BACKSLASH) end += 1;
    else if (code === QUOTE) return end;
  }
  return text.length;
}

/** Only an exponent of three digits, or hundreds of digits, can leave the range of a double. */
const mayOverflow = /[eE]\+?\d{3}|\d{200}/;

function hasInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInfinity);
}

/** Says where, when the engine does. Its own message would quote the body, which may hold secrets. */
function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (message.includes('Unexpected end') || message.includes('Unterminated')) return 'The JSON ends too early.';
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? 'The body is not valid JSON.' : `The JSON is broken at position ${position}.`;
}

function malformed(detail: string): WireBody {
  return { kind: 'unreadable', problem: { kind: 'malformed', detail } };
}
