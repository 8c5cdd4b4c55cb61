import type { Database } from '../platform/database/database.ts';
import { type Visibility, visibilitySettings } from '../workspaces/access/visibility.ts';
import type { Lead } from './lead.ts';
import { readLeadsById } from './lead-memory-store.ts';

/** Identifies callers of one workspace who may see the same leads. */
interface Reader {
  workspace_id: string;
  visibility: Visibility | undefined;
}

/** Reads that wait for the end of this turn of the event loop. */
interface Gathered {
  ids: Set<string>;
  leads: Promise<ReadonlyMap<string, Lead>>;
}

const gathering = new WeakMap<Database, Map<string, Gathered>>();

/**
 * Reads a lead for display only; undefined if the caller may not see it. Requests that arrive in the same
 * turn of the event loop share one transaction if their callers may see the same leads, because most of the
 * cost is the transaction itself.
 */
export async function readLeadShared(database: Database, reader: Reader, id: string): Promise<Lead | undefined> {
  const waiting = gathering.get(database) ?? new Map<string, Gathered>();
  gathering.set(database, waiting);
  const settings = visibilitySettings(reader.visibility);
  const key = JSON.stringify([reader.workspace_id, settings]);
  const gathered = waiting.get(key) ?? gather();
  gathered.ids.add(id);
  return (await gathered.leads).get(id);

  function gather(): Gathered {
    const ids = new Set<string>();
    const leads = new Promise((resolve) => setImmediate(resolve)).then(async () => {
      waiting.delete(key);
      return database.read(reader.workspace_id, (tx) => readLeadsById(tx, [...ids]), settings);
    });
    const started = { ids, leads };
    waiting.set(key, started);
    return started;
  }
}
