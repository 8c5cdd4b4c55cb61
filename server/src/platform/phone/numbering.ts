import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { memoise } from '../memoise.ts';
import { numberAbroad, numberingOf, numberUnderCode, numberWithin, type PlanNumber } from './compiled-plans.ts';

/** A number in E.164, and whether the numbering plan of its country has such numbers or only numbers of that length. */
export interface Numbered {
  number: string;
  certainty: 'valid' | 'possible';
}

/** How to read digits: as E.164 without its plus, or as dialled within a country or under a calling code. */
export type Within = 'international' | { region: string } | { callingCode: string };

/** Reads digits by the numbering plans; undefined if no plan has numbers of that length. */
export function byPlan(digits: string, within: Within): Numbered | undefined {
  const plain = validAsItStands(digits, within);
  if (plain) return { number: e164(plain), certainty: 'valid' };
  const parsed = parse(digits, within);
  if (!parsed) return undefined;
  const number: string = parsed.number;
  if (isValid(parsed)) return { number, certainty: 'valid' };
  return isPossible(parsed) && !isFiller(parsed.nationalNumber) ? { number, certainty: 'possible' } : undefined;
}

/** The number, if it is valid in its numbering plan. */
export function validByPlan(digits: string, within: Within): string | undefined {
  const plain = validAsItStands(digits, within);
  if (plain) return e164(plain);
  const parsed = parse(digits, within);
  return parsed && isValid(parsed) ? parsed.number : undefined;
}

/** The national number of E.164 digits, as dialled at home without a prefix. */
export function nationalNumberOf(digits: string): string | undefined {
  const plain = validAsItStands(digits, 'international');
  return plain ? plain.national : parseAbroad(digits)?.nationalNumber;
}

/** The ISO 3166 country of E.164 digits, or every country sharing their calling code when that is ambiguous. */
export function countriesOf(digits: string): readonly string[] {
  const plain = validAsItStands(digits, 'international');
  if (plain?.country) return [plain.country];
  const parsed = parseAbroad(digits);
  return parsed?.country ? [parsed.country] : (parsed?.getPossibleCountries() ?? []);
}

/** The number, if it is valid as written, apart from a trunk digit. Nearly all numbers are. */
function validAsItStands(digits: string, within: Within): PlanNumber | undefined {
  if (within === 'international') {
    const code = leadingCode(digits);
    return code === undefined ? undefined : numberAbroad(digits, code);
  }
  if ('region' in within) return isRegion(within.region) ? numberWithin(digits, within.region) : undefined;
  return callingCodes.has(within.callingCode) ? numberUnderCode(digits, within.callingCode) : undefined;
}

function e164({ callingCode, national }: PlanNumber): string {
  return `+${callingCode}${national}`;
}

/** The parsed number, which need not be valid in its plan. */
function parse(digits: string, within: Within): PhoneNumber | undefined {
  if (within === 'international') return parseAbroad(digits);
  return 'region' in within
    ? parseInRegion(`${within.region}${digits}`)
    : parseUnderCode(`${within.callingCode} ${digits}`);
}

/** The same digits are read several times for one lead, and the library takes a tenth of a millisecond each time. */
const MAX_CACHED = 2_000;
const parseAbroad = memoise(MAX_CACHED, (digits) => parsePhoneNumberFromString(`+${digits}`));
/** The text begins with the two letters of the region. */
const parseInRegion = memoise(MAX_CACHED, (text) =>
  parsePhoneNumberFromString(text.slice(2), { defaultCountry: text.slice(0, 2) as CountryCode }),
);
const parseUnderCode = memoise(MAX_CACHED, (text) => {
  const [defaultCallingCode, digits = ''] = text.split(' ');
  return parsePhoneNumberFromString(digits, { defaultCallingCode });
});

/**
 * Fewer digits are not a person's number, even if the plan has some shorter numbers. The exception is small countries,
 * where all numbers are short.
 */
const SHORTEST = 7;
const SHORTEST_VALID = 6;

const validity = new WeakMap<PhoneNumber, boolean>();

function isValid(parsed: PhoneNumber): boolean {
  let valid = validity.get(parsed);
  if (valid === undefined) {
    valid = isOfPlan(parsed);
    validity.set(parsed, valid);
  }
  return valid;
}

function isOfPlan(parsed: PhoneNumber): boolean {
  if (!parsed.isValid()) return false;
  const { nationalNumber, country, countryCallingCode } = parsed;
  if (nationalNumber.length >= SHORTEST_VALID) return true;
  return Math.max(...planOf(country ?? countryCallingCode).lengths) <= SHORTEST;
}

/** Only lengths of subscribers' numbers count: service numbers are often shorter. */
function isPossible({ nationalNumber, countryCallingCode, country }: PhoneNumber): boolean {
  const { lengths, mobileLengths, trunk } = planOf(country ?? countryCallingCode);
  // A trunk zero is left over when the rest is too short for a number.
  if (trunk === '0' && nationalNumber.startsWith(trunk)) return false;
  if (nationalNumber.length < SHORTEST || !lengths.has(nationalNumber.length)) return false;
  return mobileLengths.has(nationalNumber.length) || !isSlip(nationalNumber, countryCallingCode);
}

/** Whether the number is a valid one that lacks its last digit, or has one digit too many at its end. */
function isSlip(national: string, callingCode: string): boolean {
  const others = [national.slice(0, -1), ...Array.from({ length: 10 }, (_, digit) => `${national}${digit}`)];
  return others.some((digits) => validByPlan(digits, { callingCode }) !== undefined);
}

interface Plan {
  /** Lengths of subscribers' numbers. */
  lengths: ReadonlySet<number>;
  mobileLengths: ReadonlySet<number>;
  /** What is dialled before a national number within the country. */
  trunk: string | undefined;
}
const knownPlans = new Map<string, Plan>();

/** `plan` is a country, or a calling code, which selects the main country that has it. */
function planOf(plan: string): Plan {
  const known = knownPlans.get(plan);
  if (known) return known;
  const numbering = numberingOf(plan).numberingPlan;
  const lengthsOf = (name: string) => numbering.type(name)?.possibleLengths() ?? [];
  const mobileLengths = lengthsOf('MOBILE');
  const made = {
    lengths: new Set([...lengthsOf('FIXED_LINE'), ...mobileLengths]),
    mobileLengths: new Set(mobileLengths),
    trunk: numbering.nationalPrefix(),
  };
  knownPlans.set(plan, made);
  return made;
}

/** All calling codes, digits only. */
export const callingCodes: ReadonlySet<string> = new Set(
  getCountries().map((country): string => getCountryCallingCode(country)),
);

/** The ISO 3166 alpha-2 codes of all countries with a numbering plan. */
export const regions: readonly string[] = getCountries();

/** True for an ISO 3166 alpha-2 code with a numbering plan. */
export function isRegion(text: string): boolean {
  return isSupportedCountry(text);
}

/** The calling code of an ISO 3166 alpha-2 country, digits only. */
export function callingCodeOf(region: string): string | undefined {
  return isSupportedCountry(region) ? getCountryCallingCode(region) : undefined;
}

/** The calling code with which E.164 digits begin. No code is a prefix of another. */
export function leadingCode(digits: string): string | undefined {
  for (let length = 1; length <= 3; length += 1) {
    const code = digits.slice(0, length);
    if (callingCodes.has(code)) return code;
  }
  return undefined;
}

/** Digits that people type to get past a form: the same digit throughout, or a run up or down. */
function isFiller(national: string): boolean {
  return isRepeated(national) || isRun(national);
}

/** The same digit throughout, apart from the beginning: 5555555, 0700000000. */
export function isRepeated(national: string): boolean {
  return /^0*\d?(\d)\1{5,}$/.test(national) || /^(\d)\1*$/.test(national);
}

/** Digits that count up or down, wrapping between 9 and 0. */
function isRun(national: string): boolean {
  const stepAt = (at: number) => (national.charCodeAt(at) - national.charCodeAt(at - 1) + 10) % 10;
  const step = national.length > 1 ? stepAt(1) : 0;
  if (step !== 1 && step !== 9) return false;
  for (let at = 2; at < national.length; at += 1) if (stepAt(at) !== step) return false;
  return true;
}

/**
 * Digits that may be somebody's number, but that far more people type to get past a form: a run of eight at the end
 * (0612345678), the same digit seven times, or two or three digits repeated (1212121212).
 */
export function looksInvented(national: string): boolean {
  const end = national.slice(-8);
  return isRun(national) || (end.length === 8 && isRun(end)) || /(\d)\1{6}$|(\d\d)\2{3}|(\d{3})\3{2}/.test(national);
}
