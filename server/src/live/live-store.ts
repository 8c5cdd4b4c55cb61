import type { Tx } from '../platform/transaction.ts';

/** Announces to every process that listens to the channel, once the transaction commits. */
export async function tellStore(tx: Tx, channel: string, payload: string): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [channel, payload]);
}
