import { realpath } from 'node:fs/promises';
import type { Connection } from '../database/connection.ts';
import { APP_ROLE, OWNER_ROLE } from '../database/connection.ts';
import type { PlainLog } from '../plain-log.ts';
import { silentLog } from '../plain-log.ts';
import type { Binaries } from './binaries.ts';
import { findBinaries } from './binaries.ts';
import { bootstrapCluster, DATABASE } from './bootstrap.ts';
import { checkVersion, clusterVersion, initialise, SUPERUSER, takeOwnership } from './initialise.ts';
import { type ClusterClaim, keepRunning } from './keep-running.ts';
import type { Launcher } from './launcher.ts';
import { chooseLauncher } from './launcher.ts';
import type { Layout } from './layout.ts';
import { createLayout, makeSocketFolder } from './layout.ts';
import { type FolderWatch, watchFolder } from './moved-folder.ts';
import { removeLeftovers } from './remove-leftovers.ts';
import type { Secrets } from './secrets.ts';
import { readOrCreateSecrets } from './secrets.ts';
import type { Settings } from './settings.ts';
import type { ClusterContext } from './start-stop.ts';

/** A running embedded PostgreSQL. */
export interface Cluster {
  /** Superuser in the maintenance database `postgres`; for backups and tests only. */
  readonly superuser: Connection;
  /** Owner of all tables in database `leadwell`; for migrations. */
  readonly owner: Connection;
  /** The role requests run as, in database `leadwell`. */
  readonly app: Connection;
  /** PostgreSQL's version, e.g. `18.4`. */
  readonly version: string;
  /** Created just now, started from disk, or found already running. */
  readonly started: 'fresh' | 'started' | 'adopted';
  readonly binaries: Binaries;
  /** PostgreSQL's data directory. */
  readonly dir: string;
  /** Runs the bundled programs under the server's account. */
  readonly launcher: Launcher;
  /** Releases the cluster: stops it unless another Leadwell process uses it. Close pools first. */
  stop(): Promise<void>;
}

/** Options for `startCluster`. */
export interface ClusterOptions {
  readonly dataDir: string;
  readonly log?: PlainLog;
  /** PostgreSQL settings that override ours; tests only. */
  readonly settings?: Settings;
  /** Maximum time for a start in ms; 60 000 by default. */
  readonly limit?: number;
  /** Environment for PostgreSQL's programs; Windows needs `SystemRoot`, others nothing. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called once if the folder is moved or removed: nothing can be stored any more, so the process must stop. */
  readonly onMoved?: () => void;
}

/**
 * Runs the embedded PostgreSQL of a data folder: creates it, starts it, or adopts the one already running. Rejects with
 * an operator error when that is not possible.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const log = options.log ?? silentLog;
  const binaries = await findBinaries();
  const layout = await createLayout(options.dataDir);
  const launcher = await chooseLauncher(binaries, layout, options.env);
  await makeSocketFolder(layout, launcher);
  await removeLeftovers(layout);
  const onDisk = await clusterVersion(layout);
  const secrets = await readOrCreateSecrets(layout, onDisk === null);
  if (onDisk !== null) await checkVersion(binaries, launcher, onDisk);
  if (onDisk !== null) await takeOwnership(layout, launcher);
  const fresh = onDisk === null && (await initialise(layout, secrets.superuser, { binaries, launcher, log }));
  const context: ClusterContext = {
    layout: { ...layout, cluster: await realpath(layout.cluster) },
    binaries,
    launcher,
    superuser: connectionTo(layout, secrets.port, [SUPERUSER, secrets.superuser, 'postgres']),
    settings: options.settings ?? {},
    log,
    limit: options.limit ?? 60_000,
  };
  return await open(context, secrets, { fresh, onMoved: options.onMoved });
}

async function open(
  context: ClusterContext,
  secrets: Secrets,
  { fresh, onMoved }: { fresh: boolean; onMoved: ClusterOptions['onMoved'] },
): Promise<Cluster> {
  const { adopted, version, claim } = await keepRunning(context);
  try {
    await bootstrapCluster(context.superuser, secrets);
  } catch (error) {
    await claim.release();
    throw error;
  }
  const watch = await watchFolder(context, onMoved);
  const to = (role: string, password: string) => connectionTo(context.layout, secrets.port, [role, password, DATABASE]);
  return {
    superuser: context.superuser,
    owner: to(OWNER_ROLE, secrets.owner),
    app: to(APP_ROLE, secrets.app),
    version,
    started: fresh && !adopted ? 'fresh' : adopted ? 'adopted' : 'started',
    binaries: context.binaries,
    dir: context.layout.cluster,
    launcher: context.launcher,
    stop: () => stopBoth(claim, watch),
  };
}

/** If the folder was moved away, the claim cannot be released properly, but ending the watch still stops PostgreSQL. */
async function stopBoth(claim: ClusterClaim, watch: FolderWatch): Promise<void> {
  let failure: unknown;
  await claim.release().catch((error: unknown) => {
    failure = error;
  });
  const { moved } = await watch.stop();
  if (failure !== undefined && !moved) throw failure;
}

function connectionTo(
  layout: Layout,
  port: number,
  [user, password, database]: readonly [string, string, string],
): Connection {
  return { host: process.platform === 'win32' ? '127.0.0.1' : layout.run, port, user, password, database };
}
