import { endOfValue } from '../json/json-scan.ts';
import { REDACTED } from './redact-secrets.ts';

/** Names whose values are secret, prepared for searching. */
export interface NameFinder {
  /** Lower case. */
  names: ReadonlySet<string>;
  /** Matches `"name" :` as a JSON member, however its letters are escaped, but not inside well-formed strings. */
  member: RegExp;
}

const finders = new WeakMap<readonly string[], NameFinder>();

/** Results are cached per list: pass the same array again, not a copy. */
export function nameFinder(names: readonly string[]): NameFinder {
  const known = finders.get(names);
  if (known) return known;
  const member = new RegExp(`(?<!\\\\)"(?:${names.map(anyEscape).join('|')})"\\s*:\\s*`, 'gi');
  const finder = { names: new Set(names.map((name) => name.toLowerCase())), member };
  finders.set(names, finder);
  return finder;
}

function anyEscape(name: string): string {
  const letter = (char: string) => `(?:${plain(char)}|\\\\u${char.charCodeAt(0).toString(16).padStart(4, '0')})`;
  return [...name].map(letter).join('');
}

function plain(char: string): string {
  return /\w/.test(char) ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Redacts the values of the names in any kind of body: JSON (also broken), form, multipart. */
export function redactBodyNames(text: string, finder: NameFinder): string {
  if (finder.names.size === 0) return text;
  if (text.startsWith('--')) return redactParts(text, finder);
  const withoutMembers = redactMembers(text, finder);
  return /^\s*[[{]/.test(text) ? withoutMembers : redactPairs(withoutMembers, finder);
}

/** Redacts the values of the names in `a=1&b=2`. */
export function redactPairs(text: string, { names }: NameFinder): string {
  if (names.size === 0 || text === '') return text;
  let [done, from] = ['', 0];
  for (let start = 0; start < text.length; ) {
    const end = endOr(text.indexOf('&', start), text);
    const value = text.indexOf('=', start) + 1;
    if (value > start && value < end && names.has(pairName(text.slice(start, value - 1)))) {
      done += text.slice(from, value) + REDACTED;
      from = end;
    }
    start = end + 1;
  }
  return from === 0 ? text : done + text.slice(from);
}

/** The name as servers read it: decoded, without list brackets, in lower case. */
function pairName(raw: string): string {
  let name = raw;
  if (/[%+]/.test(raw)) {
    try {
      name = decodeURIComponent(raw.replaceAll('+', ' '));
    } catch {
      // A name that cannot be decoded is not one of ours.
    }
  }
  const bracket = name.indexOf('[');
  return (bracket > 0 ? name.slice(0, bracket) : name).trim().toLowerCase();
}

function redactMembers(text: string, { member }: NameFinder): string {
  let [done, from] = ['', 0];
  member.lastIndex = 0;
  for (let match = member.exec(text); match; match = member.exec(text)) {
    const start = match.index + match[0].length;
    const end = endOfValue(text, start);
    member.lastIndex = end;
    if (/^(?:null|""|)$/.test(text.slice(start, Math.min(end, start + 5)))) continue;
    done += `${text.slice(from, start)}"${REDACTED}"`;
    from = end;
  }
  return from === 0 ? text : done + text.slice(from);
}

/** Parts of a multipart body: the value stands between the blank line and the next boundary. */
function redactParts(text: string, { names }: NameFinder): string {
  const named = /\bname\s*=\s*("[^"\r\n]*"|[^\s;]+)/gi;
  let [done, from] = ['', 0];
  for (let match = named.exec(text); match; match = named.exec(text)) {
    const blank = text.indexOf('\r\n\r\n', match.index);
    if (blank === -1) break;
    const end = endOr(text.indexOf('\r\n--', blank + 2), text);
    named.lastIndex = end;
    const name = (match[1] ?? '').replaceAll('"', '');
    if (!names.has(pairName(name)) || end <= blank + 4) continue;
    done += text.slice(from, blank + 4) + REDACTED;
    from = end;
  }
  return from === 0 ? text : done + text.slice(from);
}

function endOr(at: number, text: string): number {
  return at === -1 ? text.length : at;
}
