import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readApplied } from './backup/catalogue-store.ts';
import type { Config } from './config.ts';
import { openLive } from './live/live.ts';
import type { Connection } from './platform/database/connection.ts';
import { type Database, openDatabase } from './platform/database/database.ts';
import { migrate, readMigrations } from './platform/database/migrate.ts';
import { connectExternal } from './platform/external-database.ts';
import { operatorError } from './platform/operator-error.ts';
import type { PlainLog } from './platform/plain-log.ts';
import { type Cluster, startCluster } from './platform/postgres/cluster.ts';

/** Where the data is, and how to reach it as whom. Whatever state its schema is in. */
export interface Place {
  owner: Connection;
  app: Connection;
  /** Sees who is connected to the database: the superuser of the embedded one, or the user of DATABASE_URL. */
  admin: Connection;
  /** The embedded cluster; absent with DATABASE_URL. */
  cluster?: Cluster;
  /** PostgreSQL's version. */
  version: string;
  /** Lets go; stops a cluster that nobody else uses. */
  close(): Promise<void>;
}

export interface PlaceOptions {
  /** Make an embedded database where there is none yet; otherwise refuse. */
  create?: boolean;
  log?: PlainLog;
}

type Where = Pick<Config, 'dataDir' | 'databaseUrl'>;

/** Opens the place of the data, for commands: beside a running server, or starting the embedded cluster for a while. */
export async function openPlace(config: Where, { create = false, log }: PlaceOptions = {}): Promise<Place> {
  if (config.databaseUrl) {
    const { owner, app, version } = await connectExternal(config.databaseUrl);
    return { owner, app, admin: owner, version, close: async () => {} };
  }
  if (!create && !existsSync(join(config.dataDir, 'postgres')))
    throw operatorError(`There is no Leadwell in DATA_DIR=${config.dataDir}. "leadwell serve" makes one.`);
  const cluster = await startCluster({ dataDir: config.dataDir, ...(log && { log }) });
  const { owner, app, version } = cluster;
  const admin = { ...cluster.superuser, database: owner.database ?? '' };
  return { owner, app, admin, cluster, version, close: () => cluster.stop() };
}

/** An open store: pools of both roles, its schema that of this version. */
export interface Store {
  place: Place;
  owner: Database;
  app: Database;
  /** Migrations applied by opening it. */
  migrated: string[];
  close(): Promise<void>;
}

export interface StoreOptions extends PlaceOptions {
  /**
   * `make`: a database that was never migrated is. `migrate`: one of an older version is, too. Without either, both are
   * refused; one of a newer version always is.
   */
  schema?: 'make' | 'migrate';
}

/** Opens the store, checks that its schema is the one of this version, and migrates where that is asked for. */
export async function openStore(config: Where, options: StoreOptions = {}): Promise<Store> {
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
      (error) => options.log?.warn(`Open screens were not told: ${String(error)}`),
    );
    closing = live.close;
    const more = { size: 2, name: 'leadwell command', onCommitted: live.committed };
    const owner = await openDatabase(place.owner, { ...more, asOwner: true });
    open.push(owner);
    const migrated = await settleSchema(owner, place, options);
    const app = await openDatabase(place.app, more);
    open.push(app);
    return { place, owner, app, migrated, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function settleSchema(owner: Database, place: Place, { schema, log }: StoreOptions): Promise<string[]> {
  const applied = await owner.global(readApplied);
  const known = await readMigrations();
  const isOlder = applied.length < known.length;
  if (isOlder && (schema === undefined || (schema === 'make' && applied.length > 0)))
    throw operatorError(
      applied.length === 0
        ? 'This database was never set up. "leadwell serve" or "leadwell migrate" does it.'
        : 'This database is older than this Leadwell. Back it up, then run "leadwell migrate" or start the server.',
    );
  const migrated = await migrate(place.owner, log && { log });
  return migrated.map(({ version, name }) => `${String(version).padStart(4, '0')}_${name}`);
}
