/**
 * Words that make a name secret wherever they occur in it: in lower case, without punctuation and without letters that
 * are not English, such as the ñ of “contraseña”.
 */
const SECRET_WORD =
  /passw(?:or)?d|passphrase|passcode|passwort|kennwort|contrasen?a|motdepasse|secret(?!ar)|privatekey|credential/;
/** Names that are secret only as a whole: they are too short or too common to look for inside others. */
const SECRET_NAME =
  /^(?:pass|authorization|(?:user|new|old|my|current|confirm)?pwd\d*|x?apikey|(?:access|refresh|auth|bearer|session|api|id|jwt|security)token)$/;
/** A cheap test that rules out nearly all names. */
const MAYBE = /pass|pwd|wort|contra|secret|private|credential|auth|key|token/i;

/** Names whose values are secret, prepared for searching. */
export interface SecretNames {
  has(name: string): boolean;
}

const prepared = new WeakMap<readonly string[], SecretNames>();

/**
 * The given names, in any case, and every name that says "password" or the like. Results are cached per list: pass the
 * same array again, not a copy.
 */
export function secretNames(names: readonly string[]): SecretNames {
  const known = prepared.get(names);
  if (known) return known;
  const own = new Set(names.map((name) => name.toLowerCase()));
  const made = { has: (name: string) => own.has(name.trim().toLowerCase()) || isSecretName(name) };
  prepared.set(names, made);
  return made;
}

/** Whether a field of this name holds a password, key or the like, whoever sends it. */
export function isSecretName(name: string): boolean {
  if (!MAYBE.test(name)) return false;
  const word = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return SECRET_WORD.test(word) || SECRET_NAME.test(word);
}
