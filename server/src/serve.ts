import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { allDialects } from './dialects/all-dialects.ts';
import { beginEpochIfMoved } from './events/epoch-store.ts';
import { startSchedules } from './jobs/job-scheduler.ts';
import { makePartitions } from './journal/partition-store.ts';
import { type Database, openDatabase } from './platform/database/database.ts';
import { migrate } from './platform/database/migrate.ts';
import { connectExternal, readReplica } from './platform/external-database.ts';
import { operatorError } from './platform/operator-error.ts';
import { type Cluster, startCluster } from './platform/postgres/cluster.ts';
import { type DiskReserve, keepDiskReserve } from './platform/postgres/disk-reserve.ts';
import { holdInstance } from './platform/postgres/instance-lock.ts';
import { keepStartReport, StartTimes } from './platform/start-report.ts';
import { reconcileErasures } from './privacy/repeat-erasures.ts';
import { TOMBSTONES, tombstonesIn } from './privacy/tombstones.ts';
import { readyMessage } from './ready-message.ts';
import type { Keyring } from './secrets/keyring.ts';
import { prepareSecrets } from './secrets/prepare-secrets.ts';
import { openServerContext, type ServerContext } from './server-context.ts';
import { tokenKinds } from './token-kinds.ts';
import { type FirstRun, firstRun } from './workspaces/first-run.ts';

/** A running server. */
export interface Server {
  /** Its URL: `http://HOST:PORT`. */
  url: string;
  app: FastifyInstance;
  parts: ServerContext;
  /** Null unless this start created the first workspace. */
  first: FirstRun | null;
  /**
   * Finishes requests in progress, then stops HTTP, workers, connections and finally PostgreSQL. Safe to call twice.
   */
  stop(): Promise<void>;
}

interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

const DAY_MS = 86_400_000;
const CLOSE_TIMEOUT_MS = 8_000;
/** How long a start may continue after it was told to stop, in ms. */
const START_ENDS_MS = 3_000;

/** Starts everything: database, migrations, first workspace, HTTP. `say` is called with each step. */
export async function startServer(
  config: Config,
  log: Log,
  onLost?: () => void,
  say: (step: string) => void = () => {},
  times: StartTimes = new StartTimes(),
): Promise<Server> {
  times.end('program');
  say(config.databaseUrl ? 'Connecting to the database…' : 'Starting the database…');
  const store = await openStore(config, log, onLost);
  times.end('database');
  let parts: ServerContext | undefined;
  try {
    say('Preparing the tables…');
    await migrate(store.owner, { log });
    const owner = await openDatabase(store.owner, { size: 2, asOwner: true, name: 'leadwell owner', log });
    await owner.global(beginEpochIfMoved);
    const housekeeping = await schedulePartitions(owner, log);
    store.closing.push(housekeeping);
    const first = await firstRun(owner, { region: config.defaultRegion, kinds: tokenKinds, now: new Date() });
    times.end('tables');
    const { app: connection, disk } = store;
    const keyring = await openKeys(owner, config, log);
    const erasures = join(config.dataDir, TOMBSTONES);
    const replica = config.reading ? readReplica(config.reading.url, config.reading.lag) : undefined;
    const tombstones = tombstonesIn(erasures);
    parts = await openServerContext({ ...config, app: connection, keyring, tombstones, log, disk, replica });
    store.closing.push(parts.close);
    // What was erased and came back with a restored backup is erased again before anybody can read it.
    await reconcileErasures({ ...log, owner, app: parts.database, files: [erasures], now: new Date() });
    const endSchedules = startSchedules({
      ...parts,
      onError: () => log.warn('Scheduled jobs that are due could not be started; trying again every ten seconds.'),
    });
    store.closing.push(endSchedules);
    times.end('services');
    say('Starting the web server…');
    let ready = true;
    const app = await buildApp({ config, parts, isReady: () => ready && disk?.isLow() !== true });
    await listen(app, config);
    times.end('web server');
    const stop = stopOnce(async () => {
      ready = false;
      await closeHttp(app);
      await store.close();
    });
    return { url: urlOf(app, config), app, parts, first, stop };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Runs the server until a signal stops it. */
export async function serve(config: Config, say: (text: string) => void = print): Promise<void> {
  const warn = (text: string) => process.stderr.write(`${text}\n`);
  const log = { info: () => {}, warn, error: warn };
  let requestStop: (() => void) | undefined;
  const stopRequested = new Promise<void>((resolve) => {
    requestStop = resolve;
  });
  let isStarting = true;
  const endStart = () => {
    if (isStarting) process.exit(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      requestStop?.();
      // A start may wait for something that never comes, such as the lock of a migration that hangs.
      setTimeout(endStart, START_ENDS_MS).unref();
    });
  const times = new StartTimes();
  const server = await startServer(config, log, () => requestStop?.(), say, times);
  isStarting = false;
  await keepStartReport(config.dataDir, times.report(server.first === null));
  say(readyMessage(server.url, allDialects, server.first));
  await stopRequested;
  await server.stop();
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

interface Store {
  owner: Cluster['owner'];
  app: Cluster['app'];
  /** Only with the embedded database. */
  disk?: DiskReserve;
  /** Functions to call before the database closes, last added first. */
  closing: (() => Promise<void>)[];
  close(): Promise<void>;
}

async function openStore(config: Config, log: Log, onLost?: () => void): Promise<Store> {
  const closing: Store['closing'] = [];
  const close = async () => {
    for (const one of closing.splice(0).reverse()) await one();
  };
  if (config.databaseUrl) return { ...(await connectExternal(config.databaseUrl)), closing, close };
  const cluster = await startCluster({ dataDir: config.dataDir, log, ...(onLost && { onMoved: onLost }) });
  closing.push(() => cluster.stop());
  try {
    const lost = onLost && { onLost };
    const instance = await holdInstance(cluster.app, { dataDir: config.dataDir, log, ...lost });
    closing.push(() => instance.release());
    const disk = await keepDiskReserve(config.dataDir, { log });
    closing.push(() => disk.close());
    return { owner: cluster.owner, app: cluster.app, disk, closing, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openKeys(owner: Database, config: Config, log: Log): Promise<Keyring> {
  // A data folder beside an external database is more easily deleted than the database.
  const onMade = (file: string) => {
    if (!config.databaseUrl) return;
    log.warn(
      `${file} is new. It encrypts secrets in the database: keep a copy of it, apart from the backups. Other servers on ` +
        'this database need its contents as SECRET_KEY.',
    );
  };
  return prepareSecrets(owner, config, { now: new Date(), onMade });
}

/**
 * Creates the journal's partitions ahead of time, now and once a day. Returns a function that stops
 * this and closes `owner`.
 */
async function schedulePartitions(owner: Database, log: Log): Promise<() => Promise<void>> {
  const work = () => owner.global((tx) => makePartitions(tx, new Date()));
  await work();
  const timer = setInterval(
    () =>
      work().catch(() => log.warn('The next partitions of the journal could not be created; trying again tomorrow.')),
    DAY_MS,
  );
  timer.unref();
  return async () => {
    clearInterval(timer);
    await owner.close();
  };
}

async function listen(app: FastifyInstance, { http }: Config): Promise<void> {
  try {
    await app.listen({ host: http.host, port: http.port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw operatorError(`Port ${http.port} on ${http.host} is in use. Set PORT to another one.`);
    throw error;
  }
}

function urlOf(app: FastifyInstance, { http }: Config): string {
  if (http.publicUrl) return http.publicUrl;
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : http.port;
  const host = http.host.includes(':') ? `[${http.host}]` : http.host;
  return `http://${host}:${port}`;
}

/** Requests in progress get their replies; those that take too long are cut off. */
async function closeHttp(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  await app.close();
  clearTimeout(cut);
}

function stopOnce(stop: () => Promise<void>): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => {
    stopping ??= stop();
    return stopping;
  };
}
