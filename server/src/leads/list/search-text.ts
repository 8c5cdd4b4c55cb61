import { parsePhone } from '../../platform/phone.ts';

/** What is looked for in the texts of leads. */
export interface SearchText {
  /** Folded text. */
  text: string;
  /** Its digits in the ways in which they may be part of a phone; none when it cannot be one. */
  digits: readonly string[];
}

/**
 * Reads what someone typed into a search box: text to look for, and its digits when it may be part of a phone. A whole
 * number is also looked for as it is stored, whichever way it was written.
 */
export function readSearch(typed: string, region: string): SearchText | undefined {
  const text = typed.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  if (text === '') return undefined;
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  const phoneLike = /^[\d\s()+./-]+$/.test(text) && digits.length >= 3;
  if (!phoneLike) return { text, digits: [] };
  const parsed = parsePhone(text, region);
  const whole = parsed?.valid ? parsed.key.slice(1) : digits;
  return { text, digits: [...new Set([digits, whole])] };
}

/** LIKE patterns of which a lead's text must match one; a pattern that another one covers is left out. */
export function patternsOf({ text, digits }: SearchText): string[] {
  const parts = [...new Set([text, ...digits])];
  return parts
    .filter((part) => !parts.some((other) => other !== part && part.includes(other)))
    .map((part) => `%${part.replace(/[\\%_]/g, '\\$&')}%`);
}
