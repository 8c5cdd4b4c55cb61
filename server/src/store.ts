import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readApplied } from './backup/schema-store.ts';
import type { Config } from './config.ts';
import { openLive } from './live/live.ts';
import type { Connection } from './platform/database/connection.ts';
import { type Database, openDatabase } from './platform/database/database.ts';
import { migrate, readMigrations } from './platform/database/migrate.ts';
import { connectExternal } from './platform/external-database.ts';
import { operatorError } from './platform/operator-error.ts';
import type { PlainLog } from './platform/plain-log.ts';
import { type Cluster, startCluster } from './platform/postgres/cluster.ts';

/** A store of data and the connections to it, whatever state its schema is in. */
export interface DataStore {
  owner: Connection;
  app: Connection;
  /** Can see who is connected to the database: the embedded superuser, or the user of DATABASE_URL. */
  admin: Connection;
  /** The embedded cluster; absent with DATABASE_URL. */
  cluster?: Cluster;
  /** PostgreSQL's version. */
  version: string;
  /** Releases the store; stops an embedded cluster that no other process uses. */
  close(): Promise<void>;
}

export interface PlaceOptions {
  /** Create an embedded database if there is none yet; otherwise that is an error. */
  create?: boolean;
  log?: PlainLog;
}

type Location = Pick<Config, 'dataDir' | 'databaseUrl'>;

/** Opens the data for a command, alongside a running server or by starting the embedded cluster for a while. */
export async function openPlace(config: Location, { create = false, log }: PlaceOptions = {}): Promise<DataStore> {
  if (config.databaseUrl) {
    const { owner, app, version } = await connectExternal(config.databaseUrl);
    return { owner, app, admin: owner, version, close: async () => {} };
  }
  if (!create && !existsSync(join(config.dataDir, 'postgres')))
    throw operatorError(`There is no Leadwell data in DATA_DIR=${config.dataDir}. "leadwell serve" creates it.`);
  const cluster = await startCluster({ dataDir: config.dataDir, ...(log && { log }) });
  const { owner, app, version } = cluster;
  const admin = { ...cluster.superuser, database: owner.database ?? '' };
  return { owner, app, admin, cluster, version, close: () => cluster.stop() };
}

/** An open store: pools for both roles, with the schema of this version. */
export interface Store {
  place: DataStore;
  owner: Database;
  app: Database;
  /** Migrations applied while opening it. */
  migrated: string[];
  close(): Promise<void>;
}

export interface StoreOptions extends PlaceOptions {
  /**
   * `make`: sets up a database that was never migrated. `migrate`: also updates one of an older version. Without this
   * option, both cases are errors; a newer version always is.
   */
  schema?: 'make' | 'migrate';
}

/** Opens the store, checks that its schema matches this version, and migrates it if asked to. */
export async function openStore(config: Location, options: StoreOptions = {}): Promise<Store> {
  const place = await openPlace(config, options);
  const open: Database[] = [];
  let closing = async () => {};
  const close = async () => {
    await closing();
    for (const database of open.splice(0)) await database.close();
    await place.close();
  };
  try {
    const live = openLive(
      () => app,
      (error) => options.log?.warn(`Open screens were not notified: ${String(error)}`),
    );
    closing = live.close;
    const more = { size: 2, name: 'leadwell command', onCommitted: live.committed };
    const owner = await openDatabase(place.owner, { ...more, asOwner: true });
    open.push(owner);
    const migrated = await ensureSchema(owner, place, options);
    const app = await openDatabase(place.app, more);
    open.push(app);
    return { place, owner, app, migrated, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function ensureSchema(owner: Database, place: DataStore, { schema, log }: StoreOptions): Promise<string[]> {
  const applied = await owner.global(readApplied);
  const known = await readMigrations();
  const isOlder = applied.length < known.length;
  if (isOlder && (schema === undefined || (schema === 'make' && applied.length > 0)))
    throw operatorError(
      applied.length === 0
        ? 'This database has not been set up. Run "leadwell serve" or "leadwell migrate".'
        : 'This database is from an older version. Back it up, then run "leadwell migrate" or start the server.',
    );
  const migrated = await migrate(place.owner, log && { log });
  return migrated.map(({ version, name }) => `${String(version).padStart(4, '0')}_${name}`);
}
