import { bulkHandlers } from './bulk/bulk-handlers.ts';
import { FORGET_REASONS_JOB, forgetReasons } from './bulk/forget-reasons.ts';
import { REMOVE_STATUS_JOB, removeStatusHandler } from './bulk/remove-status.ts';
import { demoJobHandlers } from './demo/demo-jobs.ts';
import { allDialects } from './dialects/all-dialects.ts';
import type { Dialect } from './dialects/dialect.ts';
import { readAgainWith } from './dialects/mount/read-again.ts';
import type { Intake } from './intake/arrival.ts';
import { openIntake, type Performing } from './intake/open-intake.ts';
import { performOpen } from './intake/open-sign-in.ts';
import { type JobHandlers, type JobRunner, startJobs } from './jobs/job-runner.ts';
import type { ReadAgain, ReplayParts } from './journal/replay.ts';
import { REPLAY_JOB, replayHandler } from './journal/replay-jobs.ts';
import { type Indexer, startIndexer } from './leads/index/indexer.ts';
import { LIVE, type Live, openLive } from './live/live.ts';
import { readNativeAgain } from './native/read-native-again.ts';
import type { Connection } from './platform/database/connection.ts';
import { type Database, openDatabase } from './platform/database/database.ts';
import { type Listening, listenTo } from './platform/database/listen.ts';
import { openPipelinedConnection, type PipelinedConnection } from './platform/database/pipelined-connection.ts';
import { type GuessLimits, limitGuesses } from './workspaces/access/guess-limit.ts';
import { type DialectDefaults, type Identifying, openIdentify } from './workspaces/access/identify.ts';
import { announceChange, CHANGED } from './workspaces/change-store.ts';
import { openReferenceCache, type ReferenceCache } from './workspaces/reference-cache.ts';

export interface ServerContextOptions {
  /** Connection as the app role. */
  app: Connection;
  contentWindowSeconds: number;
  /** The current time; the machine's clock by default. */
  clock?: () => Date;
  log: { error(message: string): void; warn(message: string): void; info(message: string): void };
  /** For benchmarks: 1 turns batching off, and then more connections are needed. */
  mostGathered?: number;
  lanes?: number;
}

/** All services of a running server, apart from HTTP. */
export interface ServerContext {
  database: Database;
  referenceCache: ReferenceCache;
  intake: Intake;
  identify: Identifying['identify'];
  identifyMember: Identifying['identifyMember'];
  /** Limits password attempts. */
  guesses: GuessLimits;
  senderOf: Identifying['senderOf'];
  /** Reads a stored request again with the current reading rules. */
  readAgain: ReadAgain;
  /** Notifies open screens of changes. */
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

const LANES = 2;
const NOTE_USE_MS = 15_000;

/** Creates and connects all services over one database. */
export async function openServerContext({
  app,
  contentWindowSeconds,
  log,
  ...more
}: ServerContextOptions): Promise<ServerContext> {
  const clock = more.clock ?? (() => new Date());
  const guesses = limitGuesses(clock);
  const database = await openDatabase(app, { log });
  const workers = await openDatabase(app, { size: 2, name: 'leadwell workers', statementTimeout: 60_000, log });
  const lanes = Array.from({ length: more.lanes ?? LANES }, () => openPipelinedConnection(app));
  const referenceCache = openReferenceCache(database);
  const identifying = openIdentify(database, referenceCache, defaultsFor, () => clock().getTime());
  const onError = (error: unknown) =>
    log.warn(`Background work failed: ${error instanceof Error ? error.message : 'unknown'}`);
  const indexer = startIndexer(workers, { onError });
  const live = openLive(database, onError);
  const forget = (workspaceId?: string) => {
    referenceCache.forget(workspaceId);
    identifying.forget();
  };
  const performing = openIntake({
    database,
    lanes,
    referenceCache,
    log,
    onStored: (workspaceId, topic, leadId) => {
      indexer.wake();
      live.tell(workspaceId, topic, leadId);
      live.tell(workspaceId, 'journal');
    },
    onChanged: forget,
    contentWindow: contentWindowSeconds,
    ...(more.mostGathered && { mostGathered: more.mostGathered }),
  });
  const listening = [await listenTo(app, CHANGED, forget, forget), await listenTo(app, LIVE, live.receive, live.gap)];
  const pools = [database, workers];
  const readAgain = rereading(referenceCache, identifying);
  const changed = async (workspaceId: string) => {
    forget(workspaceId);
    await database.tx(workspaceId, announceChange);
    live.tell(workspaceId, 'settings');
  };
  const handlers = jobHandlers({ database, referenceCache, live, readAgain, changed, indexer });
  const jobs = startJobs({ database: workers, handlers, live, clock, onError });
  const noting = setInterval(() => void identifying.noteUse().catch(onError), NOTE_USE_MS).unref();
  return {
    database,
    referenceCache,
    intake: intakeOf(identifying, performing, { database, referenceCache, guesses }),
    identify: identifying.identify,
    identifyMember: identifying.identifyMember,
    guesses,
    senderOf: identifying.senderOf,
    readAgain,
    live,
    jobs,
    indexer,
    changed,
    dialects: allDialects,
    clock,
    close: async () => {
      clearInterval(noting);
      await closeAll({ jobs, performing, indexer, identifying, live, listening, lanes, pools });
    },
  };
}

/** The part of intake that the HTTP edge uses. */
function intakeOf(
  { identify }: Identifying,
  { perform }: Performing,
  parts: Pick<ServerContext, 'database' | 'referenceCache' | 'guesses'>,
): Intake {
  return {
    identify,
    perform,
    referenceData: parts.referenceCache.get,
    performOpen: (arrival) => performOpen(arrival, parts),
  };
}

/** Reads stored requests of every dialect and of our own API. */
function rereading(referenceCache: ReferenceCache, { senderOf }: Identifying): ReadAgain {
  const parts = { dialects: allDialects, referenceData: referenceCache.get, senderOf };
  return readAgainWith(parts, readNativeAgain(parts));
}

/** The handler for each kind of job. */
function jobHandlers(parts: ReplayParts & Pick<ServerContext, 'live' | 'changed' | 'indexer'>): JobHandlers {
  return {
    ...bulkHandlers(parts),
    [REPLAY_JOB]: replayHandler(parts),
    ...demoJobHandlers(parts),
    [REMOVE_STATUS_JOB]: removeStatusHandler(parts),
    [FORGET_REASONS_JOB]: forgetReasons,
  };
}

const native: DialectDefaults = { policy: 'create', mergeStyle: 'fill', repeatsByContent: false };
const defaults = new Map<string, DialectDefaults>(allDialects.map((dialect) => [dialect.name, dialect]));

function defaultsFor(dialect: string): DialectDefaults {
  return defaults.get(dialect) ?? native;
}

interface Closing {
  jobs: JobRunner;
  performing: Performing;
  indexer: Indexer;
  identifying: Identifying;
  live: Live;
  listening: readonly Listening[];
  lanes: readonly PipelinedConnection[];
  pools: readonly Database[];
}

/** Closes from the outside in: running work ends first, connections last. */
async function closeAll({
  performing,
  jobs,
  indexer,
  identifying,
  live,
  listening,
  lanes,
  pools,
}: Closing): Promise<void> {
  await performing.drained();
  await jobs.stop();
  await indexer.stop();
  await identifying.noteUse().catch(() => {});
  await live.close();
  await Promise.all(listening.map((channel) => channel.close()));
  await Promise.all(lanes.map((lane) => lane.close()));
  await Promise.all(pools.map((pool) => pool.close()));
}
