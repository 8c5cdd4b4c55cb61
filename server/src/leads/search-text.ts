import type { SearchText } from './lead-list-store.ts';

/** Reads what someone typed into a search box: text to look for, and its digits when it may be part of a phone. */
export function readSearch(typed: string): SearchText | undefined {
  const text = typed.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  if (text === '') return undefined;
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  const phoneLike = /^[\d\s()+./-]+$/.test(text) && digits.length >= 3;
  return { text, digits: phoneLike ? digits : null };
}
