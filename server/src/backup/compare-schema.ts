import type { Connection } from '../platform/database/connection.ts';
import { dumpSchema } from '../platform/database/dump-schema.ts';
import { migrate } from '../platform/database/migrate.ts';
import { dropDatabase, makeDatabase } from './database-store.ts';

const SCRATCH = 'leadwell_schema';

/** Monthly partitions, and foreign keys to them, are created over time; everything else comes from the migrations. */
const MONTHLY = /\bsubmissions_\d{4}_\d{2}/;

/**
 * Compares a database's schema with that of a temporary database created by this version's migrations. Returns the
 * first line of every part that only one of them has.
 */
export async function compareSchema(superuser: Connection, owner: Connection): Promise<string[]> {
  const fresh = { ...owner, database: SCRATCH };
  try {
    await makeDatabase(superuser, SCRATCH);
    await migrate(fresh);
    const [wanted, found] = [partsOf(await dumpSchema(fresh)), partsOf(await dumpSchema(owner))];
    return [...onlyIn(wanted, found, 'missing'), ...onlyIn(found, wanted, 'added')];
  } finally {
    await dropDatabase(superuser, SCRATCH);
  }
}

function partsOf(schema: string): Set<string> {
  const parts = schema.split('\n\n').map((part) => part.split('\n'));
  const withoutPartitions = parts.filter(([first = '']) => !MONTHLY.test(first));
  return new Set(withoutPartitions.map((lines) => lines.filter((line) => !MONTHLY.test(line)).join('\n')));
}

function onlyIn(these: Set<string>, others: Set<string>, word: string): string[] {
  return [...these].filter((part) => !others.has(part)).map((part) => `${word}: ${part.trim().split('\n')[0]}`);
}
