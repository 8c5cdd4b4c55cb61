import { Refused } from '../../http/refused.ts';
import { type Issue, invalid } from '../../platform/problem.ts';
import { type LifecycleState, lifecycleStates } from '../../workspaces/reference-data.ts';
import type { FilterQuery } from './lead-filter-shapes.ts';
import { type Lack, lacks } from './lead-lacks.ts';

/** Conditions on fields of one's own that one question may make. */
const MOST_CUSTOM_CONDITIONS = 10;

/** What a field of one's own must be: one of these texts, in any case; none: it is empty. */
export interface CustomCondition {
  name: string;
  values: readonly string[];
}

/** The parts of a text that holds several. */
export function partsOf(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The lifecycle states that are named; undefined: any. */
export function statesIn({ state }: FilterQuery): readonly LifecycleState[] | undefined {
  return wordsIn('state', state, lifecycleStates);
}

/** What leads are to be without; undefined: nothing is said of it. */
export function lacksIn({ lacks: sent }: FilterQuery): readonly Lack[] | undefined {
  return wordsIn('lacks', sent, lacks);
}

/** Conditions on fields of one's own. They stand as in the query of an address; a value may hold a comma itself. */
export function customIn({ custom }: FilterQuery): readonly CustomCondition[] {
  const pairs = [...new URLSearchParams(custom)];
  if (pairs.length > MOST_CUSTOM_CONDITIONS)
    throw new Refused(invalid({ at: 'custom', code: 'too_many', limits: { max: MOST_CUSTOM_CONDITIONS } }));
  return pairs.map(([name, text]) => ({ name, values: [...new Set([text.trim(), ...partsOf(text)])].filter(Boolean) }));
}

/** What is wrong with the words of a filter, whoever asks and whenever. */
export function faultsOfWords(query: FilterQuery): readonly Issue[] {
  return [statesIn, lacksIn, customIn].flatMap((read) => {
    try {
      read(query);
      return [];
    } catch (error) {
      if (error instanceof Refused && 'issues' in error.problem) return error.problem.issues;
      throw error;
    }
  });
}

function wordsIn<W extends string>(
  at: string,
  sent: string | undefined,
  known: readonly W[],
): readonly W[] | undefined {
  if (sent === undefined) return undefined;
  const wanted = partsOf(sent);
  if (wanted.some((one) => !known.some((word) => word === one)))
    throw new Refused(invalid({ at, code: 'not_in_list', limits: { allowed: known } }));
  return known.filter((word) => wanted.includes(word));
}
