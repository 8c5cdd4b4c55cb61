import type { Rolldown } from 'vite';

/** Screens by which a module is used before it moves to the chunk of common parts. */
const COMMON = 8;
/** Chunks of parts that fewer screens share are merged with their nearest until they have about this many bytes. */
const SMALLEST = 14_000;

/**
 * How modules are put together into chunks: everything that the first page needs in one, what the list of leads adds in
 * a second, parts used by many screens in a third, a screen's own in its own. Left alone, the bundler makes a chunk of
 * every set of modules that some screens share: sixty scripts for the list of leads. A group takes with a module all
 * that it really imports; what a package only offers besides stays out.
 */
export function chunksOf(entry: string, list: string): Rolldown.CodeSplittingOptions {
  return {
    groups: [
      { name: (id) => (id === entry ? 'app' : null), priority: 4 },
      { name: (id) => (id === list ? 'list' : null), priority: 3 },
      { name: 'common', minShareCount: COMMON, priority: 2 },
      {
        name: 'shared',
        minShareCount: 2,
        entriesAware: true,
        entriesAwareMergeThreshold: SMALLEST,
        priority: 1,
      },
    ],
  };
}
