import { type BackgroundJobs, openBackgroundJobs } from './background-jobs.ts';
import { allDialects } from './dialects/all-dialects.ts';
import type { Dialect } from './dialects/dialect.ts';
import { DELIVERIES } from './events/event-store.ts';
import type { Intake } from './intake/arrival.ts';
import { type RequestQueue, startIntake } from './intake/intake.ts';
import { signIn } from './intake/sign-in.ts';
import { turnAway } from './intake/turn-away.ts';
import type { JobRunner } from './jobs/job-runner.ts';
import { JOBS, JOBS_DUE } from './jobs/job-store.ts';
import { type ReadAgain, readAgainWith } from './journal/read-again.ts';
import { type Indexer, startIndexer } from './leads/index/indexer.ts';
import { INDEX_QUEUE } from './leads/lead-store.ts';
import { LIVE, type Live, openLive } from './live/live.ts';
import { type MailSettings, noMail } from './mail/queue-mail.ts';
import { nativeApi } from './native/native-api.ts';
import { openConnections } from './open-connections.ts';
import type { Connection } from './platform/database/connection.ts';
import type { Database } from './platform/database/database.ts';
import type { Heartbeat } from './platform/database/heartbeat.ts';
import { type Listening, listenTo } from './platform/database/listen.ts';
import type { PipelinedConnection } from './platform/database/pipelined-connection.ts';
import type { OnCommitted } from './platform/database/transaction.ts';
import { type Egress, type EgressOptions, openEgress } from './platform/egress/egress.ts';
import { describeFault } from './platform/fault.ts';
import type { DiskReserve } from './platform/postgres/disk-reserve.ts';
import { noTombstones, type Tombstones } from './privacy/tombstones.ts';
import { type Dispatcher, startDispatcher } from './webhooks/sending/dispatcher.ts';
import { usualRetrySeconds } from './webhooks/sending/retry-schedule.ts';
import { type GuessLimits, limitGuesses } from './workspaces/access/guess-limit.ts';
import { type CredentialChecker, checkCredentials, type DialectDefaults } from './workspaces/access/identify.ts';
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
  /** Which other servers requests go to; those on the internet by default. */
  egress?: EgressOptions;
  /** How mail is sent; by default it is not. */
  mail?: MailSettings;
  /** Seconds before each attempt at a webhook's delivery; the usual ones by default. */
  webhookRetrySeconds?: readonly number[];
  /** The current time; the machine's clock by default. */
  clock?: () => Date;
  log: { error(message: string): void; warn(message: string): void; info(message: string): void };
  /** Space kept back on the embedded database's disk. */
  disk?: DiskReserve | undefined;
  /** Stores finished erasures outside the database; nowhere by default. */
  tombstones?: Tombstones;
  /** For benchmarks: 1 turns batching off, and then more connections are needed. */
  mostGathered?: number;
  connections?: number;
}

/** All services of a running server, apart from HTTP. */
export interface ServerContext extends Limiting {
  database: Database;
  /** Knows whether the database answers. */
  heartbeat: Heartbeat;
  referenceCache: ReferenceCache;
  intake: Intake;
  /** Limits on password attempts. */
  guesses: GuessLimits;
  senderOf: CredentialChecker['senderOf'];
  /** Reads a stored request as its dialect reads it now. */
  readAgain: ReadAgain;
  /** Tells open screens what committed transactions changed. */
  live: Live;
  indexer: Indexer;
  /** Runs long jobs in the background. */
  jobs: JobRunner;
  /** Sends requests to other servers. */
  egress: Egress;
  mail: MailSettings;
  /** Sends events to webhooks. */
  dispatcher: Dispatcher;
  /** Notifies every process that the workspace's reference data or credentials changed. */
  changed(workspaceId: string): Promise<void>;
  dialects: readonly Dialect[];
  clock(): Date;
  close(): Promise<void>;
}

const NOTE_USE_MS = 15_000;

/** Creates and connects all services over one database. */
export async function openServerContext({
  app,
  contentWindowSeconds,
  log,
  tombstones = noTombstones,
  mail = noMail,
  ...more
}: ServerContextOptions): Promise<ServerContext> {
  const clock = more.clock ?? (() => new Date());
  const onError = warnOf(log);
  const live = openLive(
    () => database,
    onError,
    (workspaceId) => dispatcher.wake(workspaceId),
  );
  const onCommitted = tellAll(() => ({ live, indexer, jobs, dispatcher }));
  const { heartbeat, pools, connections } = await openConnections(app, { log, onCommitted, ...more });
  const [database, workers, forJobs, senders] = pools;
  const referenceCache = openReferenceCache(database);
  const credentials = checkCredentials(database, referenceCache, defaultsFor, () => clock().getTime());
  const guesses = limitGuesses(clock);
  const limiting = openLimits({ limits: more.limits, clock, database, credentials, referenceCache });
  const indexer = startIndexer(workers, { onError });
  const egress = openEgress(more.egress);
  const schedule = more.webhookRetrySeconds ?? usualRetrySeconds;
  const dispatcher = startDispatcher({ database: senders, egress, referenceCache, schedule, clock, onError });
  const forget = (workspaceId?: string) => {
    referenceCache.forget(workspaceId);
    credentials.forget();
  };
  const queue = startIntake({
    ...{ database, names: limiting.names, connections, referenceCache, log, guesses, disk: more.disk },
    onChanged: forget,
    contentWindow: contentWindowSeconds,
    mostGathered: more.mostGathered,
  });
  const { senderOf } = credentials;
  const readAgain = readAgainBy(senderOf, referenceCache);
  const changed = (workspaceId: string) => {
    forget(workspaceId);
    return database.tx(workspaceId, announceChange);
  };
  const doing = { database, referenceCache, names: limiting.names, readAgain, changed, tombstones, mail };
  const jobs = openBackgroundJobs(forJobs, { ...doing, clock, onError });
  const listening = await listenToAll(app, heartbeat, { live, jobs, forget });
  const late = workAfterResponse(onError);
  const noteUse = () => credentials.noteUse().then(limiting.turnedAway.flush);
  const noting = setInterval(() => void noteUse().catch(onError), NOTE_USE_MS).unref();
  const services = {
    database,
    heartbeat,
    referenceCache,
    guesses,
    senderOf,
    readAgain,
    live,
    indexer,
    jobs,
    mail,
    changed,
    clock,
  };
  const working = [indexer, dispatcher];
  return {
    ...services,
    ...limiting,
    intake: intakeOf(queue, { ...limiting, database, referenceCache, guesses, log, afterResponse: late.add }),
    egress,
    dispatcher,
    dialects: allDialects,
    close: () =>
      closeAll({ noting, noteUse, late, heartbeat, jobs, queue, working, live, listening, connections, pools }),
  };
}

/** Who is told what transactions of this process committed. */
function tellAll(
  listeners: () => Pick<ServerContext, 'live' | 'indexer' | 'dispatcher'> & { jobs: BackgroundJobs },
): OnCommitted {
  return (workspaceId, notes) => {
    const { live, indexer, jobs, dispatcher } = listeners();
    const concerns = (wanted: string) => notes.some(({ subject }) => subject === wanted);
    live.committed(workspaceId, notes);
    if (concerns(INDEX_QUEUE)) indexer.wake();
    if (concerns(JOBS_DUE)) jobs.due();
    if (concerns(DELIVERIES)) dispatcher.wake(workspaceId);
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
  noting: NodeJS.Timeout;
  heartbeat: Heartbeat;
  jobs: JobRunner;
  queue: RequestQueue;
  working: readonly { stop(): Promise<void> }[];
  noteUse(): Promise<void>;
  live: Live;
  listening: readonly Listening[];
  connections: readonly PipelinedConnection[];
  pools: readonly Database[];
}

/** Closes from the outside in: running work ends first, connections last. */
async function closeAll({
  noting,
  late,
  heartbeat,
  queue,
  jobs,
  working,
  noteUse,
  live,
  listening,
  connections,
  pools,
}: Closing): Promise<void> {
  clearInterval(noting);
  await queue.drained();
  await late.drained();
  await jobs.stop();
  await Promise.all(working.map((one) => one.stop()));
  await noteUse().catch(() => {});
  await live.close();
  await Promise.all(listening.map((channel) => channel.close()));
  await Promise.all(connections.map((connection) => connection.close()));
  await Promise.all(pools.map((pool) => pool.close()));
  await heartbeat.close();
}
