import { editDistance } from '../platform/edit-distance.ts';
import { fold } from '../platform/fold/fold.ts';

/** The word that was probably meant: a few letters away, ignoring case and punctuation; undefined if none is close. */
export function suggestValue(sent: string, words: readonly string[]): string | undefined {
  const folded = plain(sent);
  if (folded === '' || folded.length > 60) return undefined;
  let best: { word: string; distance: number } | undefined;
  for (const word of words.slice(0, 500)) {
    const distance = editDistance(folded, plain(word).slice(0, 60));
    if (
      distance <= Math.max(1, Math.floor(folded.length / 4)) &&
      distance < (best?.distance ?? Number.POSITIVE_INFINITY)
    )
      best = { word, distance };
  }
  return best?.word === sent ? undefined : best?.word;
}

function plain(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
}
