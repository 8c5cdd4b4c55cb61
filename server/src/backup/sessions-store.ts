import type { Connection } from '../platform/database/connection.ts';
import { longTransaction } from './long-transaction.ts';

/**
 * True while a server uses this database. `admin` must be allowed to see other sessions: the superuser, or the user of
 * DATABASE_URL.
 */
export async function isServed(admin: Connection): Promise<boolean> {
  return longTransaction(admin, async (tx) => {
    await tx.query('SET LOCAL ROLE NONE');
    const [row] = await tx.query<{ served: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()
         AND application_name IN ('leadwell instance', 'leadwell listener')) AS served`,
    );
    return row?.served === true;
  });
}
