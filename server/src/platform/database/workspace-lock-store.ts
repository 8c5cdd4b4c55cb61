import type { Tx } from './transaction.ts';

/** What one transaction of a workspace does at a time: keeping the index of leads, keeping sums, creating names. */
type Locked = 'index' | 'sums' | 'names';

/** Waits until no other transaction of the workspace does this, and keeps others from it until this one ends. */
export async function lockInWorkspace(tx: Tx, what: Locked): Promise<void> {
  await tx.query(
    'SELECT pg_advisory_xact_lock(hashtextextended($2, hashtextextended($1, 0)))',
    [tx.workspaceId, what],
    {
      name: 'lock_in_workspace',
    },
  );
}
