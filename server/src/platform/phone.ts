import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

/** A parsed phone number. */
export interface Phone {
  /** `+<digits>`: E.164 when it parses, otherwise its digits with a best guess at the country code. */
  key: string;
  /** True when the numbering plan has such numbers; only then is `key` proper E.164. */
  valid: boolean;
}

const MAX_PHONE_LENGTH = 60;
const MIN_FULL_NUMBER = 8;

/**
 * Parses a phone number as the sender wrote it. `callingCode` (digits) decides the country; otherwise `region` (ISO
 * alpha-2) is assumed for numbers without a country code. Undefined when there are no digits, or too many characters.
 */
export function parsePhone(sent: string, region: string, callingCode?: string): Phone | undefined {
  const text = toAsciiDigits(sent).trim();
  if (text.length > MAX_PHONE_LENGTH) return undefined;
  const digits = text.replace(/\D/g, '');
  if (digits === '') return undefined;
  return callingCode ? withCallingCode(text, digits, callingCode) : withRegion(text, digits, region);
}

const MAX_E164_LENGTH = 16;
const MAX_CACHED = 20_000;
/** Lists show the same numbers again and again, and formatting one takes microseconds. */
const formatted = new Map<string, string>();

/** Formats a stored number for reading: in national form within the region, else with its country code. */
export function formatPhone(key: string, region: string): string {
  const known = formatted.get(region + key);
  if (known !== undefined) return known;
  const text = format(key, region);
  if (formatted.size >= MAX_CACHED) formatted.clear();
  formatted.set(region + key, text);
  return text;
}

function format(key: string, region: string): string {
  if (!/^\+\d{6,}$/.test(key) || key.length > MAX_E164_LENGTH) return key;
  try {
    const number = new PhoneNumber(key);
    return number.format(number.countryCallingCode === callingCodeOf(region) ? 'NATIONAL' : 'INTERNATIONAL');
  } catch {
    // No numbering plan begins like this, so it is shown as stored.
    return key;
  }
}

/** The calling code, digits only, for `91`, `+91`, `0091` or `IN`; undefined for an unknown country. */
export function toCallingCode(text: string): string | undefined {
  const trimmed = toAsciiDigits(text).trim();
  if (/^[a-z]{2}$/i.test(trimmed)) return callingCodeOf(trimmed.toUpperCase());
  const match = /^(?:\+|00)?\s*(\d{1,3})$/.exec(trimmed);
  const digits = match?.[1]?.replace(/^0+/, '');
  return digits && knownCallingCode(digits) ? digits : undefined;
}

/** The ISO alpha-2 country of an E.164 number, or every country sharing its calling code when it is ambiguous. */
export function regionsOf(number: string): readonly string[] {
  const parsed = tryParse(number);
  return parsed?.country ? [parsed.country] : (parsed?.getPossibleCountries() ?? []);
}

/** The ISO 3166 alpha-2 codes of all countries with a numbering plan. */
export const regions: readonly string[] = getCountries();

/** True for an ISO 3166 alpha-2 code with a numbering plan. */
export function isRegion(text: string): boolean {
  return isSupportedCountry(text);
}

function withRegion(text: string, digits: string, region: string): Phone {
  const parsed = tryParse(text, { defaultCountry: region as CountryCode });
  if (parsed?.isValid()) return { key: parsed.number, valid: true };
  // An international number written without its plus, such as 919895912345.
  const international = text.startsWith('+') ? undefined : tryParse(`+${digits.replace(/^00/, '')}`);
  if (digits.length > 10 && international?.isValid()) return { key: international.number, valid: true };
  return { key: parsed?.number ?? `+${digits}`, valid: false };
}

/** The number may already begin with its country code; it is never prefixed twice. */
function withCallingCode(text: string, digits: string, code: string): Phone {
  if (text.startsWith('+')) return withRegion(text, digits, 'ZZ');
  const rest = digits.startsWith(code) ? digits.slice(code.length) : undefined;
  const prefixed = tryParse(digits, { defaultCallingCode: code });
  const whole = rest === undefined ? undefined : tryParse(`+${digits}`);
  if (whole?.isValid() && whole.countryCallingCode === code) return { key: whole.number, valid: true };
  if (prefixed?.isValid()) return { key: prefixed.number, valid: true };
  if (rest !== undefined && rest.length >= MIN_FULL_NUMBER) return { key: `+${digits}`, valid: false };
  return { key: `+${code}${digits.replace(/^0+/, '')}`, valid: false };
}

function tryParse(
  text: string,
  options?: { defaultCountry: CountryCode } | { defaultCallingCode: string },
): PhoneNumber | undefined {
  return parsePhoneNumberFromString(text, options);
}

const otherZeros = [0x0660, 0x06f0, 0x0966];

/** Converts digits of other scripts, including full width, to 0-9. */
export function toAsciiDigits(text: string): string {
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
