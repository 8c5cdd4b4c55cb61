import type { WireBody } from '../wire.ts';

/** Limits on nesting and on the total number of members in JSON from outside. */
const MAX_DEPTH = 32;
const MAX_MEMBERS = 1001;

/** Parses JSON from outside. Refuses too deep nesting, too many members and numbers beyond the range of a double. */
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
  const exactText = withExactNumbers(text);
  return exactText === text ? { kind: 'json', value } : { kind: 'json', value, exact: JSON.parse(exactText) };
}

const [QUOTE, BACKSLASH, COLON] = [0x22, 0x5c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Checked before parsing, because deep nesting would overflow the parser's own recursion. */
function findExcess(text: string): string | undefined {
  let [depth, members] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1;
      if (depth > MAX_DEPTH) return `The JSON is nested deeper than ${MAX_DEPTH} levels.`;
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1;
    else if (code === COLON) members += 1;
  }
  return members > MAX_MEMBERS ? `The JSON has more than ${MAX_MEMBERS} members.` : undefined;
}

/** The index of the closing quote of the string that begins at `at`, or the end of the text. */
function endOfString(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === BACKSLASH) end += 1;
    else if (code === QUOTE) return end;
  }
  return text.length;
}

/**
 * A number that may not survive parsing as written: with a final zero after the point, with an exponent, or with more
 * digits than a double holds.
 */
const mayLoseDigits = /\d\.\d*0(?!\d)|\d(?:\.?\d){15}|\d[eE][+-]?\d/;
const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Puts quotes around those numbers of a JSON text that JavaScript would write differently. */
function withExactNumbers(text: string): string {
  if (!mayLoseDigits.test(text)) return text;
  return text.replace(stringOrNumber, (token) =>
    token.startsWith('"') || String(Number(token)) === token || token === '-0' ? token : `"${token}"`,
  );
}

/** Only a three-digit exponent, or hundreds of digits, can exceed the range of a double. */
const mayOverflow = /[eE]\+?\d{3}|\d{200}/;

function hasInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInfinity);
}

/** Reports the position if the engine gives one. The engine's own message would quote the body, and with it secrets. */
function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (message.includes('Unexpected end') || message.includes('Unterminated')) return 'The JSON ends too early.';
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? 'The body is not valid JSON.' : `The JSON is broken at position ${position}.`;
}

function malformed(detail: string): WireBody {
  return { kind: 'unreadable', problem: { kind: 'malformed', detail } };
}
