import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

/** What a phone text turned out to be. */
export interface Phone {
  /** `+<digits>`: E.164 where it parses, else whatever digits there are after a best guess at the country code. */
  key: string;
  /** True when the numbering plan knows such a number; only then is `key` proper E.164. */
  valid: boolean;
}

const LONGEST_PHONE = 60;
const FULL_NUMBER = 8;

/**
 * Reads a phone as its sender wrote it. `callingCode` (digits) says the country; otherwise `region` (ISO alpha-2) is
 * assumed for numbers without one. Undefined when there are no digits, or too many characters to be a phone.
 */
export function parsePhone(sent: string, region: string, callingCode?: string): Phone | undefined {
  const text = toAsciiDigits(sent).trim();
  if (text.length > LONGEST_PHONE) return undefined;
  const digits = text.replace(/\D/g, '');
  if (digits === '') return undefined;
  return callingCode ? withCallingCode(text, digits, callingCode) : withRegion(text, digits, region);
}

const LONGEST_E164 = 16;
const MOST_SHOWN = 20_000;
/** Lists show the same numbers again and again, and working one out takes microseconds. */
const shown = new Map<string, string>();

/** A stored number as people write it: as at home where it is of that region, else with its country code. */
export function showPhone(key: string, region: string): string {
  const known = shown.get(region + key);
  if (known !== undefined) return known;
  const text = write(key, region);
  if (shown.size >= MOST_SHOWN) shown.clear();
  shown.set(region + key, text);
  return text;
}

function write(key: string, region: string): string {
  if (!/^\+\d{6,}$/.test(key) || key.length > LONGEST_E164) return key;
  try {
    const number = new PhoneNumber(key);
    return number.format(number.countryCallingCode === callingCodeOf(region) ? 'NATIONAL' : 'INTERNATIONAL');
  } catch {
    // No numbering plan begins like this.
    return key;
  }
}

/** Country calling code, digits only, of `91`, `+91`, `0091` or `IN`; undefined when there is no such country. */
export function toCallingCode(text: string): string | undefined {
  const trimmed = toAsciiDigits(text).trim();
  if (/^[a-z]{2}$/i.test(trimmed)) return callingCodeOf(trimmed.toUpperCase());
  const match = /^(?:\+|00)?\s*(\d{1,3})$/.exec(trimmed);
  const digits = match?.[1]?.replace(/^0+/, '');
  return digits && knownCallingCode(digits) ? digits : undefined;
}

/** ISO alpha-2 of the country of a number in E.164, or of all that share its code where one cannot be told. */
export function regionsOf(number: string): readonly string[] {
  const parsed = tryParse(number);
  return parsed?.country ? [parsed.country] : (parsed?.getPossibleCountries() ?? []);
}

/** ISO 3166 alpha-2 of every country that the numbering plans know. */
export const regions: readonly string[] = getCountries();

/** ISO 3166 alpha-2 that the numbering plans know. */
export function isRegion(text: string): boolean {
  return isSupportedCountry(text);
}

function withRegion(text: string, digits: string, region: string): Phone {
  const parsed = tryParse(text, { defaultCountry: region as CountryCode });
  if (parsed?.isValid()) return { key: parsed.number, valid: true };
  // An international number written without its plus: 919895912345.
  const international = text.startsWith('+') ? undefined : tryParse(`+${digits.replace(/^00/, '')}`);
  if (digits.length > 10 && international?.isValid()) return { key: international.number, valid: true };
  return { key: parsed?.number ?? `+${digits}`, valid: false };
}

/** The number may or may not begin with its country code already: it is never prefixed twice. */
function withCallingCode(text: string, digits: string, code: string): Phone {
  if (text.startsWith('+')) return withRegion(text, digits, 'ZZ');
  const rest = digits.startsWith(code) ? digits.slice(code.length) : undefined;
  const prefixed = tryParse(digits, { defaultCallingCode: code });
  const whole = rest === undefined ? undefined : tryParse(`+${digits}`);
  if (whole?.isValid() && whole.countryCallingCode === code) return { key: whole.number, valid: true };
  if (prefixed?.isValid()) return { key: prefixed.number, valid: true };
  if (rest !== undefined && rest.length >= FULL_NUMBER) return { key: `+${digits}`, valid: false };
  return { key: `+${code}${digits.replace(/^0+/, '')}`, valid: false };
}

function tryParse(
  text: string,
  options?: { defaultCountry: CountryCode } | { defaultCallingCode: string },
): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, options);
}

const otherZeros = [0x0660, 0x06f0, 0x0966];

/** Digits of other scripts, full width included, as 0-9. */
function toAsciiDigits(text: string): string {
  return text.normalize('NFKC').replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = otherZeros.find((start) => code >= start && code < start + 10) ?? code;
    return String(code - zero);
  });
}

function callingCodeOf(region: string): string | undefined {
  return isSupportedCountry(region) ? getCountryCallingCode(region) : undefined;
}

const callingCodes = new Set<string>(getCountries().map((country) => getCountryCallingCode(country)));

function knownCallingCode(digits: string): boolean {
  return callingCodes.has(digits);
}
