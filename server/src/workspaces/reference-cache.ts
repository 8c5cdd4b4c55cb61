import type { Database } from '../platform/database/database.ts';
import { loadReferenceData } from './reference-cache-store.ts';
import type { ReferenceData } from './reference-data.ts';

/** How long cached data is trusted if no change is announced, in ms. */
const TRUSTED_MS = 30_000;

/** Cache of workspaces' reference data. Every change is announced; the time limit is only a safety net. */
export interface ReferenceCache {
  get(workspaceId: string): Promise<ReferenceData>;
  /** The cached data, if any. Does not wait, for use on the hot path. */
  peek(workspaceId: string): ReferenceData | undefined;
  /** Reloads the data from the database. */
  renew(workspaceId: string): Promise<ReferenceData>;
  /** Drops one workspace from the cache, or all of them. */
  forget(workspaceId?: string): void;
}

/** Opens the cache for one database. Concurrent readers of the same workspace share one query. */
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
