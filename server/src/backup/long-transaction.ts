import { Client } from 'pg';
import type { Connection } from '../platform/database/connection.ts';
import { type Tx, transact } from '../platform/database/transaction.ts';
import { valueTypes } from '../platform/database/value-types.ts';

/**
 * Runs one transaction on a dedicated connection without time limits, because copying a whole store takes longer than a
 * pool allows. Not for requests.
 */
export async function longTransaction<T>(connection: Connection, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = new Client({
    ...connection,
    types: valueTypes,
    application_name: 'leadwell copy',
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    const outcome = await transact(client, null, async (tx) => ({ result: await work(tx) }));
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  } finally {
    await client.end().catch(() => {});
  }
}
