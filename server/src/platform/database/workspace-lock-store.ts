import type { Tx } from './transaction.ts';

/**
 * Work that only one transaction of a workspace may do at a time: updating the index of leads, updating
 * sums, counting requests, creating names.
 */
type Locked = 'index' | 'sums' | 'requests' | 'names';

/** Waits until no other transaction of the workspace does this work, and keeps others out until this one ends. */
export async function lockInWorkspace(tx: Tx, what: Locked): Promise<void> {
  await tx.query(
    'SELECT pg_advisory_xact_lock(hashtextextended($2, hashtextextended($1, 0)))',
    [tx.workspaceId, what],
    {
      name: 'lock_in_workspace',
    },
  );
}
