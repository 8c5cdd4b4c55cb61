import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginEpochIfMoved } from '../events/epoch-store.ts';
import type { Connection } from '../platform/database/connection.ts';
import { type Migration, migrate, migrationsFolder, readMigrations } from '../platform/database/migrate.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { operatorError } from '../platform/operator-error.ts';
import type { AppliedMigration, Header, Manifest, TableMark } from './format.ts';
import { longTransaction } from './long-transaction.ts';
import { readBackup } from './read-backup.ts';
import { analyze, clearTables, digestTable, insertRows, switchTriggers, writeExactly } from './rows-store.ts';
import { makePartition, readPartitions, readTables, setSequence, type Table } from './schema-store.ts';

export interface Loaded extends Manifest {
  /** Migrations applied after the rows of the backup were loaded. */
  migrated: string[];
}

/** Refuses a backup whose schema this version cannot create: one from a newer version or with other migrations. */
export async function checkSchema(header: Header): Promise<void> {
  const known = await readMigrations();
  const newest = known.at(-1)?.version ?? 0;
  for (const { version, name, checksum } of header.migrations) {
    const same = known.some((migration) => migration.version === version && migration.checksum === checksum);
    if (same) continue;
    const label = `${String(version).padStart(4, '0')}_${name}`;
    throw operatorError(
      version > newest
        ? `This backup is newer than this version of Leadwell: it has migration ${label}. Restore it with the newer version.`
        : `This backup has migration ${label}, which this version of Leadwell does not know in this form.`,
    );
  }
}

/**
 * Loads a backup that `checkBackup` and `checkSchema` accepted into a database without tables. Migrates to the backup's
 * version, loads all rows in one transaction, verifies them by digest, and applies the remaining migrations.
 */
export async function loadBackup(
  file: string,
  header: Header,
  owner: Connection,
  signal?: AbortSignal,
): Promise<Loaded> {
  await migrateAsFarAs(owner, header.migrations);
  const manifest = await longTransaction(owner, (tx) => load(tx, file, header, signal));
  const later = await migrate(owner);
  await longTransaction(owner, beginEpochIfMoved);
  await longTransaction(owner, analyze);
  return {
    ...manifest,
    migrated: later.map((migration) => `${String(migration.version).padStart(4, '0')}_${migration.name}`),
  };
}

async function migrateAsFarAs(owner: Connection, expectedTables: readonly AppliedMigration[]): Promise<void> {
  const known = await readMigrations();
  if (expectedTables.length === known.length) {
    await migrate(owner);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'leadwell-migrations-'));
  try {
    for (const migration of known.filter(({ version }) => expectedTables.some((one) => one.version === version)))
      await copyFile(join(migrationsFolder(), fileOf(migration)), join(folder, fileOf(migration)));
    await migrate(owner, { folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function fileOf({ version, name }: Migration): string {
  return `${String(version).padStart(4, '0')}_${name}.sql`;
}

async function load(tx: Tx, file: string, header: Header, signal?: AbortSignal): Promise<Manifest> {
  await writeExactly(tx);
  await makePartitions(tx, header.partitions);
  const tables = await readTables(tx);
  await clearTables(tx, tables);
  await switchTriggers(tx, 'DISABLE');
  let table: Table | undefined;
  for await (const part of readBackup(file)) {
    signal?.throwIfAborted();
    if (part.kind === 'table') table = sameTable(tables, part.table);
    if (part.kind === 'rows' && table) await insertRows(tx, table, part.lines);
    if (part.kind === 'end') {
      for (const sequence of part.manifest.sequences) await setSequence(tx, sequence);
      await switchTriggers(tx, 'ENABLE');
      await verifyRows(tx, tables, part.manifest);
      return part.manifest;
    }
  }
  throw new Error('The backup had no end.');
}

async function makePartitions(tx: Tx, names: readonly string[]): Promise<void> {
  const present = new Set(await readPartitions(tx));
  for (const name of names)
    if (!present.has(name) && !(await makePartition(tx, name)))
      throw operatorError(`This backup has a partition ${name}, which this version of Leadwell cannot create.`);
}

function sameTable(tables: readonly Table[], { name, columns }: TableMark): Table {
  const table = tables.find((one) => one.name === name);
  const known = new Set(table?.columns.map((column) => column.name));
  if (table && known.size === columns.length && columns.every((column) => known.has(column))) return table;
  throw operatorError(`The table ${name} of this backup differs from the one that its migrations create.`);
}

/** Reads everything back and compares the digests with those in the backup. */
async function verifyRows(tx: Tx, tables: readonly Table[], { tables: wanted }: Manifest): Promise<void> {
  for (const table of tables) {
    const found = await digestTable(tx, table);
    const expected = wanted.find(({ name }) => name === table.name);
    if (found.rows !== expected?.rows || found.sha256 !== expected.sha256)
      throw operatorError(`The table ${table.name} was not restored as it was backed up.`);
  }
}
