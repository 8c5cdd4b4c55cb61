import type { Rolldown } from 'vite';

/** A module that this many screens use moves to the chunk of common parts. */
const COMMON = 8;
/** Chunks of parts that fewer screens share are merged with their nearest until they have about this many bytes. */
const SMALLEST = 14_000;

/**
 * How modules are grouped into chunks: one with everything that the first page needs, one with what the list of leads
 * adds, one with the parts that many screens use, and one for each screen's own parts. By default, the bundler creates
 * a chunk for every set of modules that some screens share: sixty scripts for the list of leads. A group includes all
 * that its modules really import; unused exports of a package stay out.
 */
export function chunksOf(entry: string, list: string): Rolldown.CodeSplittingOptions {
  return {
    groups: [
      { name: (id) => (id === entry ? 'app' : null), priority: 4 },
      { name: (id) => (id === list ? 'list' : null), priority: 3 },
      { name: 'common', minShareCount: COMMON, priority: 2 },
      // What is dragged needs a large library, so it must not be merged with parts that do without.
      { name: 'dragging', test: /reference-rows\.tsx$|@hello-pangea/, priority: 2 },
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
