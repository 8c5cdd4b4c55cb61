import type { DatabaseClient } from './client.ts';
import type { Connection } from './connection.ts';
import { databaseAway } from './database-errors.ts';
import type { Heartbeat } from './heartbeat.ts';
import { openClient } from './session.ts';
import type { OnCommitted, Tx, Work } from './transaction.ts';
import { checkWorkspace, transact } from './transaction.ts';

/** A dedicated connection for batched work: it never waits for the pool, and does not wait between statements. */
export interface PipelinedConnection {
  /**
   * Runs `fn` in a transaction confined to one workspace. BEGIN travels with the first query of `fn`, and COMMIT with
   * `last`, a final query that `fn` has sent but not awaited. Calls run one after the other. Rejects like
   * `Database.tx`; the next call reconnects if needed.
   */
  run<T>(workspaceId: string, fn: (tx: Tx) => Promise<Work<T>>): Promise<T>;
  /** Waits for running work, then closes. */
  close(): Promise<void>;
}

interface PipelinedConnectionOptions {
  name?: string;
  statementTimeout?: number;
  lockTimeout?: number;
  /** Refuses work while the database does not answer, and gives up pending work if the silence lasts. */
  heartbeat?: Heartbeat;
  /** Called after each commit of a transaction that left notes. */
  onCommitted?: OnCommitted;
}

interface Session {
  readonly client: DatabaseClient;
  broken: boolean;
}

/** Creates the connection object, which connects on the first call, and again after a failure. */
export function openPipelinedConnection(
  connection: Connection,
  options: PipelinedConnectionOptions = {},
): PipelinedConnection {
  let session: Session | null = null;
  /** The newest client, even while it is still connecting. */
  let newest: DatabaseClient | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const runOne = async <T>(workspaceId: string, fn: (tx: Tx) => Promise<Work<T>>): Promise<T> => {
    if (closed) throw new Error('Client was closed and is not queryable');
    if (options.heartbeat?.isUp() === false) throw databaseAway();
    if (session?.broken) await drop(session);
    if (!session || session.broken)
      session = await connect(connection, options, (client) => {
        newest = client;
      });
    const outcome = await transact(session.client, workspaceId, fn);
    if (outcome.ok) {
      if (outcome.notes.length > 0) options.onCommitted?.(workspaceId, outcome.notes);
      return outcome.value;
    }
    if (!outcome.reusable) await drop(session);
    throw outcome.error;
  };

  options.heartbeat?.onSilence(() => newest?.abandon());

  return {
    async run(workspaceId, fn) {
      checkWorkspace(workspaceId);
      const result = last.then(() => runOne(workspaceId, fn));
      last = result.catch(() => {});
      return await result;
    },
    async close() {
      await last;
      closed = true;
      if (session) await drop(session);
      session = null;
    },
  };
}

async function connect(
  connection: Connection,
  options: PipelinedConnectionOptions,
  onClient: (client: DatabaseClient) => void,
): Promise<Session> {
  const { name = 'leadwell pipeline', statementTimeout, lockTimeout } = options;
  // The few statements sent here are prepared once; replanning them each time costs more than a custom plan saves.
  const client = await openClient(
    connection,
    { name, statementTimeout, lockTimeout, genericPlans: true },
    { pipeline: true },
    onClient,
  );
  if (options.heartbeat) client.onAnswer(options.heartbeat.heard);
  const session: Session = { client, broken: false };
  const mark = () => {
    session.broken = true;
  };
  client.on('error', mark);
  client.on('end', mark);
  return session;
}

async function drop(session: Session): Promise<void> {
  session.broken = true;
  await session.client.end().catch(() => {});
}
