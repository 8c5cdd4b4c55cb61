import type { Connection } from '../platform/database/connection.ts';
import { readMigrations } from '../platform/database/migrate.ts';
import { checkIndexes, checkTotals, type Finding } from './checks-store.ts';
import { compareSchema } from './compare-schema.ts';
import { longTransaction } from './long-transaction.ts';
import { readApplied } from './schema-store.ts';

/** The store to verify. `superuser` (embedded cluster only) allows deeper checks. */
export interface Verified {
  owner: Connection;
  superuser?: Connection;
}

/**
 * Verifies that the stored data is intact and consistent, even while a server keeps writing. Yields one finding per
 * rule.
 */
export async function* verify({ owner, superuser }: Verified, signal?: AbortSignal): AsyncGenerator<Finding> {
  const migrations = await migrationFinding(owner);
  yield migrations;
  // The rules refer to the tables of this version.
  if (migrations.differences > 0) return;
  if (superuser) yield finding('the schema is what the migrations make', await compareSchema(superuser, owner));
  for await (const found of checkTotals((work) => longTransaction(owner, work))) {
    signal?.throwIfAborted();
    yield found;
  }
  if (superuser) yield await indexFinding({ ...superuser, database: owner.database ?? '' });
}

function finding(name: string, differences: readonly string[]): Finding {
  return { name, differences: differences.length, ids: differences.slice(0, 5) };
}

async function migrationFinding(owner: Connection): Promise<Finding> {
  const applied = await longTransaction(owner, readApplied);
  const missing = (await readMigrations()).filter(
    ({ version, checksum }) => !applied.some((row) => row.version === version && row.checksum === checksum),
  );
  return finding(
    'the migrations of this version are applied',
    missing.map(({ version, name }) => `${version} ${name}`),
  );
}

const undo = new Error('Only looked.');

async function indexFinding(superuser: Connection): Promise<Finding> {
  const name = 'the indexes are sound';
  try {
    await longTransaction(superuser, async (tx) => {
      await checkIndexes(tx);
      throw undo;
    });
  } catch (error) {
    if (error !== undo) return finding(name, [error instanceof Error ? error.message : String(error)]);
  }
  return finding(name, []);
}
