import type { Tx } from '../platform/database/transaction.ts';

const MONTHS_AHEAD = 3;

/** Creates the journal's partitions for this month and the next ones, as the owner role. Existing ones are kept. */
export async function makePartitions(owner: Tx, now: Date): Promise<void> {
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead += 1) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
    await owner.query('SELECT make_submission_partition($1)', [month.toISOString().slice(0, 10)]);
  }
}
