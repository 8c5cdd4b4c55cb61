/** The replacement for a secret. */
export const REDACTED = '[redacted]';

/** A secret and its other spellings, prepared for searching. */
export interface SecretFinder {
  /** The secret itself, and the parts of its Base64 form that do not depend on what stands around it. */
  spellings: readonly string[];
  /** True when no character of the secret needs escaping, so that escapes of other characters cannot hide it. */
  plain: boolean;
}

const MIN_BASE64_LENGTH = 16;

export function secretFinder(secret: string): SecretFinder {
  // Nothing to search for; otherwise the replacement itself would be replaced.
  if (REDACTED.includes(secret)) return { spellings: [], plain: true };
  const spellings =
    secret.length < MIN_BASE64_LENGTH ? [secret] : [secret, ...[0, 1, 2].map((at) => base64Core(secret, at))];
  return { spellings, plain: /^[\w.-]*$/.test(secret) };
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

function withoutSecret(text: string, finder: SecretFinder): string {
  let safe = text;
  for (const spelling of finder.spellings) if (safe.includes(spelling)) safe = safe.replaceAll(spelling, REDACTED);
  return (finder.plain ? ESCAPED_PLAIN : ESCAPED).test(safe) ? withoutEscaped(safe, finder.spellings) : safe;
}

const ESCAPED = /[%\\]/;
/**
 * An escaped letter, digit, `_`, `.`, `-`, or first character of an escape. Escapes of other characters are common and
 * ignored.
 */
const ESCAPED_PLAIN = /%(?:2[5de]|3\d|[46][1-9a-f]|5[0-9acf]|7[0-9a])|\\u00[2-7]/i;
const MAX_ESCAPE_DEPTH = 3;

/** Escapes may be nested, as in JSON inside a form value. Each cut starts over; their number is bounded. */
function withoutEscaped(text: string, spellings: readonly string[]): string {
  let safe = text;
  for (let cuts = spellings.length * MAX_ESCAPE_DEPTH; cuts > 0; cuts -= 1) {
    const found = findEscaped(safe, spellings);
    if (!found) return safe;
    safe = cut(safe, found.view, found.spelling);
  }
  return safe;
}

function findEscaped(text: string, spellings: readonly string[]): { view: View; spelling: string } | undefined {
  let view: View = { text, starts: undefined };
  for (let depth = 1; depth <= MAX_ESCAPE_DEPTH; depth += 1) {
    const deeper = unescaped(view);
    if (deeper.text.length === view.text.length) return undefined;
    view = deeper;
    for (const spelling of spellings) if (view.text.includes(spelling)) return { view, spelling };
  }
  return undefined;
}

/** An unescaped text, with the position in the source where each character began. */
interface View {
  text: string;
  starts: number[] | undefined;
}

const ESCAPE = /%([0-9a-f]{2})|\\u00([0-9a-f]{2})|\\([/"\\])/gi;

function unescaped({ text, starts }: View): View {
  const source = (at: number) => starts?.[at] ?? at;
  const at: number[] = [];
  let [plain, from] = ['', 0];
  const copy = (to: number) => {
    for (let index = from; index < to; index += 1) at.push(source(index));
    plain += text.slice(from, to);
  };
  for (const match of text.matchAll(ESCAPE)) {
    copy(match.index);
    const code = match[1] ?? match[2];
    plain += code ? String.fromCharCode(Number.parseInt(code, 16)) : match[3];
    at.push(source(match.index));
    from = match.index + match[0].length;
  }
  copy(text.length);
  at.push(source(text.length));
  return { text: plain, starts: at };
}

function cut(source: string, { text, starts }: View, spelling: string): string {
  let [done, from] = ['', 0];
  for (let at = text.indexOf(spelling); at !== -1; at = text.indexOf(spelling, at + spelling.length)) {
    done += source.slice(from, starts?.[at]) + REDACTED;
    from = starts?.[at + spelling.length] ?? source.length;
  }
  return done + source.slice(from);
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
