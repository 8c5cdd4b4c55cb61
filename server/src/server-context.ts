import { type BackgroundJobs, openBackgroundJobs } from './background-jobs.ts';
import { sumsToKeep } from './deals/index/keep-sums.ts';
import { noteUse, workAfterResponse } from './deferred-work.ts';
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
import type { Reading, ReadReplica } from './platform/read-replica.ts';
import { noTombstones, type Tombstones } from './privacy/tombstones.ts';
import { intakeToCount } from './reports/intake/keep-counts.ts';
import type { Keyring } from './secrets/keyring.ts';
import { defaultsFor } from './token-kinds.ts';
import { type Dispatcher, type DispatcherOptions, startDispatcher } from './webhooks/sending/dispatcher.ts';
import { GiveWay } from './webhooks/sending/give-way.ts';
import { usualRetrySeconds } from './webhooks/sending/retry-schedule.ts';
import { type GuessLimits, limitGuesses } from './workspaces/access/guess-limit.ts';
import { type CredentialChecker, checkCredentials } from './workspaces/access/identify.ts';
import { countUnknownNames, type UnknownNames } from './workspaces/access/unknown-names.ts';
import { announceChange, CHANGED } from './workspaces/change-store.ts';
import type { Figures } from './workspaces/limits/catalogue.ts';
import { type Limiting, openLimits } from './workspaces/limits/limiting.ts';
import { openReferenceCache, type ReferenceCache } from './workspaces/reference-cache.ts';

export interface ServerContextOptions {
  /** Connection as the app role. */
  app: Connection;
  contentWindowSeconds: number;
  keyring: Keyring;
  /** Figures of the limits; the usual ones by default. */
  limits?: Figures;
  /** Which other servers requests may go to; those on the internet by default. */
  egress?: EgressOptions;
  /** How mail is sent; by default it is not. */
  mail?: MailSettings;
  /** Seconds before each attempt at a webhook's delivery; the usual ones by default. */
  webhookRetrySeconds?: readonly number[];
  /** The current time; the machine's clock by default. */
  clock?: () => Date;
  log: { error(message: string): void; warn(message: string): void; info(message: string): void };
  /** Space reserved on the embedded database's disk. */
  disk?: DiskReserve | undefined;
  /** A standby that reports and exports are read from; the primary by default. */
  replica?: ReadReplica | undefined;
  /** Stores finished erasures outside the database; nowhere by default. */
  tombstones?: Tombstones;
  /** How many requests may share a commit. Only for benchmarks: 1 turns batching off, which needs more connections. */
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
  /** Counts failed sign-ins with names that nobody has. */
  unknownNames: UnknownNames;
  senderOf: CredentialChecker['senderOf'];
  /** Reads a stored request again, as its dialect would read it now. */
  readAgain: ReadAgain;
  /** Tells open screens what committed transactions changed. */
  live: Live;
  indexer: Indexer;
  /** Runs long jobs in the background. */
  jobs: JobRunner;
  /** Sends requests to other servers. */
  egress: Egress;
  mail: MailSettings;
  /** Reads and encrypts stored secrets. */
  keyring: Keyring;
  /** Sends events to webhooks. */
  dispatcher: Dispatcher;
  /** Notifies every process that the workspace's reference data or credentials changed. */
  changed(workspaceId: string): Promise<void>;
  dialects: readonly Dialect[];
  clock(): Date;
  close(): Promise<void>;
}

/** Creates and connects all services over one database. */
export async function openServerContext({
  app,
  contentWindowSeconds: contentWindow,
  log,
  tombstones = noTombstones,
  mail = noMail,
  keyring,
  ...more
}: ServerContextOptions): Promise<ServerContext> {
  const clock = more.clock ?? (() => new Date());
  const onError = warnOf(log);
  const live = openLive(
    () => database,
    onError,
    (workspaceId, topics) => dispatcher.wake(workspaceId, topics.includes('settings')),
  );
  const onCommitted = tellAll(() => ({ live, indexer, jobs, dispatcher, forget }));
  const opened = await openConnections(app, { log, onCommitted, ...more });
  const { heartbeat, pools, connections, reading } = opened;
  const [database, workers, forJobs, senders] = pools;
  const referenceCache = openReferenceCache(database);
  const credentials = checkCredentials(database, referenceCache, defaultsFor, () => clock().getTime());
  const guesses = limitGuesses(clock);
  const unknownNames = countUnknownNames(log);
  const limiting = openLimits({ limits: more.limits, clock, database, credentials, referenceCache });
  const { names } = limiting;
  const isPaused = () => more.disk?.isLow() === true;
  const indexer = startIndexer(workers, { isPaused, onError }, { soon: [sumsToKeep], later: [intakeToCount] });
  const { egress, giveWay, dispatcher } = startSending(more, {
    database: senders,
    referenceCache,
    keyring,
    clock,
    onError,
  });
  const forget = (workspaceId?: string) => {
    referenceCache.forget(workspaceId);
    credentials.forget();
  };
  const { disk, mostGathered } = more;
  const shared = { database, referenceCache, guesses, unknownNames, log };
  const queue = startIntake({ ...shared, names, connections, disk, onChanged: forget, contentWindow, mostGathered });
  const { senderOf } = credentials;
  const readAgain = readAgainBy(senderOf, referenceCache);
  const changed = (workspaceId: string) => {
    forget(workspaceId);
    return database.tx(workspaceId, announceChange);
  };
  const doing = { database, referenceCache, readAgain, changed, tombstones, mail, keyring };
  const jobs = openBackgroundJobs(forJobs, { ...doing, ...limiting, clock, isPaused, onError });
  const listening = await listenToAll(app, heartbeat, { live, jobs, forget });
  const late = workAfterResponse(onError);
  const use = noteUse(() => {
    unknownNames.tell();
    return credentials.noteUse().then(limiting.turnedAway.flush);
  }, onError);
  return {
    ...doing,
    reading,
    heartbeat,
    intake: intakeOf(queue, { ...limiting, ...shared, giveWay, afterResponse: late.add }),
    ...limiting,
    guesses,
    unknownNames,
    senderOf,
    live,
    jobs,
    indexer,
    egress,
    dispatcher,
    dialects: allDialects,
    clock,
    close: () => closeAll({ use, late, jobs, queue, working: [indexer, dispatcher], live, listening, ...opened }),
  };
}

/** Starts sending events to other systems. */
function startSending(
  { egress: to, webhookRetrySeconds: schedule = usualRetrySeconds }: Partial<ServerContextOptions>,
  parts: Omit<DispatcherOptions, 'egress' | 'giveWay' | 'schedule'>,
) {
  const [egress, giveWay] = [openEgress(to), new GiveWay()];
  return { egress, giveWay, dispatcher: startDispatcher({ ...parts, egress, giveWay, schedule }) };
}

/** Passes on to all listeners what transactions of this process committed. */
function tellAll(
  listeners: () => Pick<ServerContext, 'live' | 'indexer' | 'dispatcher'> & {
    jobs: BackgroundJobs;
    forget(workspaceId: string): void;
  },
): OnCommitted {
  return (workspaceId, notes) => {
    const { live, indexer, jobs, dispatcher, forget } = listeners();
    const concerns = (wanted: string) => notes.some(({ subject }) => subject === wanted);
    // Before the screens hear of it and ask again; other processes are notified by the database.
    if (concerns('settings')) forget(workspaceId);
    live.committed(workspaceId, notes);
    if (concerns(INDEX_QUEUE) || concerns('leads') || concerns('deals')) indexer.wake();
    if (concerns(JOBS_DUE)) jobs.due();
    if (concerns(DELIVERIES) || concerns('settings')) dispatcher.wake(workspaceId, concerns('settings'));
  };
}

/** Listens to notifications from other processes. */
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
  {
    log,
    giveWay,
    ...parts
  }: Parameters<typeof signIn>[1] & Limiting & Pick<ServerContextOptions, 'log'> & { giveWay: GiveWay },
): Intake {
  const performing: Intake['perform'] = (arrival) => perform(arrival).finally(giveWay.enter());
  return {
    fromAddress: parts.rates.fromAddress,
    identify: parts.identify,
    perform: turnAway(performing, parts.turnedAway, (error) =>
      log.error(`A request was not counted: ${describeFault(error)}`),
    ),
    referenceData: parts.referenceCache.get,
    signIn: (arrival) => signIn(arrival, parts),
  };
}

interface Closing {
  late: ReturnType<typeof workAfterResponse>;
  heartbeat: Heartbeat;
  jobs: JobRunner;
  queue: RequestQueue;
  working: readonly { stop(): Promise<void> }[];
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
  working,
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
  await Promise.all(working.map((one) => one.stop()));
  await use.note().catch(() => {});
  await live.close();
  await reading.close();
  await Promise.all(listening.map((channel) => channel.close()));
  await Promise.all(connections.map((connection) => connection.close()));
  await Promise.all(pools.map((pool) => pool.close()));
  await heartbeat.close();
}
