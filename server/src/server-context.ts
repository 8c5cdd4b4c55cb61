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
import { INDEX_QUEUE } from './leads/lead-store.ts';
import { LIVE, type Live, openLive } from './live/live.ts';
import { readNativeAgain } from './native/read-native-again.ts';
import type { Connection } from './platform/database/connection.ts';
import { type Database, openDatabase } from './platform/database/database.ts';
import { type Listening, listenTo } from './platform/database/listen.ts';
import { openPipelinedConnection, type PipelinedConnection } from './platform/database/pipelined-connection.ts';
import type { OnCommitted } from './platform/database/transaction.ts';
import { type GuessLimits, limitGuesses } from './workspaces/access/guess-limit.ts';
import { type DialectDefaults, type Identifying, openIdentify } from './workspaces/access/identify.ts';
import { announceChange, CHANGED } from './workspaces/change-store.ts';
import { openReferenceCache, type ReferenceCache } from './workspaces/reference-cache.ts';

export interface ServerContextOptions {
  /** The app role's connection. */
  app: Connection;
  contentWindowSeconds: number;
  /** What time it is; the machine's clock if not given. */
  clock?: () => Date;
  log: { error(message: string): void; warn(message: string): void; info(message: string): void };
  /** For measuring: 1 turns gathering off, and then more lanes are needed. */
  mostGathered?: number;
  lanes?: number;
}

/** Everything a running server is made of, apart from HTTP. */
export interface ServerContext {
  database: Database;
  referenceCache: ReferenceCache;
  intake: Intake;
  identify: Identifying['identify'];
  identifyMember: Identifying['identifyMember'];
  /** How often passwords may be tried. */
  guesses: GuessLimits;
  senderOf: Identifying['senderOf'];
  /** Reads a kept request as its dialect reads it now. */
  readAgain: ReadAgain;
  /** Tells open screens what changed, by what transactions left when they were committed. */
  live: Live;
  indexer: Indexer;
  /** Long work, behind the answers. */
  jobs: JobRunner;
  /** Tells every process that the workspace's reference data or credentials changed. */
  changed(workspaceId: string): Promise<void>;
  dialects: readonly Dialect[];
  clock(): Date;
  close(): Promise<void>;
}

const LANES = 2;
const NOTE_USE_MS = 15_000;

/** Puts the parts together over one database. */
export async function openServerContext({
  app,
  contentWindowSeconds,
  log,
  ...more
}: ServerContextOptions): Promise<ServerContext> {
  const clock = more.clock ?? (() => new Date());
  const guesses = limitGuesses(clock);
  const onError = (error: unknown) =>
    log.warn(`Behind the commits: ${error instanceof Error ? error.message : 'unknown'}`);
  const live = openLive(() => database, onError);
  const onCommitted: OnCommitted = (workspaceId, notes) => {
    live.committed(workspaceId, notes);
    if (notes.some(({ subject }) => subject === INDEX_QUEUE)) indexer.wake();
  };
  const database = await openDatabase(app, { log, onCommitted });
  const workers = await openDatabase(app, {
    size: 2,
    name: 'leadwell workers',
    statementTimeout: 60_000,
    log,
    onCommitted,
  });
  const lanes = Array.from({ length: more.lanes ?? LANES }, () => openPipelinedConnection(app, { onCommitted }));
  const referenceCache = openReferenceCache(database);
  const identifying = openIdentify(database, referenceCache, defaultsFor, () => clock().getTime());
  const indexer = startIndexer(workers, { onError });
  const forget = (workspaceId?: string) => {
    referenceCache.forget(workspaceId);
    identifying.forget();
  };
  const performing = openIntake({
    database,
    lanes,
    referenceCache,
    log,
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
  };
  const handlers = jobHandlers({ database, referenceCache, readAgain, changed });
  const jobs = startJobs({ database: workers, handlers, clock, onError });
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

/** What the edge may ask of intake. */
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

/** Reads kept requests of every dialect and of our own API again. */
function rereading(referenceCache: ReferenceCache, { senderOf }: Identifying): ReadAgain {
  const parts = { dialects: allDialects, referenceData: referenceCache.get, senderOf };
  return readAgainWith(parts, readNativeAgain(parts));
}

/** Who does which job. */
function jobHandlers(parts: ReplayParts & Pick<ServerContext, 'changed'>): JobHandlers {
  return {
    ...bulkHandlers(parts),
    [REPLAY_JOB]: replayHandler(parts),
    ...demoJobHandlers,
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

/** Outside in: what is on its way ends first, the connections last. */
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
