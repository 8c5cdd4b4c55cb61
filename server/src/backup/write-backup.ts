import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Connection } from '../platform/database/connection.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { operatorError } from '../platform/operator-error.ts';
import { FORMAT, type Header, type Manifest, markLine, type TableDigest } from './format.ts';
import { longTransaction } from './long-transaction.ts';
import { checkBackup } from './read-backup.ts';
import { countLines, readRows, useSnapshot, writeExactly } from './rows-store.ts';
import { readApplied, readPartitions, readSequences, readTables } from './schema-store.ts';
import { sealMember } from './seal.ts';

export interface BackupOptions {
  /** Connection as the owner role. */
  owner: Connection;
  file: string;
  /** PostgreSQL's version, for the header. */
  postgres: string;
  now: Date;
  /** Overwrites an existing file. */
  force?: boolean;
  signal?: AbortSignal;
}

export interface Backup extends Manifest {
  file: string;
  bytes: number;
}

/**
 * Backs up the whole store as of one moment, while others keep writing. The file gets its name only once it is
 * complete, flushed to disk and read back.
 */
export async function writeBackup(options: BackupOptions): Promise<Backup> {
  const file = resolve(options.file);
  if (!(await exists(dirname(file)))) throw operatorError(`There is no folder ${dirname(file)}.`);
  if (!options.force && (await exists(file)))
    throw operatorError(`${file} already exists. Use --force to overwrite it.`);
  const partial = `${file}.partial`;
  try {
    await rm(partial, { force: true });
    await longTransaction(options.owner, (tx) => writeFile(tx, partial, options));
    const { manifest } = await checkBackup(partial);
    await rename(partial, file);
    await flushFolder(dirname(file));
    return { file, bytes: (await stat(file)).size, ...manifest };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function writeFile(tx: Tx, path: string, options: BackupOptions): Promise<void> {
  await useSnapshot(tx);
  await writeExactly(tx);
  const digest = createHash('sha256');
  await pipeline(
    () => writeLines(tx, options),
    createGzip({ level: 4 }),
    async function* seal(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        digest.update(chunk);
        yield chunk;
      }
      yield sealMember(digest.digest('hex'));
    },
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
  );
}

async function* writeLines(tx: Tx, { postgres, now, signal }: BackupOptions): AsyncGenerator<string> {
  const migrations = await readApplied(tx);
  if (migrations.length === 0) throw operatorError('There is nothing to back up: this database was never migrated.');
  const header: Header = {
    format: FORMAT,
    made_at: now.toISOString(),
    postgres,
    migrations,
    partitions: await readPartitions(tx),
  };
  yield markLine('header', header);
  const tables: TableDigest[] = [];
  for (const table of await readTables(tx)) {
    yield markLine('table', { name: table.name, columns: table.columns.map((column) => column.name) });
    const counted = countLines(table.name);
    for await (const lines of readRows(tx, table)) {
      signal?.throwIfAborted();
      counted.add(lines);
      yield `${lines.join('\n')}\n`;
    }
    tables.push(counted.result());
  }
  yield markLine('end', { tables, sequences: await readSequences(tx) });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Makes the new name survive a power cut. Not every system supports it. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
