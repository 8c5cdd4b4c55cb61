import { invalid } from '../platform/problem.ts';
import { Refused } from './refused.ts';

/** Returns the known words that were sent, in their defined order; refuses any unknown word. */
export function knownWords<W extends string>(at: string, named: readonly string[], known: readonly W[]): W[] {
  if (named.some((one) => !known.some((word) => word === one)))
    throw new Refused(invalid({ at, code: 'not_in_list', limits: { allowed: known } }));
  return known.filter((word) => named.includes(word));
}

/** The parts of a comma-separated text. */
export function partsOf(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

/** Returns undefined for blank text. */
export function blankless(text: string | null | undefined): string | undefined {
  return text === null || text === undefined || text.trim() === '' ? undefined : text;
}
