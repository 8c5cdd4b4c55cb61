import type { Pairs } from '../wire.ts';
import { lenientText } from './charset.ts';

/** Maximum number of parameters in one query or form. */
export const MAX_PAIRS = 1000;

/**
 * Parses `a=1&b=2` as HTML forms write it: `+` and `%20` are spaces, and invalid percent sequences stay as they are.
 * Undefined when there are more than MAX_PAIRS.
 */
export function parsePairs(text: string): Pairs | undefined {
  const pairs: [string, string][] = [];
  let start = 0;
  while (start < text.length) {
    let end = text.indexOf('&', start);
    if (end === -1) end = text.length;
    if (end > start) {
      if (pairs.length === MAX_PAIRS) return undefined;
      const equals = text.indexOf('=', start);
      const cut = equals === -1 || equals > end ? end : equals;
      pairs.push([decodePart(text.slice(start, cut)), decodePart(text.slice(cut + 1, end))]);
    }
    start = end + 1;
  }
  return pairs;
}

/** Parses the query of a URL. Node hands over its bytes as Latin-1, and some clients send raw UTF-8 there. */
export function parseQuery(query: string): Pairs | undefined {
  return parsePairs(isAscii(query) ? query : lenientText(Buffer.from(query, 'latin1')));
}

function decodePart(part: string): string {
  const spaced = part.includes('+') ? part.replaceAll('+', ' ') : part;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/(?:%[0-9a-f]{2})+/gi, (run) => lenientText(Buffer.from(run.replaceAll('%', ''), 'hex')));
  }
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}
