import { containing } from '../../platform/database/like-pattern.ts';
import { fold } from '../../platform/fold/fold.ts';
import { readPhone } from '../../platform/phone/read-phone.ts';

/** Parsed search input. */
export interface SearchText {
  /** Folded text. */
  text: string;
  /** Digits in each form that a phone may contain; empty if the text cannot be a phone. */
  digits: readonly string[];
}

/**
 * Parses search box input into text and, if it may be part of a phone, digits. A complete number is also searched for
 * in its stored form, however it was written.
 */
export function readSearch(typed: string, region: string): SearchText | undefined {
  const text = fold(typed);
  if (text === '') return undefined;
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  const phoneLike = /^[\d\s()+./-]+$/.test(text) && digits.length >= 3;
  if (!phoneLike) return { text, digits: [] };
  const { number, certainty } = readPhone(text, region);
  const whole = certainty === 'valid' ? (number?.slice(1) ?? digits) : digits;
  return { text, digits: [...new Set([digits, whole])] };
}

/** LIKE patterns, one of which a lead's text must match; patterns covered by another one are left out. */
export function patternsOf({ text, digits }: SearchText): string[] {
  const parts = [...new Set([text, ...digits])];
  return parts.filter((part) => !parts.some((other) => other !== part && part.includes(other))).map(containing);
}
