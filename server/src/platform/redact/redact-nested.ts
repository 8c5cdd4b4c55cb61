/** Finds secret fields outside plain JSON and forms: in JSON inside a string, in broken JSON, in XML. */
import { endOfValue } from '../json/json-scan.ts';
import { REDACTED } from './redact-secrets.ts';
import { isSecretName, type SecretNames } from './secret-names.ts';

const ESCAPED_MEMBER = /(\\+)"([^"\\]{1,100})\1"\s*:\s*/g;

/** Redacts members of JSON that is itself in a JSON string: `"data":"{\"password\":\"x\"}"`, at any depth. */
export function redactEscapedMembers(text: string): string {
  if (!text.includes('\\"')) return text;
  let [done, from] = ['', 0];
  for (const match of text.matchAll(ESCAPED_MEMBER)) {
    const [all, slashes = '', name = ''] = match;
    if (match.index < from || !isSecretName(name)) continue;
    const start = match.index + all.length;
    const quote = `${slashes}"`;
    const quoted = text.startsWith(quote, start);
    const [first, end] = quoted
      ? [start + quote.length, endOfEscaped(text, start + quote.length, slashes.length)]
      : [start, start + (/^[^\s,}\]\\"]*/.exec(text.slice(start, start + 200))?.[0].length ?? 0)];
    if (end === first || text.slice(first, end) === 'null') continue;
    done += text.slice(from, first) + REDACTED;
    from = end;
  }
  return from === 0 ? text : done + text.slice(from);
}

/** The end of a string whose quotes have this many backslashes; quotes with more belong to the string. */
function endOfEscaped(text: string, start: number, depth: number): number {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charAt(at - 1 - slashes) === '\\' && at - slashes > start) slashes += 1;
    if (slashes <= depth) return at - slashes;
  }
  return text.length;
}

const LOOSE_MEMBER = /(?<![\w"'\\])(['"]?)([A-Za-z][\w.-]{0,60})\1\s*[:=]\s*/g;

/**
 * Redacts members as scripts write them: without quotes, or in single ones. Valid JSON is left alone, since such
 * text in it is prose.
 */
export function redactLooseMembers(text: string): string {
  const found = [...text.matchAll(LOOSE_MEMBER)].filter(([, , name = '']) => isSecretName(name));
  if (found.length === 0 || isJson(text)) return text;
  let [done, from] = ['', 0];
  for (const match of found) {
    if (match.index < from) continue;
    const start = match.index + match[0].length;
    const single = text.charAt(start) === "'" ? text.indexOf("'", start + 1) : -1;
    const end = single === -1 ? endOfValue(text, start) : single + 1;
    if (text.slice(start, end) === `"${REDACTED}"`) continue;
    done += `${text.slice(from, start)}"${REDACTED}"`;
    from = end;
  }
  return done + text.slice(from);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const ELEMENT = /<((?:[\w.-]+:)?([\w.-]{1,60}))(?:\s[^<>]*)?>([^<]*|<!\[CDATA\[[\s\S]*?\]\]>)<\/\1\s*>/g;
const ATTRIBUTE = /(\s(?:[\w.-]+:)?([\w.-]{1,60})\s*=\s*)("[^"<]*"|'[^'<]*')/g;

/** Redacts elements and attributes of XML and HTML. */
export function redactMarkup(text: string, names: SecretNames): string {
  return text
    .replace(ELEMENT, (all: string, tag: string, name: string, value: string) => {
      if (value === '' || !names.has(name)) return all;
      const end = all.lastIndexOf(`</${tag}`);
      return all.slice(0, end - value.length) + REDACTED + all.slice(end);
    })
    .replace(ATTRIBUTE, (all: string, before: string, name: string) =>
      names.has(name) ? `${before}"${REDACTED}"` : all,
    );
}
