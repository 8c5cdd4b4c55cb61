import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { migrationsFolder } from '../database/migrate.ts';
import { fold } from './fold.ts';
import { foldSql } from './fold-sql.ts';
import { cases } from './fold-table.ts';

const { query } = await testDatabase();
const foldThere = async (texts: readonly string[]) =>
  (
    await query<{ folded: string[] }>('SELECT ARRAY(SELECT fold_text(one) FROM unnest($1::text[]) AS one) AS folded', [
      texts,
    ])
  )[0]?.folded;

describe('two spellings of one text', () => {
  test.each([
    ['Greek capitals, with sigma at the end', 'ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ', 'γιωργος παπαδοπουλος'],
    ['an accented Greek capital', 'Άγγελος', 'άγγελος'],
    ['a Turkish dotted capital', 'İbrahim', 'ibrahim'],
    ['a Turkish dotless small letter', 'Işık', 'IŞIK'],
    ['a dotted capital in two characters', 'I\u0307brahim', 'i\u0307brahim'],
    ['decomposed Vietnamese', 'Hiếu'.normalize('NFD'), 'HIẾU'],
    ['marks in another order', 'e\u0323\u0302', 'Ệ'],
    ['Hangul letters apart', '한'.normalize('NFD'), '한'],
    ['two blanks', 'Ann  Lee', 'ann lee'],
    ['a no-break space', 'Ann\u00a0Lee', 'ann lee'],
    ['an ideographic space, a tab and a line end', ' Ann\u3000\t\r\nLee ', 'ann lee'],
    ['full width', 'ＦＩＯＮＡ １２', 'fiona 12'],
    ['half width katakana', 'ｶﾞ', 'ガ'],
    ['a ligature', 'ﬁona', 'FIONA'],
    ['German sharp s', 'Straße', 'STRASSE'],
    ['the capital sharp s', 'STRAẞE', 'strasse'],
    ['a caron that has no capital of its own', 'J\u030can', 'ǰan'],
    ['Cyrillic', 'ИВАН ЁЛКИН', 'иван ёлкин'],
    ['Armenian', 'ԱՐԱՄ', 'արամ'],
    ['Georgian capitals', 'ᲜᲘᲜᲝ', 'ნინო'],
    ['a zero-width space', 'A\u200bnn', 'ann'],
    ['marks of direction', '\u202aAnn\u202c\u200e\u2068\u2069', 'ann'],
    ['a soft hyphen', 'A\u00adnn', 'ann'],
    ['a variation selector', 'Ann\ufe0f', 'ann'],
    ['joiners and a byte order mark', '\ufeffA\u2060n\u200dn', 'ann'],
    ['a control character', 'A\u0007nn', 'ann'],
  ])('fold to the same text: %s', async (_, one, other) => {
    expect(fold(one)).toBe(fold(other));
    expect(await foldThere([one, other])).toEqual([fold(one), fold(one)]);
  });

  test.each([
    ['an accent', 'Jose', 'José'],
    ['a stroke', 'Lodz', 'Łódź'],
    ['a blank', 'Annlee', 'Ann Lee'],
    ['й and и', 'Андрей', 'Андреи'],
  ])('stay different if they differ in %s', (_, one, other) => {
    expect(fold(one)).not.toBe(fold(other));
  });
});

/** All characters but ideographs, which have only one form. */
const everyLetter = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter(
    (one) => /[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Z}]|[\p{Cc}\p{Cf}]/u.test(one) && !/\p{Unified_Ideograph}|\0/u.test(one),
  );

test('the database folds every Unicode letter, mark and sign as the code does, between other letters', async () => {
  for (let at = 0; at < everyLetter.length; at += 20_000) {
    const texts = everyLetter.slice(at, at + 20_000).map((one) => `A${one}B`);
    expect(await foldThere(texts)).toEqual(texts.map(fold));
  }
});

test('upper and lower case of every script fold to the same text', () => {
  const apart = everyLetter.filter((one) => {
    const [lower, upper] = [one.toLowerCase(), one.toUpperCase()];
    const isSimple = /\p{L}/u.test(one) && [...lower].length === 1 && [...upper].length === 1;
    return isSimple && !(fold(lower) === fold(one) && fold(upper) === fold(one));
  });
  expect(apart).toEqual([]);
});

const letters = fc.constantFrom(...cases.keys(), ...'aeiouI ﬁ\u00a0\u0301\u0307\u0323\u0345\u200b\u3000ß1ｱﾞ');
const texts = fc
  .array(fc.oneof(letters, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 })))
  .map((parts) => parts.join('').replaceAll('\0', ''));

test('folding folded text changes nothing', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});

test('the database folds any text as the code does', async () => {
  const samples = fc.sample(texts, 3000);
  expect(await foldThere(samples)).toEqual(samples.map(fold));
});

test('the latest migration of fold_text matches the folding rules of the code', () => {
  const migrations = readdirSync(migrationsFolder())
    .sort()
    .map((file) => readFileSync(join(migrationsFolder(), file), 'utf8').replaceAll('\r\n', '\n'))
    .filter((sql) => sql.includes('FUNCTION fold_text(text)'));
  expect(migrations.at(-1)).toContain(foldSql());
});
