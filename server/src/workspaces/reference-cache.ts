import type { Database } from '../platform/database/database.ts';
import { loadReferenceData } from './reference-cache-store.ts';
import type { ReferenceData } from './reference-data.ts';

/** How long a book is trusted when no announcement of a change arrives, in ms. */
const TRUSTED_MS = 30_000;

/** Books of workspaces, kept in memory. Every change of reference data announces itself; time is only the backstop. */
export interface ReferenceCache {
  get(workspaceId: string): Promise<ReferenceData>;
  /** The book if it is at hand, so that the hot path need not wait. */
  peek(workspaceId: string): ReferenceData | undefined;
  /** Reads it anew. */
  renew(workspaceId: string): Promise<ReferenceData>;
  /** Forgets one workspace's book, or all of them. */
  forget(workspaceId?: string): void;
}

/** Keeps books of the workspaces of one database. Concurrent readers of one book share one reading. */
export function openReferenceCache(database: Database, clock: () => number = Date.now): ReferenceCache {
  const kept = new Map<string, { referenceData: Promise<ReferenceData>; ready?: ReferenceData; at: number }>();

  const read = (workspaceId: string): Promise<ReferenceData> => {
    const referenceData = database.tx(workspaceId, loadReferenceData).then((found) => {
      if (!found) throw new Error(`There is no workspace ${workspaceId}.`);
      return found;
    });
    const entry: { referenceData: Promise<ReferenceData>; ready?: ReferenceData; at: number } = {
      referenceData,
      at: clock(),
    };
    kept.set(workspaceId, entry);
    referenceData.then(
      (found) => {
        entry.ready = found;
      },
      () => {
        if (kept.get(workspaceId) === entry) kept.delete(workspaceId);
      },
    );
    return referenceData;
  };

  const fresh = (workspaceId: string) => {
    const entry = kept.get(workspaceId);
    return entry && clock() - entry.at < TRUSTED_MS ? entry : undefined;
  };

  return {
    get: (workspaceId) => fresh(workspaceId)?.referenceData ?? read(workspaceId),
    peek: (workspaceId) => fresh(workspaceId)?.ready,
    renew: read,
    forget: (workspaceId) => {
      if (workspaceId === undefined) kept.clear();
      else kept.delete(workspaceId);
    },
  };
}
