import { readFileSync } from 'node:fs';

/** The text, the number that it means (with `;ext=`; null for none), and what the spelling is an example of. */
export type Spelling = readonly [sent: string, says: string | null, why: string];

/** Spellings by the region in which they were written. */
type Spellings = Readonly<Record<string, readonly Spelling[]>>;

/** Real spellings of invented numbers, from 25 countries. */
export const spellings: Spellings = {
  ...readSpellings('europe'),
  ...readSpellings('asia'),
  ...readSpellings('americas-and-africa'),
};

/** What people write around, beside or instead of a number in a British form. */
export const oddTexts: readonly Spelling[] = readSpellings('odd')['GB'] ?? [];

/** Reads a file of `spellings/`: regions, each with a line for every spelling. Marks that nobody sees are escaped. */
function readSpellings(name: string): Spellings {
  const text = readFileSync(new URL(`spellings/${name}.txt`, import.meta.url), 'utf8');
  return Object.fromEntries(
    text.split(/\r?\n(?=\S)/).map((block) => {
      const [region = '', ...lines] = block.split(/\r?\n {2}/);
      return [region, lines.map(readSpelling)];
    }),
  );
}

function readSpelling(line: string): Spelling {
  const [sent = '', says = '', why = ''] = line.trimEnd().split(' | ');
  return [JSON.parse(`"${sent.replaceAll('"', '\\"')}"`), says === 'none' ? null : says, why];
}
