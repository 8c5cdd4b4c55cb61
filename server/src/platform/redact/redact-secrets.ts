import { memoise } from '../memoise.ts';
import { cut, unescaped, unfolded, type View } from './escapes.ts';

/** The replacement for a secret. */
export const REDACTED = '[redacted]';

/** A secret and its other spellings, prepared for searching. */
export interface SecretFinder {
  /** The secret itself, its hexadecimal form, and the parts of its Base64 form that do not depend on its neighbours. */
  spellings: readonly string[];
  /**
   * Length of the shortest spelling. Escapes are never shorter than what they stand for, so a shorter
   * text holds no secret.
   */
  shortest: number;
  /** True when no character of the secret needs escaping, so that escapes of other characters cannot hide it. */
  plain: boolean;
}

/** Shorter secrets are searched for only as they are: their encodings would also be found by chance. */
const MIN_ENCODED_LENGTH = 16;

/** How many finders are cached, since each token comes with many requests. */
const MOST_KNOWN = 100;

export const secretFinder = memoise(MOST_KNOWN, (secret: string): SecretFinder => {
  // A secret that is part of the replacement is not searched for: the replacement itself would be replaced.
  const spellings = REDACTED.includes(secret)
    ? []
    : [secret, ...(secret.length < MIN_ENCODED_LENGTH ? [] : encodings(secret))];
  const shortest = Math.min(...spellings.map(({ length }) => length));
  return { spellings, shortest, plain: /^[\w.-]*$/.test(secret) };
});

function encodings(secret: string): string[] {
  const base64 = [0, 1, 2].map((at) => base64Core(secret, at));
  const forUrls = base64.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'));
  const hex = Buffer.from(secret).toString('hex');
  return [...new Set([...base64, ...forUrls, hex, hex.toUpperCase()])];
}

/**
 * The Base64 of the secret when `before` bytes (mod 3) precede it, without the edge digits shared with its neighbours.
 */
function base64Core(secret: string, before: number): string {
  const bytes = Buffer.from('\0'.repeat(before) + secret);
  return bytes.toString('base64').slice(before === 0 ? 0 : before + 1, Math.floor((bytes.length * 8) / 6));
}

/** Redacts every occurrence of the secrets, plain or escaped, and anything shaped like a token. */
export function redactSecrets(text: string, finders: readonly SecretFinder[]): string {
  let safe = text;
  for (const finder of finders) safe = withoutSecret(safe, finder);
  return withoutTokenShapes(safe);
}

/** Redacts every occurrence of one secret, however it is escaped or broken into lines. */
export function withoutSecret(text: string, finder: SecretFinder): string {
  if (text.length < finder.shortest) return text;
  let safe = text;
  for (const spelling of finder.spellings) if (safe.includes(spelling)) safe = safe.replaceAll(spelling, REDACTED);
  return (finder.plain ? ESCAPED_PLAIN : ESCAPED).test(safe) ? withoutEscaped(safe, finder.spellings) : safe;
}

const ESCAPED = /[%\\&\r\n]/;
/**
 * A line break, an HTML entity, or an escaped letter, digit, `_`, `.`, `-`, or first character of an escape. Escapes of
 * other characters are common and ignored.
 */
const ESCAPED_PLAIN =
  /[\r\n]|\\[nr]|%0[ad]|%u00|%(?:2[56de]|3\d|[46][1-9a-f]|5[0-9acf]|7[0-9a])|\\u00[02-7]|\\u\{|\\x[0-7]|&(?:#|amp;|lowbar|under|period|hyphen|dash)/i;
const MAX_ESCAPE_DEPTH = 3;

/**
 * Escapes may be nested, as in JSON inside a form value. The search starts again after each cut; the
 * number of cuts is limited.
 */
function withoutEscaped(text: string, spellings: readonly string[]): string {
  let safe = text;
  for (let cuts = spellings.length * MAX_ESCAPE_DEPTH; cuts > 0; cuts -= 1) {
    const found = findEscaped(safe, spellings);
    if (!found) return safe;
    safe = cut(safe, found.view, found.spelling, REDACTED);
  }
  return safe;
}

function findEscaped(text: string, spellings: readonly string[]): { view: View; spelling: string } | undefined {
  let view: View = { text, places: undefined };
  for (let depth = 0; depth <= MAX_ESCAPE_DEPTH; depth += 1) {
    for (const seen of new Set([view, unfolded(view)])) {
      const spelling = spellings.find((one) => seen.text.includes(one));
      if (spelling !== undefined) return { view: seen, spelling };
    }
    const deeper = unescaped(view);
    if (deeper === view) return undefined;
    view = deeper;
  }
  return undefined;
}

/** Our own tokens and JSON Web Tokens at the beginning of a word or after an escape. */
const TOKEN_SHAPE =
  /(?:(?<![\w-])|(?<=%[\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\[bfnrt]))(?:(?:gl|sk|lw)_[\w-]{20,}|eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*)/g;
const MIN_TOKEN_LENGTH = 15;

function withoutTokenShapes(text: string): string {
  if (text.length < MIN_TOKEN_LENGTH) return text;
  const none = !text.includes('eyJ') && !text.includes('gl_') && !text.includes('sk_') && !text.includes('lw_');
  return none ? text : text.replace(TOKEN_SHAPE, REDACTED);
}
