import { type CountryCode, Metadata } from 'libphonenumber-js/max';

/**
 * A numbering plan with its patterns compiled. The library compiles them again for every number, which would take most
 * of the time needed to store a new lead. Any number found here is one that the library finds too; one not found here
 * may still be a number that the library can read.
 */
interface Plan {
  /** The ISO 3166 country; a calling code for the plan that is selected by one. */
  name: string;
  callingCode: string;
  /**
   * What may be dialled before a national number. `transforms`: such a prefix changes the number and
   * is not just left out.
   */
  prefix: RegExp | undefined;
  transforms: boolean;
  /** Prefixes for dialling abroad. */
  abroad: RegExp | undefined;
  general: RegExp;
  /** The first digits of a country's numbers, if it shares its calling code with others. */
  leading: RegExp | undefined;
  types: { lengths: readonly number[]; pattern: RegExp }[];
}

/** A number that is valid in its numbering plan. */
export interface PlanNumber {
  callingCode: string;
  national: string;
  /** The ISO 3166 country; undefined for numbers that belong to none, such as +800. */
  country: string | undefined;
}

/** Shorter numbers are valid in only a few plans. */
const SHORTEST = 6;

/** The number, if the digits, which begin with this calling code, are one as they stand, with no prefix to remove. */
export function numberAbroad(digits: string, callingCode: string): PlanNumber | undefined {
  const national = digits.slice(callingCode.length);
  const plan = planOf(callingCode);
  return plan.prefix?.test(national) ? undefined : numberOf(national, plan);
}

/** The number, if the digits dialled under a calling code are one as they stand. */
export function numberUnderCode(digits: string, callingCode: string): PlanNumber | undefined {
  const plan = planOf(callingCode);
  return digits.startsWith(callingCode) || plan.prefix?.test(digits) ? undefined : numberOf(digits, plan);
}

/** The number, if the digits dialled within a country are one, with or without the trunk prefix. */
export function numberWithin(digits: string, region: string): PlanNumber | undefined {
  const plan = planOf(region);
  if (digits.startsWith(plan.callingCode) || plan.abroad?.test(digits)) return undefined;
  const before = plan.prefix?.exec(digits)?.[0];
  if (before === undefined) return numberOf(digits, plan);
  return plan.transforms || plan.general.test(digits) ? undefined : numberOf(digits.slice(before.length), plan);
}

/**
 * `plan` is that of the country, or of the calling code's main country. It applies unless the number belongs to another
 * country that shares the code.
 */
function numberOf(national: string, plan: Plan): PlanNumber | undefined {
  if (national.length < SHORTEST) return undefined;
  const { callingCode } = plan;
  const sharing = sharingOf(callingCode);
  const own = sharing.find((one) => (one.leading ? one.leading.test(national) : hasType(one, national))) ?? plan;
  const country = /^[A-Z]{2}$/.test(own.name) ? own.name : undefined;
  return hasType(own, national) ? { callingCode, national, country } : undefined;
}

function hasType({ general, types }: Plan, national: string): boolean {
  if (!general.test(national)) return false;
  return types.some(({ lengths, pattern }) => lengths.includes(national.length) && pattern.test(national));
}

const plans = new Map<string, Plan>();
const sharing = new Map<string, readonly Plan[]>();

function sharingOf(callingCode: string): readonly Plan[] {
  let found = sharing.get(callingCode);
  if (!found) {
    const countries = numberingOf(callingCode).getCountryCodesForCallingCode(callingCode);
    found = countries.map((country) => planOf(country));
    sharing.set(callingCode, found);
  }
  return found;
}

/** `name` is a country, or a calling code, which selects the main country that has it. */
function planOf(name: string): Plan {
  let plan = plans.get(name);
  if (!plan) {
    plan = compile(name, numberingOf(name).numberingPlan);
    plans.set(name, plan);
  }
  return plan;
}

/** Present at run time, but missing from the library's types. */
interface LibraryPlan {
  callingCode(): string;
  IDDPrefix(): string | undefined;
  nationalNumberPattern(): string;
  nationalPrefix(): string | undefined;
  nationalPrefixForParsing(): string | undefined;
  nationalPrefixTransformRule(): string | undefined;
  leadingDigits(): string | undefined;
  possibleLengths(): number[];
  type(name: string): { pattern(): string; possibleLengths(): number[] | undefined } | undefined;
}

interface LibraryMetadata {
  numberingPlan: LibraryPlan;
  getCountryCodesForCallingCode(callingCode: string): string[];
}

/** `name` is a country, or a calling code, which selects the main country that has it. */
export function numberingOf(name: string): LibraryMetadata {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(name as CountryCode);
  return metadata as unknown as LibraryMetadata;
}

const typeNames = [
  'FIXED_LINE',
  'MOBILE',
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'VOIP',
  'PERSONAL_NUMBER',
  'PAGER',
  'UAN',
  'VOICEMAIL',
];

function compile(name: string, plan: LibraryPlan): Plan {
  const types = typeNames.flatMap((name) => {
    const type = plan.type(name);
    const pattern = type?.pattern();
    return type && pattern
      ? [{ lengths: type.possibleLengths() ?? plan.possibleLengths(), pattern: entirely(pattern) }]
      : [];
  });
  return {
    name,
    callingCode: plan.callingCode(),
    prefix: beginning(plan.nationalPrefixForParsing()),
    transforms: Boolean(plan.nationalPrefixTransformRule()),
    abroad: beginning(plan.IDDPrefix()),
    general: entirely(plan.nationalNumberPattern()),
    leading: beginning(plan.leadingDigits()),
    types,
  };
}

function entirely(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

function beginning(pattern: string | undefined): RegExp | undefined {
  return pattern ? new RegExp(`^(?:${pattern})`) : undefined;
}
