import type { Connection } from '../platform/database/connection.ts';
import { operatorError } from '../platform/operator-error.ts';
import { holdInstance } from '../platform/postgres/instance-lock.ts';
import { dropDatabase, makeDatabase, replaceDatabase } from './database-store.ts';
import type { Header } from './format.ts';
import { checkSchema, type Loaded, loadBackup } from './load-backup.ts';
import { longTransaction } from './long-transaction.ts';
import { checkBackup } from './read-backup.ts';
import { dropEverything, isEmpty } from './schema-store.ts';
import { isServed } from './sessions-store.ts';

/** The store to restore into; nobody else may use it. */
export interface Target {
  owner: Connection;
  app: Connection;
  /** Can see who is connected: the embedded superuser, or the user of DATABASE_URL. */
  admin: Connection;
  /** The embedded cluster's superuser, connected to the maintenance database. Absent for an external database. */
  superuser?: Connection;
  dataDir: string;
}

export interface Restored extends Loaded {
  made_at: string;
}

interface Options {
  /** Replaces the existing data. */
  force?: boolean;
  signal?: AbortSignal;
}

const INCOMING = 'leadwell_incoming';

/**
 * Restores a backup. The whole file is checked before anything changes. An embedded database stays untouched until its
 * replacement is complete and verified; an external one is emptied first, since we may not be allowed to create
 * another.
 */
export async function restoreBackup(file: string, target: Target, options: Options = {}): Promise<Restored> {
  const { header } = await checkBackup(file);
  await checkSchema(header);
  if (await isServed(target.admin))
    throw operatorError('Leadwell is running on this store. Stop it before you restore.');
  if (!options.force && !(await longTransaction(target.owner, isEmpty)))
    throw operatorError(
      'This store is not empty. Restore into an empty one, or use --force to replace everything in this one.',
    );
  const loaded = target.superuser
    ? await restoreBeside(file, header, { ...target, superuser: target.superuser }, options)
    : await restoreInPlace(file, header, target, options);
  return { ...loaded, made_at: header.made_at };
}

async function restoreBeside(
  file: string,
  header: Header,
  { owner, app, superuser, dataDir }: Target & { superuser: Connection },
  { signal }: Options,
): Promise<Loaded> {
  const current = owner.database;
  if (!current) throw new Error('The embedded database has no name.');
  const instance = await holdInstance(app, { dataDir });
  try {
    await makeDatabase(superuser, INCOMING);
    const loaded = await loadBackup(file, header, { ...owner, database: INCOMING }, signal);
    await instance.release();
    await replaceDatabase(superuser, current, INCOMING);
    return loaded;
  } finally {
    await instance.release();
    await dropDatabase(superuser, INCOMING);
  }
}

async function restoreInPlace(file: string, header: Header, { owner }: Target, { signal }: Options): Promise<Loaded> {
  await longTransaction(owner, dropEverything);
  return loadBackup(file, header, owner, signal);
}
