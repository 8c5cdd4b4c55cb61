import type { Database } from '../platform/database/database.ts';
import { isTimeout } from '../platform/database/database-errors.ts';
import { demoTables } from './demo-store.ts';

/**
 * Updates PostgreSQL's statistics for the tables that grew, acting as their owner. A table that would take too long is
 * left to autovacuum.
 */
export async function analyzeTables(owner: Database): Promise<void> {
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
