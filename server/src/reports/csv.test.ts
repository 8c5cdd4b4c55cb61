import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

/** The text of a single cell as a spreadsheet reads it. */
function written(text: string): string {
  const sent = toCsv([[text]]).slice(1, -2);
  return sent.startsWith('"') ? sent.slice(1, -1).replaceAll('""', '"') : sent;
}

const signs = [
  '=',
  '+',
  '-',
  '@',
  '|',
  '\uff1d',
  '\uff0b',
  '\uff0d',
  '\uff20',
  '\uff5c',
  '\ufe66',
  '\ufe62',
  '\ufe63',
  '\ufe6b',
  '\u2212',
];
const skipped = [
  ...[' ', '\t', '\r', '\n', '\u00a0', '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u202e', '\u2060', '\u2066'],
  ...[
    '\ufeff',
    '\u3000',
    '\u2003',
    '\u2028',
    '\u180e',
    '\u034f',
    '\ufe0f',
    '\u3164',
    '\u2800',
    '\0',
    '\u001f',
    '\u0085',
  ],
];

test('a cell whose first visible character begins a formula gets an apostrophe, whatever precedes it', () => {
  for (const sign of signs)
    for (const before of ['', ...skipped, skipped.join('')])
      expect(written(`${before}${sign}1+1`), JSON.stringify(before + sign)).toBe(`'${before}${sign}1+1`);
  const invisible = fc.string({ unit: fc.constantFrom(...skipped), maxLength: 6 });
  fc.assert(
    fc.property(invisible, fc.constantFrom(...signs), fc.string(), (before, sign, after) => {
      expect(written(before + sign + after)).toBe(`'${before}${sign}${after}`);
    }),
  );
});

test('a cell that begins with a tab or a line break gets an apostrophe too', () => {
  for (const first of ['\t', '\r', '\n']) expect(written(`${first}x`)).toBe(`'${first}x`);
});

test('other text and numbers stay as they are, negative numbers included', () => {
  for (const text of ['', 'Ann', 'a=b', '\u200bAnn', '\u00a0x', '\u4e2d\u6587', '1+1', "'quoted'", '\u{1f600}'])
    expect(written(text)).toBe(text);
  expect(toCsv([[-1, 0.5, null, 'x']])).toBe('\ufeff-1,0.5,,x\r\n');
});

test('a cell that contains any country’s separator is quoted, so that no formula begins inside it', () => {
  for (const text of ['a;=1+1', 'a,=1+1', 'a\t=1+1', 'a\r\n=1+1']) expect(toCsv([[text]])).toBe(`\ufeff"${text}"\r\n`);
});
