import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { TableDigest } from '../src/backup/format.ts';
import { longTransaction } from '../src/backup/long-transaction.ts';
import type { Target } from '../src/backup/restore-backup.ts';
import { digestTable, writeExactly } from '../src/backup/rows-store.ts';
import { readTables } from '../src/backup/schema-store.ts';
import { type Backup, writeBackup } from '../src/backup/write-backup.ts';
import { makePartitions } from '../src/journal/partition-store.ts';
import type { Connection } from '../src/platform/database/connection.ts';
import { openDatabase } from '../src/platform/database/database.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { aWorkspace, createLead, testIntake } from './test-intake.ts';

/**
 * Creates a folder for this file's backups, and returns a function that gives paths in it. The folder is removed after
 * the file's last test.
 */
export function useFolder(): (name: string) => string {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lw-backup-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return (name) => join(folder, name);
}

export function backUp({ connections }: TestDatabase, file: string, force = false): Promise<Backup> {
  return writeBackup({ owner: connections.owner, file, postgres: '18', now: new Date(), force });
}

/** A test database as the target of a restore. Like an external database, it is emptied rather than replaced. */
export function targetOf({ connections }: TestDatabase): Target {
  const { owner, app, superuser } = connections;
  return { owner, app, admin: superuser, dataDir: tmpdir() };
}

export function digestsOf(owner: Connection): Promise<TableDigest[]> {
  return longTransaction(owner, async (tx) => {
    await writeExactly(tx);
    const digests: TableDigest[] = [];
    for (const table of await readTables(tx)) digests.push(await digestTable(tx, table));
    return digests;
  });
}

export interface FilledStore {
  store: TestDatabase;
  /** Creates one more lead; different numbers give different people. */
  send(number: number): Promise<unknown>;
  close(): Promise<void>;
}

/** A store with two workspaces, this month's partition and some leads. */
export async function filledStore(leads: number): Promise<FilledStore> {
  const store = await testDatabase();
  const owner = await openDatabase(store.connections.owner, { asOwner: true, size: 1 });
  await owner.global((tx) => makePartitions(tx, new Date()));
  await owner.close();
  await aWorkspace(store.db, store.query);
  const agentContext = testIntake(store.db, store.connections.app, await aWorkspace(store.db, store.query));
  const send = (number: number) =>
    agentContext.ask(
      createLead({
        values: { name: `Ann ${number}\u2028 O'Neil "the \\ 1st"\n\u{1F4DE}`, email: `ann${number}@example.com` },
        phone: { sent: `0784${String(number).padStart(7, '0')}` },
      }),
    );
  for (let number = 0; number < leads; number += 1) await send(number);
  return { store, send, close: () => agentContext.close() };
}
