import { endOfValue } from '../json/json-scan.ts';
import { redactEscapedMembers, redactLooseMembers, redactMarkup } from './redact-nested.ts';
import { REDACTED } from './redact-secrets.ts';
import type { SecretNames } from './secret-names.ts';

/**
 * Redacts the values of secret names in any kind of body: JSON (even broken or inside a string), form, multipart, XML.
 */
export function redactBodyNames(text: string, names: SecretNames): string {
  if (isMultipart(text)) return redactParts(redactMembers(text, names), names);
  const withoutMembers = redactMembers(text, names);
  const first = /\S/.exec(text)?.[0];
  if (first === '<') return redactMarkup(withoutMembers, names);
  return first === '{' || first === '[' ? redactLooseMembers(withoutMembers) : redactPairs(withoutMembers, names);
}

/** Redacts the values of secret names in `a=1&b=2`. */
export function redactPairs(text: string, names: SecretNames): string {
  let [done, from] = ['', 0];
  let equals = -1;
  for (let start = 0; start < text.length; ) {
    const end = endOr(text.indexOf('&', start), text);
    if (equals < start) equals = endOr(text.indexOf('=', start), text);
    const value = equals + 1;
    if (value > start && value < end) {
      const sent = text.slice(value, end);
      const safe = isSecretPair(text.slice(start, value - 1), names) ? REDACTED : redactJsonValue(sent, names);
      if (safe !== sent) {
        done += text.slice(from, value) + safe;
        from = end;
      }
    }
    start = end + 1;
  }
  return from === 0 ? text : done + text.slice(from);
}

/**
 * Checks a name in all ways servers may read it: decoded, as a whole, without list brackets, and the
 * innermost of `user[name]`.
 */
function isSecretPair(raw: string, names: SecretNames): boolean {
  const name = decoded(raw) ?? raw;
  if (names.has(name)) return true;
  const bracket = name.indexOf('[');
  if (bracket <= 0) return false;
  const inner = name.split(/[[\]]+/).findLast(Boolean) ?? '';
  return names.has(name.slice(0, bracket)) || names.has(inner);
}

/** Redacts JSON sent as the value of a parameter. It is encoded again only if it held a secret. */
function redactJsonValue(sent: string, names: SecretNames): string {
  if (!/^(?:\+|%20)*(?:[[{]|%5b|%7b)/i.test(sent)) return sent;
  const json = decoded(sent);
  if (json === undefined) return sent;
  const safe = redactMembers(json, names);
  return safe === json ? sent : encodeURIComponent(safe);
}

function decoded(text: string): string | undefined {
  if (!/[%+]/.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/**
 * `"name" :` of a JSON member, but not inside well-formed strings. Secret names are shorter than this
 * limit, however escaped.
 */
const MEMBER = /(?<!\\)"((?:[^"\\]|\\.){1,200})"\s*:\s*/gs;

function redactMembers(text: string, names: SecretNames): string {
  let [done, from] = ['', 0];
  const member = new RegExp(MEMBER);
  for (let match = member.exec(text); match; match = member.exec(text)) {
    if (!names.has(unescapedName(match[1] ?? ''))) continue;
    const start = match.index + match[0].length;
    const end = endOfValue(text, start);
    member.lastIndex = end;
    if (/^(?:null|""|)$/.test(text.slice(start, Math.min(end, start + 5)))) continue;
    done += `${text.slice(from, start)}"${REDACTED}"`;
    from = end;
  }
  return redactEscapedMembers(from === 0 ? text : done + text.slice(from));
}

function unescapedName(name: string): string {
  if (!name.includes('\\')) return name;
  return name.replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function isMultipart(text: string): boolean {
  return text.startsWith('--') || /^content-disposition\s*:\s*form-data/im.test(text);
}

/** Redacts parts of a multipart body: the value is between the blank line and the next boundary. */
function redactParts(text: string, names: SecretNames): string {
  const named = /\bname\s*=\s*("[^"\r\n]*"|[^\s;]+)/gi;
  const blankLine = /\r?\n\r?\n/g;
  let [done, from] = ['', 0];
  for (let match = named.exec(text); match; match = named.exec(text)) {
    blankLine.lastIndex = match.index;
    const blank = blankLine.exec(text);
    if (!blank) break;
    const start = blank.index + blank[0].length;
    // The boundary of an empty part directly follows the blank line, whose line break belongs to it.
    const end = endOr(text.slice(start - 1).search(/\r?\n--/), text, start - 1);
    named.lastIndex = Math.max(end, start);
    if (!isSecretPair((match[1] ?? '').replaceAll('"', ''), names) || end <= start) continue;
    done += text.slice(from, start) + REDACTED;
    from = end;
  }
  return from === 0 ? text : done + text.slice(from);
}

function endOr(at: number, text: string, offset = 0): number {
  return at === -1 ? text.length : at + offset;
}
