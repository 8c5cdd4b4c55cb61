import type { Pool, PoolClient } from 'pg';
import type { PlainLog } from '../plain-log.ts';
import { silentLog } from '../plain-log.ts';
import type { Connection } from './connection.ts';
import { databaseAway, isRetryable } from './database-errors.ts';
import { FairShare } from './fair-share.ts';
import { openPool, type PoolOptions } from './pool.ts';
import { LIMITS } from './session.ts';
import {
  type Beginning,
  checkWorkspace,
  look,
  type OnCommitted,
  type Outcome,
  type Tx,
  transact,
} from './transaction.ts';

/** `retry`: run the whole function again (at most 5 times) after a deadlock or a serialisation failure. */
interface TxOptions extends Beginning {
  readonly retry?: boolean;
}

/** A connection pool to the database, acting as one role. */
export interface Database {
  /** Runs `fn` in a transaction confined to one workspace; commits when it resolves, rolls back when it rejects. */
  tx<T>(workspaceId: string, fn: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>;
  /**
   * Runs `fn`, which only reads, confined to one workspace and to what `settings` allow; PostgreSQL refuses any change.
   * Cheaper than a transaction: each turn's statements are one round trip, and see what is committed when they run.
   */
  read<T>(workspaceId: string, fn: (tx: Tx) => Promise<T>, settings?: Readonly<Record<string, string>>): Promise<T>;
  /** Like `tx` but without a workspace: row-level security hides every workspace's rows. */
  global<T>(fn: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>;
  /** Connections in the pool, how many are idle, and how many requests wait for one. */
  load(): { total: number; idle: number; waiting: number };
  /** Waits for running transactions, then closes all connections. Calling it twice is harmless. */
  close(): Promise<void>;
}

/** Options for `openDatabase`. */
export interface DatabaseOptions extends PoolOptions {
  /** Most connections one workspace may use at once, so that some remain for the others; unlimited by default. */
  readonly perWorkspace?: number;
  readonly log?: PlainLog;
  /** Called after each commit of a workspace's transaction that left notes; never after a rollback. */
  readonly onCommitted?: OnCommitted;
}

const ATTEMPTS = 5;

/** Opens a pool. Refuses a role that bypasses row-level security, and a database that is not UTF-8. */
export async function openDatabase(connection: Connection, options: DatabaseOptions = {}): Promise<Database> {
  const pool = openPool(connection, options);
  // An idle connection that breaks must not end the process; the next request gets a new one.
  pool.on('error', (error) => (options.log ?? silentLog).warn(`A database connection broke: ${error.message}`));
  const database = databaseOver(pool, options);
  try {
    await database.global((tx) => tx.query('select'));
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

function databaseOver(pool: Pool, { heartbeat, onCommitted, perWorkspace }: DatabaseOptions): Database {
  const share = perWorkspace === undefined ? undefined : new FairShare(perWorkspace, LIMITS.turn);
  let closing: Promise<void> | undefined;
  const onConnection = async <T>(work: (client: PoolClient) => Promise<Outcome<T>>) => {
    if (heartbeat?.isUp() === false) throw databaseAway();
    const client = await pool.connect();
    const outcome = await work(client);
    client.release(!outcome.ok && !outcome.reusable);
    if (!outcome.ok) throw outcome.error;
    return outcome;
  };
  const runOnce = async <T>(
    workspaceId: string | null,
    fn: (tx: Tx) => Promise<T>,
    beginning: Beginning | undefined,
  ) => {
    const outcome = await onConnection((client) =>
      transact(client, workspaceId, async (tx) => ({ result: await fn(tx) }), beginning),
    );
    if (workspaceId !== null && outcome.notes.length > 0) onCommitted?.(workspaceId, outcome.notes);
    return outcome.value;
  };
  const attempt = async <T>(workspaceId: string | null, fn: (tx: Tx) => Promise<T>, options?: TxOptions) => {
    for (let left = options?.retry ? ATTEMPTS : 1; ; left--) {
      try {
        return await runOnce(workspaceId, fn, options);
      } catch (error) {
        if (left <= 1 || !isRetryable(error)) throw error;
      }
    }
  };
  const inTurn = async <T>(workspaceId: string, work: () => Promise<T>) => {
    checkWorkspace(workspaceId);
    await share?.enter(workspaceId);
    return await work().finally(() => share?.leave(workspaceId));
  };
  return {
    tx: (workspaceId, fn, options) => inTurn(workspaceId, () => attempt(workspaceId, fn, options)),
    read: (workspaceId, fn, settings) =>
      inTurn(workspaceId, async () => (await onConnection((client) => look(client, workspaceId, fn, settings))).value),
    global: (fn, options) => attempt(null, fn, options),
    load: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}
