import { blanks, cases, invisible, pairs, type Range } from './fold-table.ts';

/**
 * The one form under which texts that people take for the same are stored, looked up and compared: upper and lower case
 * of every script, composed and decomposed letters, full width and ligatures, any blanks between words, and marks that
 * nobody sees make no difference. Accents do. PostgreSQL's `fold_text` does the same, whatever the server's collation.
 */
export function fold(text: string): string {
  if (isPlain.test(text)) return text.toLowerCase();
  let folded = withoutInvisible(text)
    .normalize('NFKC')
    .replace(letter, (one) => cases.get(one) ?? one);
  for (const [from, to] of pairs) folded = folded.replaceAll(from, to);
  return folded.normalize('NFKC').replace(runOfBlanks, ' ').trim();
}

/** The text without the marks that nobody sees, which come along when it is copied from a page or a chat. */
export function withoutInvisible(text: string): string {
  return text.replace(unseen, '');
}

/** ASCII with single blanks within, as nearly all texts are. */
const isPlain = /^(?:[!-~]+(?: [!-~]+)*)?$/;
const unseen = new RegExp(anyOf(invisible), 'gu');
const runOfBlanks = new RegExp(`${anyOf(blanks)}+`, 'gu');
const letter = /[A-Z\u0080-\u{10ffff}]/gu;

function anyOf(ranges: readonly Range[]): string {
  const one = (code: number) => `\\u{${code.toString(16)}}`;
  return `[${ranges.map(([first, last]) => `${one(first)}-${one(last)}`).join('')}]`;
}
