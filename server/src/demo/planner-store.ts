import type { Database } from '../platform/database/database.ts';
import { isTimeout } from '../platform/database/database-errors.ts';
import { demoTables } from './demo-store.ts';

/**
 * Has PostgreSQL look at the tables that grew, as their owner: it chooses its ways by what it knows of them. One for which
 * there is no time is looked at later, by itself.
 */
export async function tellPlanner(owner: Database): Promise<void> {
  for (const table of demoTables)
    await owner
      .global(async (tx) => {
        await tx.query("SET LOCAL statement_timeout = '14s'");
        await tx.query(`ANALYZE ${table}`);
      })
      .catch((error: unknown) => {
        if (!isTimeout(error)) throw error;
      });
}
