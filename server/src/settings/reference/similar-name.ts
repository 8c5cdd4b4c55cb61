import { foldName } from '../../workspaces/reference-data.ts';

/** Names that may well mean the same: spelt alike but for case, blanks, signs, a plural or a slip. */
export function similarNames(name: string, names: readonly string[]): string[] {
  const wanted = plain(name);
  if (wanted === '') return [];
  return names.filter((one) => isClose(wanted, plain(one)));
}

/** `Company-Names` and `company name` are the same here. */
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

/** Letters to add, drop or change to come from one to the other. */
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
