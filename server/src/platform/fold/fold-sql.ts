import { blanks, cases, invisible, pairs, type Range } from './fold-table.ts';

/**
 * The SQL that defines `fold_text` to do what `fold` does. It names its collation, so that it is immutable and gives
 * the same result on every server.
 */
export function foldSql(): string {
  return `CREATE OR REPLACE FUNCTION fold_text(text) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $fold$
DECLARE
  folded text := $1 COLLATE "C";
BEGIN
  IF folded COLLATE "C" ~ '^([!-~]+( [!-~]+)*)?$' THEN
    RETURN lower(folded COLLATE "C");
  END IF;
  folded := normalize(regexp_replace(folded COLLATE "C", ${anyOf(invisible)}, '', 'g'), NFKC);
${scripts.map(translation).join('\n')}
${pairs.map(([from, to]) => `  folded := replace(folded COLLATE "C", E'${escaped(from)}', '${to}');`).join('\n')}
  RETURN btrim(regexp_replace(normalize(folded, NFKC) COLLATE "C", ${anyOf(blanks, '+')}, ' ', 'g'), ' ');
END $fold$;
`;
}

/**
 * `translate` searches its whole list for each letter, so each script has its own list, skipped if the text
 * has no letter of it.
 */
const scripts: readonly Range[] = [
  [0x41, 0x24f],
  [0x250, 0x3ff],
  [0x400, 0x58f],
  [0x590, 0x1dff],
  [0x1e00, 0x1eff],
  [0x1f00, 0x1fff],
  [0x2000, 0xffff],
  [0x10000, 0x10ffff],
];

function translation(script: Range): string {
  const [first, last] = script;
  const letters = [...cases].filter(([one]) => codeOf(one) >= first && codeOf(one) <= last);
  const [from, to] = [letters.map(([one]) => one).join(''), letters.map(([, one]) => one).join('')];
  return `  IF folded COLLATE "C" ~ ${anyOf([script])} THEN
    folded := translate(folded COLLATE "C", '${from}',
      '${to}');
  END IF;`;
}

/** A character class as a PostgreSQL pattern. PostgreSQL has no NUL character. */
function anyOf(ranges: readonly Range[], times = ''): string {
  const classes = ranges.map(([first, last]) => `${patternCode(Math.max(first, 1))}-${patternCode(last)}`);
  return `'[${classes.join('')}]${times}' COLLATE "C"`;
}

function patternCode(code: number): string {
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

function escaped(text: string): string {
  return [...text].map((one) => `\\u${codeOf(one).toString(16).padStart(4, '0')}`).join('');
}

function codeOf(letter: string): number {
  return letter.codePointAt(0) ?? 0;
}
