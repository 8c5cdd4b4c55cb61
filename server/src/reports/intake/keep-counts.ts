import type { Queue } from '../../platform/database/drain.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { lockInWorkspace } from '../../platform/database/workspace-lock-store.ts';
import { addChanges, countNext, openBase, workspacesToCount } from './intake-counts-store.ts';

/** Requests counted, and changes added, in one step. */
const BITE = 2_000;

/** Counts some requests of the journal and adds what has changed in those counted before; false once all are done. */
export async function keepCounts(tx: Tx, margin = '2 minutes', bite = BITE): Promise<boolean> {
  // Two processes would count the same requests.
  await lockInWorkspace(tx, 'requests');
  const base = await openBase(tx);
  if (!base) return false;
  if ((await addChanges(tx, base, bite)) === bite) return true;
  return (await countNext(tx, base, bite, margin)) === bite;
}

/** Requests that are to be counted for the report on intake. */
export const intakeToCount: Queue = { workspaces: workspacesToCount, step: (tx) => keepCounts(tx) };
