import type { Connection } from '../platform/database/connection.ts';
import { openClient } from '../platform/database/session.ts';
import { type Tx, transact } from '../platform/database/transaction.ts';

/**
 * Runs one transaction on a dedicated connection without time limits, because copying a whole store takes longer than a
 * pool allows. Not for requests.
 */
export async function longTransaction<T>(connection: Connection, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await openClient(connection, { name: 'leadwell copy', statementTimeout: 0, asOwner: true });
  try {
    const outcome = await transact(client, null, async (tx) => ({ result: await work(tx) }));
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  } finally {
    await client.end().catch(() => {});
  }
}
