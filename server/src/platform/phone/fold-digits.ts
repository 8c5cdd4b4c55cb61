/** The code points of the zeros of all scripts; built when the first digit other than 0-9 arrives. */
let zeros: readonly number[] | undefined;

/**
 * Writes a phone text with plain characters: digits of every script as 0-9, every dash as `-`, every blank as a space,
 * full-width characters as ASCII. Invisible characters are dropped. Other characters that merely look like digits
 * (superscripts, circled numbers) are left as they are.
 */
export function foldDigits(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text
    .replace(/\p{Cf}|\u034f|\p{Variation_Selector}/gu, '')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\p{Zs}\t]/gu, ' ')
    .replace(/(?![0-9])\p{Nd}/gu, (digit) => digitOf(digit.codePointAt(0) ?? 0));
}

function digitOf(codePoint: number): string {
  zeros ??= findZeros();
  const zero = zeros.findLast((start) => start <= codePoint) ?? codePoint;
  return String(codePoint - zero);
}

/** Unicode keeps a script's decimal digits in order and next to each other, so every run consists of blocks of ten. */
function findZeros(): number[] {
  const found: number[] = [];
  for (let at = 0; at <= 0x1ffff; at += 1) {
    const isDigit = /\p{Nd}/u.test(String.fromCodePoint(at));
    if (isDigit && at - (found.at(-1) ?? -10) >= 10) found.push(at);
  }
  return found;
}
