import type { Database } from '../platform/database/database.ts';
import type { PipelinedConnection } from '../platform/database/pipelined-connection.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';

/** What intake needs of the rest. */
export interface IntakeOptions {
  database: Database;
  /** Connections of their own for gathered commits. */
  lanes: readonly PipelinedConnection[];
  referenceCache: ReferenceCache;
  log: { error(message: string): void };
  /** Told after a commit that changed the book or ended a credential, before the answer goes out. */
  onChanged?: (workspaceId: string) => void;
  /** How long the same content counts as the same request, in seconds. */
  contentWindow?: number;
  /** Most requests in one commit; 1 turns gathering off. */
  mostGathered?: number;
}
