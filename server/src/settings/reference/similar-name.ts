import { foldName } from '../../workspaces/reference-data.ts';

/** Names that may mean the same: equal except for case, spaces, punctuation, a plural or a typo. */
export function similarNames(name: string, names: readonly string[]): string[] {
  const wanted = plain(name);
  if (wanted === '') return [];
  return names.filter((one) => isClose(wanted, plain(one)));
}

/** Treats `Company-Names` and `company name` as equal. */
function plain(name: string): string {
  return foldName(name)
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/s$/, '');
}

function isClose(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 4 && long.startsWith(short) && long.length - short.length <= 4) return true;
  return short.length >= 5 && distance(a, b) <= (short.length >= 7 ? 2 : 1);
}

/** Edit distance (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}
