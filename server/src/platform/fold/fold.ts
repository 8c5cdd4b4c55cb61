import { blanks, cases, invisible, pairs, type Range } from './fold-table.ts';

/**
 * The form in which texts are stored, looked up and compared, so that texts that people consider the same are
 * equal. Case in any script, composed or decomposed letters, full width, ligatures, the kind of blanks between
 * words, and invisible characters make no difference; accents do. PostgreSQL's `fold_text` does the same, whatever
 * the server's collation.
 */
export function fold(text: string): string {
  if (isPlain.test(text)) return text.toLowerCase();
  let folded = withoutInvisible(text)
    .normalize('NFKC')
    .replace(letter, (one) => cases.get(one) ?? one);
  for (const [from, to] of pairs) folded = folded.replaceAll(from, to);
  return folded.normalize('NFKC').replace(runOfBlanks, ' ').trim();
}

/** The text without invisible characters, which are often copied along from a web page or a chat. */
export function withoutInvisible(text: string): string {
  return text.replace(unseen, '');
}

/** ASCII with single spaces between words, like nearly all texts. */
const isPlain = /^(?:[!-~]+(?: [!-~]+)*)?$/;
const unseen = new RegExp(anyOf(invisible), 'gu');
const runOfBlanks = new RegExp(`${anyOf(blanks)}+`, 'gu');
const letter = /[A-Z\u0080-\u{10ffff}]/gu;

function anyOf(ranges: readonly Range[]): string {
  const one = (code: number) => `\\u{${code.toString(16)}}`;
  return `[${ranges.map(([first, last]) => `${one(first)}-${one(last)}`).join('')}]`;
}
