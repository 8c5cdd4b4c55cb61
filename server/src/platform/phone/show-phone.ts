import { PhoneNumber } from 'libphonenumber-js/max';
import { fold } from '../fold/fold.ts';
import { memoise } from '../memoise.ts';
import { foldDigits } from './fold-digits.ts';
import {
  byPlan,
  callingCodeOf,
  callingCodes,
  countriesOf,
  isRepeated,
  looksInvented,
  nationalNumberOf,
  regions,
} from './numbering.ts';
import type { PhoneReading } from './read-phone.ts';
import { candidatesIn } from './split-text.ts';

/** Lists show the same numbers again and again, and formatting one takes microseconds. */
const MAX_FORMATTED = 20_000;
const MAX_READ = 4_000;

/** How certain it is that a stored phone is a number; texts that are not numbers are stored as sent. */
export const certaintyOf = memoise(MAX_READ, (stored: string): PhoneReading['certainty'] => {
  const number = /^\+\d{7,15}$/.test(stored) ? byPlan(stored.slice(1), 'international') : undefined;
  return number?.number === stored ? number.certainty : 'none';
});

/**
 * How well a stored phone identifies a person. `certain`: only one person has it. `weak`: it may be somebody else's,
 * because the plan only has numbers of its length, or because it looks invented. `none`: not at all.
 */
export const identityOf = memoise(MAX_READ, (stored: string): 'certain' | 'weak' | 'none' => {
  const certainty = certaintyOf(stored);
  const national = nationalOf(stored);
  if (national === undefined || isRepeated(national)) return 'none';
  return certainty === 'possible' || looksInvented(national) ? 'weak' : 'certain';
});

/** Whether a stored phone is not a number, or one that people type to get past a form. A real number replaces it. */
export function standsForNone(stored: string): boolean {
  const national = nationalOf(stored);
  return national === undefined || isRepeated(national) || looksInvented(national);
}

/** Formats a stored number for reading: in national form within the region, else with its country code. */
export function formatPhone(key: string, region: string, extension?: string): string {
  return formatted(`${region} ${key}`) + (extension ? ` ext. ${extension}` : '');
}

const formatted = memoise(MAX_FORMATTED, (text: string): string => {
  const [region, key] = [text.slice(0, text.indexOf(' ')), text.slice(text.indexOf(' ') + 1)];
  if (!/^\+\d{6,15}$/.test(key)) return key;
  try {
    const number = new PhoneNumber(key);
    return number.format(number.countryCallingCode === callingCodeOf(region) ? 'NATIONAL' : 'INTERNATIONAL');
  } catch {
    // No country has this calling code, so the number is shown as stored.
    return key;
  }
});

/** The calling code, digits only, for `91`, `+91`, `0091`, `IN` or `India`; undefined for an unknown country. */
export function toCallingCode(text: string): string | undefined {
  const trimmed = foldDigits(text).trim();
  const byRegion = callingCodeOf(trimmed.toUpperCase());
  if (byRegion) return byRegion;
  const match = /^(?:\+|00)?\s*(\d{1,3})$/.exec(trimmed);
  const digits = match?.[1]?.replace(/^0+/, '');
  if (digits) return callingCodes.has(digits) ? digits : undefined;
  countries ??= countriesByName();
  return callingCodeOf(countries.get(fold(trimmed)) ?? '');
}

/** Countries by their English names, and by other names and abbreviations that people use. */
let countries: ReadonlyMap<string, string> | undefined;

function countriesByName(): Map<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'region' });
  const others = { uk: 'GB', 'great britain': 'GB', england: 'GB', usa: 'US', uae: 'AE', ksa: 'SA', turkey: 'TR' };
  return new Map([
    ...regions.map((region) => [fold(names.of(region) ?? ''), region] as const),
    ...Object.entries(others),
  ]);
}

/** The ISO alpha-2 country of an E.164 number, or every country sharing its calling code when it is ambiguous. */
export function regionsOf(number: string): readonly string[] {
  return countriesOf(number.replace(/^\+/, ''));
}

/** The national number of a stored phone, digits only; undefined if it is not a number. */
export function nationalOf(stored: string): string | undefined {
  return certaintyOf(stored) === 'none' ? undefined : nationalNumberOf(stored.slice(1));
}

/** The E.164 numbers, in any country, for which these digits are the complete number as dialled at home. */
export function numbersAnywhere(sent: string): readonly string[] {
  const [first] = candidatesIn(foldDigits(sent));
  const digits = first && !first.text.includes('+') ? first.text.replace(/\D/g, '') : '';
  if (digits.length < 5 || digits.length > 17) return [];
  return [...callingCodes].flatMap((callingCode) => byPlan(digits, { callingCode })?.number ?? []);
}
