import { parsePhone } from '../../platform/phone.ts';
import type { SearchText } from './lead-list-store.ts';

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
