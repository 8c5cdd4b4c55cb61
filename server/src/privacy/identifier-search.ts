import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { phoneKey } from '../leads/lead-keys.ts';
import { emailKey } from '../platform/email.ts';
import { readPhone } from '../platform/phone/read-phone.ts';
import { toCallingCode } from '../platform/phone/show-phone.ts';
import { type Identifier, identifiersOf, type Person } from './person.ts';
import { plainText, spellingsOf } from './spellings.ts';

/** The text that replaces what was erased. */
export const ERASED = '[erased]';

/** Finds a person's phones and emails in text, however they are spelt, and nobody else's. */
export interface IdentifierSearch {
  /** The identifiers that the text contains. */
  find(text: string): Identifier[];
  /** The text without these identifiers; undefined if it is unchanged. */
  redact(text: string, which?: readonly Identifier[]): string | undefined;
}

/** False for most texts: those with neither an @ nor enough digits, not even in another encoding. */
function mayHold(text: string): boolean {
  if (text.length < 5) return false;
  return !isAscii.test(text) || /[@%\\&=]|\d(?:[^a-z\d]{0,6}\d){4}|[a-z\d+/_-]{16}/i.test(text);
}

const isAscii = /^[\0-\x7f]*$/;

interface Needle extends Identifier {
  finds(text: string): boolean;
  /** The text with every match replaced by `[erased]`. */
  cutFrom(text: string): string;
}

/** `regions`: the countries (ISO alpha-2) assumed for numbers without a country code. */
export function searchFor(person: Pick<Person, 'phones' | 'emails'>, regions: readonly string[]): IdentifierSearch {
  const needles = identifiersOf(person).map(({ kind, value }) =>
    kind === 'email' ? emailNeedle(value) : phoneNeedle(value, regions),
  );
  const find = (text: string, among = needles) => {
    if (among.length === 0 || !mayHold(text)) return [];
    const spellings = spellingsOf(text);
    return among.filter((needle) => spellings.some((one) => needle.finds(one)));
  };
  return {
    find: (text) => find(text).map(({ kind, value }) => ({ kind, value })),
    redact(text, which) {
      const wanted = which
        ? needles.filter((needle) => which.some(({ kind, value }) => kind === needle.kind && value === needle.value))
        : needles;
      const found = find(text, wanted);
      if (found.length === 0) return undefined;
      let redacted = text;
      for (const { cutFrom } of found) redacted = cutFrom(redacted);
      // If a spelling cannot be cut out, the whole text is erased.
      return find(redacted, wanted).length === 0 ? redacted : ERASED;
    },
  };
}

/** Cuts out a match, unless it begins with the code of another country. */
const cut = (match: string, code: unknown) => (typeof code === 'string' ? match : ERASED);

/** The text escaped for use in a regular expression. */
export const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

function emailNeedle(value: string): Needle {
  const source = `(?<![\\p{L}\\p{N}._%+-])${escaped(value)}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`;
  const test = new RegExp(source, 'u');
  const everywhere = new RegExp(source, 'giu');
  // The same email in another form, such as punycode or equivalent letters.
  const isSame = (written: string) =>
    (!isAscii.test(written) || written.includes('xn--')) && emailKey(trimmed(written)) === value;
  return {
    kind: 'email',
    value,
    finds: (text) => test.test(text) || [...text.matchAll(EMAIL_LIKE)].some(([written]) => isSame(written)),
    cutFrom: (text) =>
      text.replace(everywhere, ERASED).replace(EMAIL_LIKE, (written) => (isSame(written) ? ERASED : written)),
  };
}

const EMAIL_LIKE = /[^\s"'<>,;:()[\]{}\\|=&?/]+@[^\s"'<>,;:()[\]{}\\|=&?/]+/g;
const trimmed = (email: string) => email.replace(/^[.]+|[.!]+$/g, '');

const GAP = '[\\s().\\/\\u00a0\\u2010-\\u2015-]{0,3}';
const spaced = (digits: string) => [...digits].join(GAP);
const SHORTEST_NATIONAL = 7;

function phoneNeedle(key: string, regions: readonly string[]): Needle {
  const [value = key, extension] = key.split(';ext=');
  const parsed = parsePhoneNumberFromString(value);
  const digits = value.slice(1);
  const code = parsed?.countryCallingCode ?? '';
  const national = parsed?.nationalNumber ?? digits;
  const whole = `(?<!\\d)(?:\\+|00)?${GAP}${spaced(code)}${GAP}(?:\\(0\\)|0)?${GAP}${spaced(national)}(?!\\d)`;
  // The group distinguishes the number from a foreign one that ends in the same digits.
  const bare = `(?<![\\d+])(?:(?:\\+|00)(\\d{1,3})${GAP})?0?${spaced(national)}(?!\\d)`;
  const inFull = new RegExp(whole);
  const alone = new RegExp(bare, 'g');
  const isOurs = isNationalIn(value, regions);
  // The same number with another extension is somebody else's phone.
  const hasExtension = (text: string) => !extension || new RegExp(`(?<!\\d)${extension}(?!\\d)`).test(text);
  const finds = (text: string) => {
    if (!hasExtension(text)) return false;
    if (inFull.test(text)) return true;
    if (national.length < SHORTEST_NATIONAL) return false;
    for (const match of text.matchAll(alone)) if (!match[1] && isOurs(text, match[0], code)) return true;
    return false;
  };
  const patterns = [new RegExp(whole, 'g'), ...(national.length < SHORTEST_NATIONAL ? [] : [new RegExp(bare, 'g')])];
  const cutFrom = (text: string) => patterns.reduce((left, pattern) => left.replace(pattern, cut), text);
  return { kind: 'phone', value: key, finds, cutFrom };
}

const CODE_FIELD =
  /(?:country|calling|phone|dial|isd)[ _-]?(?:calling[ _-]?)?code["']?\s*[=:]\s*["']?((?:\+|00)?[a-z]{2}\b|(?:\+|00)?\d{1,3}(?!\d))/gi;

/** Whether a number without country code is this one: by a code sent beside it, otherwise by the regions in use. */
function isNationalIn(value: string, regions: readonly string[]) {
  return (text: string, sent: string, code: string): boolean => {
    const codes = [...text.matchAll(CODE_FIELD)].flatMap((match) => toCallingCode(match[1] ?? '') ?? []);
    if (codes.length > 0) return codes.includes(code);
    return regions.some((region) => readPhone(sent, region).number === value);
  };
}

const PHONE_LIKE = /\+?\d(?:[\s()./-]{0,3}\d){5,16}/g;

/** Every phone and email in a text, normalised; phones are read once for each region. */
export function identifiersIn(text: string, regions: readonly string[]): Identifier[] {
  const found = new Map<string, Identifier>();
  for (const spelling of spellingsOf(text)) {
    for (const [email] of spelling.matchAll(EMAIL_LIKE)) {
      const value = emailKey(trimmed(email)) ?? trimmed(email);
      found.set(`email:${value}`, { kind: 'email', value });
    }
    for (const [phone] of spelling.matchAll(PHONE_LIKE))
      for (const region of regions) {
        const value = phoneKey({ sent: phone }, region);
        if (value) found.set(`phone:${value}`, { kind: 'phone', value });
      }
  }
  return [...found.values()];
}

/** Whether a text contains one of the wanted texts in full, such as a person's full name. */
export function holdsAny(text: string, wanted: readonly string[]): boolean {
  if (wanted.length === 0 || text === '') return false;
  const spellings = spellingsOf(text);
  return wanted.some((one) => spellings.some((spelling) => spelling.includes(plainText(one))));
}
