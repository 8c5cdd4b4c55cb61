import { editDistance } from '../../platform/edit-distance.ts';
import { fold } from '../../platform/fold/fold.ts';

/** Names that may mean the same: equal except for case, spaces, punctuation, a short ending or a typo. */
export function similarNames(name: string, names: readonly string[]): string[] {
  const wanted = plain(name);
  if (wanted === '') return [];
  return names.filter((one) => isClose(wanted, plain(one)));
}

/** Treats `Company-Names` and `company name` as equal. */
function plain(name: string): string {
  return fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .replace(/s$/, '');
}

function isClose(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 4 && long.startsWith(short) && long.length - short.length <= 4) return true;
  return short.length >= 5 && editDistance(a, b) <= (short.length >= 7 ? 2 : 1);
}
