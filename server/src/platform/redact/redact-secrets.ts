/** What stands where a secret stood. */
export const REDACTED = '[redacted]';

/** A secret and its other spellings, ready to be looked for. */
export interface SecretFinder {
  /** The secret itself, and the parts of its Base64 that are the same whatever stands before and after it. */
  spellings: readonly string[];
  /** No character of it needs an escape, so an escape of anything else cannot hide it. */
  plain: boolean;
}

const SHORTEST_BASE64 = 16;

export function secretFinder(secret: string): SecretFinder {
  // Nothing to look for; what replaces a secret must not look like it.
  if (REDACTED.includes(secret)) return { spellings: [], plain: true };
  const spellings =
    secret.length < SHORTEST_BASE64 ? [secret] : [secret, ...[0, 1, 2].map((at) => base64Core(secret, at))];
  return { spellings, plain: /^[\w.-]*$/.test(secret) };
}

/** The Base64 of the secret when `before` bytes (mod 3) precede it, without the digits at its edges that they share. */
function base64Core(secret: string, before: number): string {
  const bytes = Buffer.from('\0'.repeat(before) + secret);
  return bytes.toString('base64').slice(before === 0 ? 0 : before + 1, Math.floor((bytes.length * 8) / 6));
}

/** Replaces every occurrence of the secrets, plain or escaped, and whatever has the shape of a token. */
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
/** An escape of a letter, digit, `_`, `.`, `-`, or of an escape's own beginning. Those of other characters abound. */
const ESCAPED_PLAIN = /%(?:2[5de]|3\d|[46][1-9a-f]|5[0-9acf]|7[0-9a])|\\u00[2-7]/i;
const DEEPEST_ESCAPE = 3;

/** Escapes may be escaped again: JSON in a form's value. Each cut begins anew; their number is bounded. */
function withoutEscaped(text: string, spellings: readonly string[]): string {
  let safe = text;
  for (let cuts = spellings.length * DEEPEST_ESCAPE; cuts > 0; cuts -= 1) {
    const found = findEscaped(safe, spellings);
    if (!found) return safe;
    safe = cut(safe, found.view, found.spelling);
  }
  return safe;
}

function findEscaped(text: string, spellings: readonly string[]): { view: View; spelling: string } | undefined {
  let view: View = { text, starts: undefined };
  for (let depth = 1; depth <= DEEPEST_ESCAPE; depth += 1) {
    const deeper = unescaped(view);
    if (deeper.text.length === view.text.length) return undefined;
    view = deeper;
    for (const spelling of spellings) if (view.text.includes(spelling)) return { view, spelling };
  }
  return undefined;
}

/** A text after unescaping, with the place in the source at which each character began. */
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

/** Our own tokens and JSON Web Tokens, where a word begins: after anything else than a word, or after an escape. */
const TOKEN_SHAPE =
  /(?:(?<![\w-])|(?<=%[\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\[bfnrt]))(?:(?:gl|sk|lw)_[\w-]{20,}|eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*)/g;
const SHORTEST_SHAPE = 15;

function withoutTokenShapes(text: string): string {
  if (text.length < SHORTEST_SHAPE) return text;
  const none = !text.includes('eyJ') && !text.includes('gl_') && !text.includes('sk_') && !text.includes('lw_');
  return none ? text : text.replace(TOKEN_SHAPE, REDACTED);
}
