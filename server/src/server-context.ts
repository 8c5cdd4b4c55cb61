import { openBackgroundJobs } from './background-jobs.ts';
import { allDialects } from './dialects/all-dialects.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { Intake } from './intake/arrival.ts';
import { type RequestQueue, startIntake } from './intake/intake.ts';
import { signIn } from './intake/sign-in.ts';
import { turnAway } from './intake/turn-away.ts';
import { jobSlots } from './jobs/job-kinds.ts';
import type { JobRunner } from './jobs/job-runner.ts';
import { JOBS, JOBS_DUE } from './jobs/job-store.ts';
import { type ReadAgain, readAgainWith } from './journal/read-again.ts';
import { type Indexer, startIndexer } from './leads/index/indexer.ts';
import { INDEX_QUEUE } from './leads/lead-store.ts';
import { LIVE, type Live, openLive } from './live/live.ts';
import { nativeApi } from './native/native-api.ts';
import type { Connection } from './platform/database/connection.ts';
import { type Database, openDatabase } from './platform/database/database.ts';
import { type Heartbeat, startHeartbeat } from './platform/database/heartbeat.ts';
import { type Listening, listenTo } from './platform/database/listen.ts';
import { openPipelinedConnection, type PipelinedConnection } from './platform/database/pipelined-connection.ts';
import type { OnCommitted } from './platform/database/transaction.ts';
import { describeFault } from './platform/fault.ts';
import type { DiskReserve } from './platform/postgres/disk-reserve.ts';
import { openReading, type Reading, type ReadReplica, readingFrom } from './platform/read-replica.ts';
import { noTombstones, type Tombstones } from './privacy/tombstones.ts';
import { type GuessLimits, limitGuesses } from './workspaces/access/guess-limit.ts';
import { type CredentialChecker, checkCredentials, type DialectDefaults } from './workspaces/access/identify.ts';
import { countUnknownNames, type UnknownNames } from './workspaces/access/unknown-names.ts';
import { announceChange, CHANGED } from './workspaces/change-store.ts';
import type { Figures } from './workspaces/limits/catalogue.ts';
import { type Limiting, openLimits } from './workspaces/limits/limiting.ts';
import { openReferenceCache, type ReferenceCache } from './workspaces/reference-cache.ts';

export interface ServerContextOptions {
  /** Connection as the app role. */
  app: Connection;
  contentWindowSeconds: number;
  /** Figures of the limits; the usual ones by default. */
  limits?: Figures;
  /** The current time; the machine's clock by default. */
  clock?: () => Date;
  log: { error(message: string): void; warn(message: string): void; info(message: string): void };
  /** Space kept back on the embedded database's disk. */
  disk?: DiskReserve | undefined;
  /** A standby that reports and exports are read from; the primary by default. */
  replica?: ReadReplica | undefined;
  /** Stores finished erasures outside the database; nowhere by default. */
  tombstones?: Tombstones;
  /** For benchmarks: 1 turns batching off, and then more connections are needed. */
  mostGathered?: number;
  connections?: number;
}

/** All services of a running server, apart from HTTP. */
export interface ServerContext extends Limiting {
  database: Database;
  /** Where reports and exports are read. */
  reading: Reading;
  /** Knows whether the database answers. */
  heartbeat: Heartbeat;
  referenceCache: ReferenceCache;
  intake: Intake;
  /** Limits on password attempts. */
  guesses: GuessLimits;
  /** Failed sign-ins with names that nobody has. */
  unknownNames: UnknownNames;
  senderOf: CredentialChecker['senderOf'];
  /** Reads a stored request as its dialect reads it now. */
  readAgain: ReadAgain;
  /** Tells open screens what committed transactions changed. */
  live: Live;
  indexer: Indexer;
  /** Runs long jobs in the background. */
  jobs: JobRunner;
  /** Notifies every process that the workspace's reference data or credentials changed. */
  changed(workspaceId: string): Promise<void>;
  dialects: readonly Dialect[];
  clock(): Date;
  close(): Promise<void>;
}

/** Connections for gathered commits, of which one workspace never takes the last; it waits only briefly for locks. */
const BATCH_CONNECTIONS = 3;
const BATCH_LOCK_TIMEOUT = 300;
const REQUESTS = { size: 8, perWorkspace: 5 };
const WORKERS = { size: 2, name: 'leadwell workers', statementTimeout: 60_000, lockTimeout: 2000 };
/** One for each slot of the lanes, and one for claiming. */
const JOBS_POOL = { size: jobSlots + 1, name: 'leadwell jobs' };
const NOTE_USE_MS = 15_000;

/** Creates and connects all services over one database. */
export async function openServerContext({
  app,
  contentWindowSeconds,
  log,
  tombstones = noTombstones,
  ...more
}: ServerContextOptions): Promise<ServerContext> {
  const clock = more.clock ?? (() => new Date());
  const onError = warnOf(log);
  const live = openLive(() => database, onError);
  const onCommitted: OnCommitted = (workspaceId, notes) => {
    live.committed(workspaceId, notes);
    if (notes.some(({ subject }) => subject === INDEX_QUEUE)) indexer.wake();
    if (notes.some(({ subject }) => subject === JOBS_DUE)) jobs.due();
  };
  const opened = await openConnections(app, { log, onCommitted, ...more });
  const { heartbeat, pools, connections, reading } = opened;
  const [database, workers, forJobs] = pools;
  const referenceCache = openReferenceCache(database);
  const credentials = checkCredentials(database, referenceCache, defaultsFor, () => clock().getTime());
  const guesses = limitGuesses(clock);
  const unknownNames = countUnknownNames(log);
  const limiting = openLimits({ limits: more.limits, clock, database, credentials, referenceCache });
  const { names } = limiting;
  const isPaused = () => more.disk?.isLow() === true;
  const indexer = startIndexer(workers, { isPaused, onError });
  const forget = (workspaceId?: string) => {
    referenceCache.forget(workspaceId);
    credentials.forget();
  };
  const { disk, mostGathered } = more;
  const shared = { database, referenceCache, guesses, unknownNames, log };
  const contentWindow = contentWindowSeconds;
  const queue = startIntake({ ...shared, names, connections, disk, onChanged: forget, contentWindow, mostGathered });
  const { senderOf } = credentials;
  const readAgain = readAgainBy(senderOf, referenceCache);
  const changed = (workspaceId: string) => {
    forget(workspaceId);
    return database.tx(workspaceId, announceChange);
  };
  const doing = { database, referenceCache, names, readAgain, changed, tombstones };
  const jobs = openBackgroundJobs(forJobs, { ...doing, clock, isPaused, onError });
  const listening = await listenToAll(app, heartbeat, { live, jobs, forget });
  const late = workAfterResponse(onError);
  const use = noteUse(() => {
    unknownNames.tell();
    return credentials.noteUse().then(limiting.turnedAway.flush);
  }, onError);
  return {
    database,
    reading,
    heartbeat,
    referenceCache,
    intake: intakeOf(queue, { ...limiting, ...shared, afterResponse: late.add }),
    ...limiting,
    guesses,
    unknownNames,
    senderOf,
    readAgain,
    live,
    jobs,
    indexer,
    changed,
    dialects: allDialects,
    clock,
    close: () => closeAll({ use, late, jobs, queue, indexer, live, listening, ...opened }),
  };
}

/** Hears what other processes tell this one. */
function listenToAll(
  app: Connection,
  heartbeat: Heartbeat,
  { live, jobs, forget }: { live: Live; jobs: JobRunner; forget(workspaceId?: string): void },
): Promise<Listening[]> {
  return Promise.all([
    listenTo(app, CHANGED, { onMessage: forget, onGap: forget, heartbeat }),
    listenTo(app, LIVE, { onMessage: live.receive, onGap: live.gap, heartbeat }),
    listenTo(app, JOBS, { onMessage: jobs.wake, onGap: jobs.wake, heartbeat }),
  ]);
}

function readAgainBy(senderOf: CredentialChecker['senderOf'], { get: referenceData }: ReferenceCache): ReadAgain {
  return readAgainWith({ dialects: allDialects, native: nativeApi, referenceData, senderOf });
}

/** Connects to the database: requests, background work, batched commits, and the heartbeat that watches over all. */
async function openConnections(
  app: Connection,
  {
    log,
    onCommitted,
    connections,
    replica,
  }: Pick<ServerContextOptions, 'log' | 'connections' | 'replica'> & { onCommitted: OnCommitted },
) {
  const heartbeat = await startHeartbeat(app);
  const shared = { log, heartbeat, onCommitted };
  const database = await openDatabase(app, { ...REQUESTS, ...shared });
  return {
    heartbeat,
    pools: [
      database,
      await openDatabase(app, { ...WORKERS, ...shared }),
      await openDatabase(app, { ...WORKERS, ...JOBS_POOL, ...shared }),
    ] as const,
    reading: replica ? openReading(database, replica, log) : readingFrom(database),
    connections: Array.from({ length: connections ?? BATCH_CONNECTIONS }, () =>
      openPipelinedConnection(app, { heartbeat, onCommitted, lockTimeout: BATCH_LOCK_TIMEOUT }),
    ),
  };
}

function warnOf(log: ServerContextOptions['log']): (error: unknown) => void {
  return (error) => log.warn(`Background work failed: ${error instanceof Error ? error.message : 'unknown'}`);
}

/** The part of intake that the HTTP edge uses. */
function intakeOf(
  { perform }: RequestQueue,
  { log, ...parts }: Parameters<typeof signIn>[1] & Limiting & Pick<ServerContextOptions, 'log'>,
): Intake {
  return {
    fromAddress: parts.rates.fromAddress,
    identify: parts.identify,
    perform: turnAway(perform, parts.turnedAway, (error) =>
      log.error(`A request was not counted: ${describeFault(error)}`),
    ),
    referenceData: parts.referenceCache.get,
    signIn: (arrival) => signIn(arrival, parts),
  };
}

const native: DialectDefaults = { policy: 'create', mergeStyle: 'fill', repeatsByContent: false };
const defaults = new Map<string, DialectDefaults>(allDialects.map((dialect) => [dialect.name, dialect]));

/** What tokens of a dialect do unless they say otherwise. */
export function defaultsFor(dialect: string): DialectDefaults {
  return defaults.get(dialect) ?? native;
}

/** Stores now and then what is counted in memory. */
function noteUse(note: () => Promise<void>, onError: (error: unknown) => void) {
  const noting = setInterval(() => void note().catch(onError), NOTE_USE_MS).unref();
  return { note, stop: () => clearInterval(noting) };
}

/** Work that goes on after a response has been sent. */
function workAfterResponse(onError: (error: unknown) => void) {
  const open = new Set<Promise<void>>();
  return {
    add(work: Promise<void>): void {
      const done = work.catch(onError).finally(() => open.delete(done));
      open.add(done);
    },
    drained: () => Promise.all(open),
  };
}

interface Closing {
  late: ReturnType<typeof workAfterResponse>;
  heartbeat: Heartbeat;
  jobs: JobRunner;
  queue: RequestQueue;
  indexer: Indexer;
  use: ReturnType<typeof noteUse>;
  live: Live;
  reading: Reading;
  listening: readonly Listening[];
  connections: readonly PipelinedConnection[];
  pools: readonly Database[];
}

/** Closes from the outside in: running work ends first, connections last. */
async function closeAll({
  late,
  heartbeat,
  queue,
  jobs,
  indexer,
  use,
  live,
  reading,
  listening,
  connections,
  pools,
}: Closing): Promise<void> {
  use.stop();
  await queue.drained();
  await late.drained();
  await jobs.stop();
  await indexer.stop();
  await use.note().catch(() => {});
  await live.close();
  await reading.close();
  await Promise.all(listening.map((channel) => channel.close()));
  await Promise.all(connections.map((connection) => connection.close()));
  await Promise.all(pools.map((pool) => pool.close()));
  await heartbeat.close();
}
