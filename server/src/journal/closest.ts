/** The word that was probably meant: a few letters away, ignoring case and punctuation; undefined if none is close. */
export function closest(sent: string, words: readonly string[]): string | undefined {
  const wanted = fold(sent);
  if (wanted === '' || wanted.length > 60) return undefined;
  let best: { word: string; away: number } | undefined;
  for (const word of words.slice(0, 500)) {
    const away = distance(wanted, fold(word).slice(0, 60));
    if (away <= Math.max(1, Math.floor(wanted.length / 4)) && away < (best?.away ?? Number.POSITIVE_INFINITY))
      best = { word, away };
  }
  return best?.word === sent ? undefined : best?.word;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Edit distance (Levenshtein). */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(swap, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before[b.length] ?? 0;
}
