import type { Rolldown } from 'vite';

type Context = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/** Screens by which a module is used before it moves to the chunk of common parts. */
const COMMON = 8;
/** Chunks of parts that fewer screens share are merged with their nearest until they have about this many bytes. */
const SMALLEST = 14_000;

/**
 * How modules are put together into chunks: everything that the first page needs in one, parts used by many screens in
 * another, a screen's own in its own. Left alone, the bundler makes a chunk of every set of modules that some screens
 * share: sixty scripts for the list of leads.
 */
export function chunksOf(entry: string): Rolldown.CodeSplittingOptions {
  let first: Set<string> | undefined;
  const isFirst = (id: string, context: Context) => {
    first ??= reachableFrom(entry, context);
    return first.has(id);
  };
  return {
    groups: [
      { name: (id, context) => (isFirst(id, context) ? 'app' : null), priority: 3 },
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

/** A module and everything that it imports, other than lazily. */
function reachableFrom(entry: string, context: Context): Set<string> {
  const reached = new Set([entry]);
  for (const id of reached) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) reached.add(imported);
  return reached;
}
