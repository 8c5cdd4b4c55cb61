import { foldDigits } from './fold-digits.ts';
import { byPlan, callingCodeOf, callingCodes, leadingCode, type Numbered, validByPlan } from './numbering.ts';
import { type Candidate, candidatesIn, digitCount, piecesOf } from './split-text.ts';

/** The phone number found in a sender's text, if any. */
export interface PhoneReading {
  /** The text as sent. */
  sent: string;
  /** The number in E.164; absent if there is none. */
  number?: string;
  /** Digits to dial once the call is answered. */
  extension?: string;
  /**
   * `valid`: the country's numbering plan has such numbers. `possible`: it has numbers of this length. `none`: the text
   * is not a phone number.
   */
  certainty: 'valid' | 'possible' | 'none';
}

/** Longer texts are taken for notes, and not searched for a number. */
const LONGEST = 300;

/**
 * Reads a phone number as a person or a program wrote it. `callingCode` (digits) was sent separately and decides the
 * country, unless the text has a plus; otherwise `region` (ISO alpha-2) is assumed for numbers without a country code.
 * Accepts only what reads as one number with separators; digits are never joined across words. Pure; never throws.
 */
export function readPhone(sent: string, region: string, callingCode?: string): PhoneReading {
  if (sent.length > LONGEST) return { sent, certainty: 'none' };
  for (const candidate of candidatesIn(foldDigits(sent))) {
    const read = readCandidate(candidate, region, callingCode);
    if (read) return { sent, ...read, ...(candidate.extension && { extension: candidate.extension }) };
  }
  return { sent, certainty: 'none' };
}

/** All valid numbers in a text that may contain several, in E.164; none if it is too short for two. */
export function numbersIn(sent: string, region: string, callingCode?: string): string[] {
  const text = sent.length > LONGEST ? '' : foldDigits(sent);
  if (digitCount(text) < SHORTEST_TWO) return [];
  const valid = (part: string) =>
    digitCount(part) > LONGEST_DIALLED ? undefined : readValid(part, region, callingCode);
  const numbers = candidatesIn(text).flatMap(({ text: stretch }) => {
    const cuts = [piecesOf(stretch).filter((piece) => piece !== stretch), ...pairsIn(stretch)];
    return (cuts.find((parts) => parts.length > 1 && parts.every(valid)) ?? [stretch]).flatMap(
      (part) => valid(part) ?? [],
    );
  });
  return [...new Set(numbers)];
}

/** Two numbers have at least this many digits together. */
const SHORTEST_TWO = 14;

function readCandidate(candidate: Candidate, region: string, callingCode?: string): Numbered | undefined {
  const pieces = piecesOf(candidate.text);
  for (const piece of [...pieces, ...firstOfTwo(candidate.text, region, callingCode)]) {
    const number = digitCount(piece) <= LONGEST_DIALLED ? readValid(piece, region, callingCode) : undefined;
    if (number) return { number, certainty: 'valid' };
  }
  const only = pieces.length === 1 && candidate.isWhole ? candidate.text : undefined;
  return only === undefined || only.includes(',') ? undefined : readPossible(only, region, callingCode);
}

/** E.164 has 15 digits; prefixes for dialling abroad and a repeated country code may come before them. */
const LONGEST_DIALLED = 22;

/** The first of two complete numbers with only a separator between them. */
function firstOfTwo(stretch: string, region: string, callingCode?: string): string[] {
  for (const [first, second] of pairsIn(stretch))
    if (readValid(first, region, callingCode) && readValid(second, region, callingCode)) return [first];
  return [];
}

/** The ways to cut a stretch in two at a separator, each part long enough for a number. */
function pairsIn(stretch: string): [first: string, second: string][] {
  if (digitCount(stretch) < SHORTEST_TWO) return [];
  return [...stretch.matchAll(/[ \-.,/](?=[\d(+ ])/g)].flatMap(({ index }): [string, string][] => {
    const [first, second] = [stretch.slice(0, index), stretch.slice(index + 1)];
    return digitCount(first) < 7 || digitCount(second) < 7 ? [] : [[first, second]];
  });
}

function readValid(piece: string, region: string, callingCode?: string): string | undefined {
  const digits = piece.replace(/\D/g, '');
  const plain = readDigits(piece, digits, region, callingCode);
  // People write (0) even for countries without a trunk digit.
  const code = CODE_AND_ZERO.exec(piece)?.[1]?.replace(/ /g, '');
  const isCode = code !== undefined && callingCodes.has(code);
  return plain ?? (isCode ? readValid(piece.replace('(0)', ''), region, callingCode) : undefined);
}

const CODE_AND_ZERO = /^[( ]*(?:\+|00)([ \d]{1,4})[) -]*\(0\)/;

function readDigits(piece: string, digits: string, region: string, callingCode?: string): string | undefined {
  if (/^[( ]*\+/.test(piece)) return international(digits);
  if (callingCode) return underCode(digits, callingCode) ?? abroad(digits);
  const own = callingCodeOf(region);
  return (
    ownCodeBefore(digits, own) ??
    validByPlan(digits, { region }) ??
    oldMexican(digits, own) ??
    oldBrazilian(digits, own) ??
    abroad(digits) ??
    (own && underCode(digits, own)) ??
    (/^\d+$/.test(piece) && !byPlan(digits, { region }) ? withoutPlus(digits) : undefined)
  );
}

/** A number that begins with its country code. */
function international(digits: string): string | undefined {
  const plain = digits.replace(/^0+/, '');
  const code = leadingCode(plain);
  if (!code) return undefined;
  const national = plain.slice(code.length);
  // The code was written twice: a number of the country that begins with the same digits would be shorter.
  const again = national.length >= LONGEST_NATIONAL && ownCodeBefore(national, code);
  return again || (validByPlan(plain, 'international') ?? underCode(national, code));
}

/** Plans have longer numbers only for machines. */
const LONGEST_NATIONAL = 12;

/**
 * Plans with long numbers of many lengths (Germany, Austria) have numbers that begin with the digits of their own
 * country code. Digits longer than any such number that people have are read as that code without its plus.
 */
function ownCodeBefore(digits: string, own: string | undefined): string | undefined {
  return own && digits.length >= 11 && digits.startsWith(own) ? validByPlan(digits, 'international') : undefined;
}

/** Digits with a prefix for dialling abroad: `00` of most countries, `011` of North America. */
function abroad(digits: string): string | undefined {
  const rest = /^(?:00|011)([1-9]\d{6,})$/.exec(digits)?.[1];
  return rest && international(rest);
}

/** A missing plus is guessed only for digits without separators that are not a number of the region. */
function withoutPlus(digits: string): string | undefined {
  return digits.length > 10 && digits[0] !== '0' ? international(digits) : undefined;
}

/**
 * Digits whose calling code is known. They may repeat that code, even after a prefix for dialling abroad or a trunk
 * zero; the code is never added twice.
 */
function underCode(digits: string, code: string): string | undefined {
  const again = fromCode(digits, code);
  const whole = again && validByPlan(again, 'international');
  if (whole?.startsWith(`+${code}`)) return whole;
  const national = validByPlan(digits, { callingCode: code }) ?? oldMexican(digits, code) ?? oldBrazilian(digits, code);
  if (national) return national;
  return again && again.length < digits.length + 1 ? underCode(again.slice(code.length), code) : undefined;
}

/** The digits from the code on, if they begin with it, alone or after a prefix. */
function fromCode(digits: string, code: string): string | undefined {
  const before = ['00', '011', '0', ''].find(
    (prefix) => digits.startsWith(code, prefix.length) && digits.startsWith(prefix),
  );
  const again = before === undefined ? '' : digits.slice(before.length);
  return again.length > code.length ? again : undefined;
}

/** Mexico's prefixes until 2019, which address books still contain: 01, 044, 045, and 1 after the country code. */
function oldMexican(digits: string, code: string | undefined): string | undefined {
  const rest = code === '52' ? /^(?:52)?(?:0?1|04[45])(\d{10})$/.exec(digits)?.[1] : undefined;
  return rest && validByPlan(rest, { callingCode: '52' });
}

/**
 * Brazil's mobile numbers had eight digits until 2016, when all got a 9 in front; chat addresses
 * still have the old ones.
 */
function oldBrazilian(digits: string, code: string | undefined): string | undefined {
  const [, area, rest] = (code === '55' && /^(?:55)?0?([1-9]\d)([6-9]\d{7})$/.exec(digits)) || [];
  return area && rest && validByPlan(`${area}9${rest}`, { callingCode: '55' });
}

/** A decimal number, or an IP address. */
const MEASURE = /^\d[.,]\d+$|^\d{1,3}(?:\.\d{1,3}){3}$/;

function readPossible(text: string, region: string, callingCode?: string): Numbered | undefined {
  if (MEASURE.test(text.trim())) return undefined;
  const digits = text.replace(/\D/g, '');
  const within = callingCode ? { callingCode } : { region };
  return /^[( ]*\+/.test(text) ? byPlan(digits, 'international') : byPlan(digits, within);
}
