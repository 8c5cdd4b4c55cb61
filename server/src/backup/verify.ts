import type { Connection } from '../platform/database/connection.ts';
import { readMigrations } from '../platform/database/migrate.ts';
import { checkTotals, damageIn, type Finding, type Rule } from './checks-store.ts';
import { compareSchema } from './compare-schema.ts';
import { longTransaction } from './long-transaction.ts';
import { readApplied } from './schema-store.ts';
import { checkStructure, type StructureProblem } from './structure-store.ts';

/** The store to verify. `superuser` (embedded cluster only) allows deeper checks. */
export interface Verified {
  owner: Connection;
  superuser?: Connection;
  /** Rules of other areas. */
  rules?: readonly Rule[];
}

/**
 * Verifies that the stored data is intact and consistent, even while a server keeps writing. Yields one finding
 * per rule. If damage prevents a rule from being checked, that damage is its finding, and the other rules are
 * still checked.
 */
export async function* verify({ owner, superuser, rules }: Verified, signal?: AbortSignal): AsyncGenerator<Finding> {
  const migrations = await migrationFinding(owner);
  yield migrations.finding;
  // The rules refer to the tables of this version.
  if (migrations.isOther) return;
  if (superuser)
    yield finding(
      'the schema is the one that the migrations create',
      await unlessDamaged(() => compareSchema(superuser, owner)),
    );
  for await (const found of checkTotals((work) => longTransaction(owner, work), rules)) {
    signal?.throwIfAborted();
    yield found;
  }
  if (superuser) yield* structureFindings({ ...superuser, database: owner.database ?? '' });
}

function finding(name: string, differences: readonly string[]): Finding {
  return { name, differences: differences.length, ids: differences.slice(0, 5) };
}

/** Differences, or the damage found while looking for them. */
async function unlessDamaged(look: () => Promise<readonly string[]>): Promise<readonly string[]> {
  return look().catch((error: unknown) => [damageIn(error)]);
}

/** `isOther`: the database belongs to another version. */
async function migrationFinding(owner: Connection): Promise<{ finding: Finding; isOther: boolean }> {
  const name = 'the migrations of this version are applied';
  let missing: string[];
  try {
    missing = await missingMigrations(owner);
  } catch (error) {
    return { finding: finding(name, [damageIn(error)]), isOther: false };
  }
  return { finding: finding(name, missing), isOther: missing.length > 0 };
}

async function missingMigrations(owner: Connection): Promise<string[]> {
  const applied = await longTransaction(owner, readApplied);
  const missing = (await readMigrations()).filter(
    ({ version, checksum }) => !applied.some((row) => row.version === version && row.checksum === checksum),
  );
  return missing.map(({ version, name }) => `${version} ${name}`);
}

const undo = new Error('Only looked.');

async function* structureFindings(superuser: Connection): AsyncGenerator<Finding> {
  let problems: Awaited<ReturnType<typeof checkStructure>> | undefined;
  try {
    await longTransaction(superuser, async (tx) => {
      problems = await checkStructure(tx);
      throw undo;
    });
  } catch (error) {
    if (error !== undo) throw error;
  }
  yield structureFinding('the pages of the tables are sound', problems?.tables);
  yield structureFinding('the indexes are sound', problems?.indexes);
}

/** Names everything that is damaged, because whoever repairs it needs the whole list. */
function structureFinding(name: string, problems: readonly StructureProblem[] = []): Finding {
  return { name, differences: problems.length, ids: problems.map(({ of, text }) => `${of}: ${text}`) };
}
