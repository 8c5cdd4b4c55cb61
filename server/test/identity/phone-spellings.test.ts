import fc from 'fast-check';
import mobileExamples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import { phoneKeyOf } from '../../src/leads/lead-keys.ts';
import {
  numberAbroad,
  numberUnderCode,
  numberWithin,
  type PlanNumber,
} from '../../src/platform/phone/compiled-plans.ts';
import { foldDigits } from '../../src/platform/phone/fold-digits.ts';
import { regions as allRegions, callingCodeOf } from '../../src/platform/phone/numbering.ts';
import { readPhone } from '../../src/platform/phone/read-phone.ts';
import { oddTexts, type Spelling, spellings } from './spellings.ts';

const regions = Object.keys(spellings);
const says = (sent: string, region: string) => {
  const { number, extension, certainty } = readPhone(sent, region);
  if (certainty !== 'valid' || number === undefined) return null;
  return extension === undefined ? number : `${number};ext=${extension}`;
};

test('there are at least 300 spellings from 25 countries', () => {
  expect(regions).toHaveLength(25);
  expect(Object.values(spellings).flat().length).toBeGreaterThanOrEqual(300);
});

describe.each([...Object.entries(spellings), ['GB', oddTexts] as const])('written in %s', (region, table) => {
  test.each(table as Spelling[])('%j is read as %s: %s', (sent, number) => {
    expect(says(sent, region)).toBe(number);
  });
});

/** Digits, separators, words and prefixes as people and programs mix them. */
const texts = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.stringMatching(/^\d{1,6}$/) },
      { weight: 3, arbitrary: fc.constantFrom(' ', '-', '.', '/', ' / ', ',', '(', ')', '  ', '\n', ';', '\u200b') },
      { weight: 2, arbitrary: fc.constantFrom('+', '00', '011', '0', '+44', '+91 ', '(0)', '+1', '+49', '044') },
      {
        weight: 1,
        arbitrary: fc.constantFrom(' ext 12', 'x', ' or ', 'tel:', '@c.us', '.0', 'E+11', 'M: ', '٠٥٠', '😀', '\ud800'),
      },
      {
        weight: 3,
        arbitrary: fc.constantFrom(...Object.values(spellings).flatMap((rows) => rows.map(([sent]) => sent))),
      },
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));

/** The stretches of digits and separators in a text, reduced to their digits. */
function stretches(text: string): string[] {
  const plain = foldDigits(text).replace(/\(?0 ?xx ?(?=\(?\d\d)/gi, '(0');
  return (plain.match(/[\d\s+()[\]\-./,~·']+/g) ?? []).map((stretch) => stretch.replace(/\D/g, ''));
}

/**
 * Whether the text contains the number. Brazil has added a 9 to mobile numbers after the area code. Argentina writes 15
 * after a mobile's area code at home, and 9 before it from abroad.
 */
function isWrittenIn(number: string, text: string): boolean {
  const wanted = number.slice(1);
  const brazilian = /^55(\d\d)9(\d{8})$/.exec(wanted);
  if (brazilian && stretches(text).some((digits) => digits.includes(`${brazilian[1]}${brazilian[2]}`))) return true;
  const argentine = /^549(\d{10})$/.exec(wanted)?.[1];
  return stretches(text).some((digits) => {
    if (argentine && [2, 3, 4].some((at) => digits.includes(`${argentine.slice(0, at)}15${argentine.slice(at)}`)))
      return true;
    // The country code may be missing; the text must contain the national number.
    return [0, 1, 2, 3].some((code) => digits.includes(wanted.slice(code)) && wanted.length - code >= 5);
  });
}

test('any text yields a number that is written in it, or none', () => {
  const numRuns = Number(process.env['FUZZ'] ?? 3000);
  const owners = new Map<string, string>();
  fc.assert(
    fc.property(
      texts,
      fc.constantFrom(...regions),
      fc.constantFrom(undefined, '44', '91', '1', '357'),
      (text, region, code) => {
        const read = readPhone(text, region, code);
        expect(read.sent).toBe(text);
        expect(read.number !== undefined).toBe(read.certainty !== 'none');
        if (read.number === undefined) return;
        expect(isWrittenIn(read.number, text), `${JSON.stringify(text)} in ${region}: ${read.number}`).toBe(true);
        const key = phoneKeyOf(read)?.value;
        if (key === undefined) return;
        const full = `${read.number} ${read.extension ?? ''}`;
        expect(owners.get(key) ?? full).toBe(full);
        owners.set(key, full);
      },
    ),
    { numRuns },
  );
}, 600_000);

test('a number found by the compiled plans is the one that the library finds', () => {
  const examples: Record<string, string> = mobileExamples;
  const found: Record<string, number> = { abroad: 0, under: 0, within: 0 };
  const others: unknown[] = [];
  const check = (way: string, ours: PlanNumber | undefined, digits: string, options?: object) => {
    if (!ours) return;
    found[way] = (found[way] ?? 0) + 1;
    const read = parsePhoneNumberFromString(digits, options);
    const isSame =
      read?.isValid() && read.countryCallingCode === ours.callingCode && read.nationalNumber === ours.national;
    const isAtHome = way !== 'abroad' || read?.country === ours.country;
    if (!isSame || !isAtHome) others.push({ digits, ...options, ours, read: read?.number });
  };
  for (const region of allRegions) {
    const [code, example] = [callingCodeOf(region) ?? '', examples[region] ?? ''];
    const changed = [...example].map(
      (digit, at) => `${example.slice(0, at)}${(Number(digit) + at + 1) % 10}${example.slice(at + 1)}`,
    );
    for (const national of [example, ...changed, `${code}${example}`, `00${example}`])
      for (const digits of [national, `0${national}`, `1${national}`, `8${national}`]) {
        check('abroad', numberAbroad(`${code}${digits}`, code), `+${code}${digits}`);
        check('under', numberUnderCode(digits, code), digits, { defaultCallingCode: code });
        check('within', numberWithin(digits, region), digits, { defaultCountry: region });
      }
  }
  expect(others).toEqual([]);
  // Nearly all numbers are found: each country's example, and those that differ from it by a digit.
  for (const way of Object.values(found)) expect(way).toBeGreaterThan(1500);
});
