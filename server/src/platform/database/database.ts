import type { PoolConfig } from 'pg';
import { Pool } from 'pg';
import { operatorError } from '../operator-error.ts';
import type { PlainLog } from '../plain-log.ts';
import { silentLog } from '../plain-log.ts';
import type { Connection } from './connection.ts';
import { isRetryable } from './database-errors.ts';
import { sessionLimits } from './session-limits.ts';
import type { Note, OnCommitted, Tx } from './transaction.ts';
import { checkWorkspace, transact } from './transaction.ts';
import { valueTypes } from './value-types.ts';

/** `retry`: run the whole function again (at most 5 times) after a deadlock or a serialisation failure. */
interface TxOptions {
  readonly retry?: boolean;
  /** Further settings of the transaction by name, such as whose rows it may see. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The store, seen as one role through a pool of connections. */
export interface Database {
  /** Runs `fn` in one transaction confined to a workspace; commits when it resolves, rolls back when it rejects. */
  tx<T>(workspaceId: string, fn: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>;
  /** As `tx` but without a workspace: row-level security lets nothing of any workspace through. */
  global<T>(fn: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>;
  /** Connections in the pool, those idle, and requests that wait for one. */
  load(): { total: number; idle: number; waiting: number };
  /** Waits for running transactions, then closes all connections. Calling it twice is harmless. */
  close(): Promise<void>;
}

/** What `openDatabase` may be told; times in ms. */
export interface DatabaseOptions {
  /** Connections at most; 8 if not given (workers: 4). */
  readonly size?: number;
  readonly statementTimeout?: number;
  /** Shown in pg_stat_activity. */
  readonly name?: string;
  readonly log?: PlainLog;
  /** For the owner's own tools: skips the check that the role is subject to row-level security. */
  readonly asOwner?: boolean;
  /** Told after each commit of a workspace's transaction that left notes; never of one that was rolled back. */
  readonly onCommitted?: OnCommitted;
}

const ATTEMPTS = 5;

/** Opens a pool. Refuses a role that row-level security would not hold, and a database that is not UTF-8. */
export async function openDatabase(connection: Connection, options: DatabaseOptions = {}): Promise<Database> {
  const pool = new Pool(poolConfig(connection, options));
  // An idle connection that breaks must not end the process; the next request gets a new one.
  pool.on('error', (error) => (options.log ?? silentLog).warn(`A database connection broke: ${error.message}`));
  const database = overPool(pool, options.onCommitted);
  try {
    await database.global((tx) => checkSession(tx, options.asOwner === true));
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

function poolConfig(connection: Connection, options: DatabaseOptions): PoolConfig {
  return {
    ...connection,
    ...sessionLimits(options.statementTimeout),
    max: options.size ?? 8,
    application_name: options.name ?? 'leadwell',
    idleTimeoutMillis: 60_000,
    types: valueTypes,
    pipeline: true,
  };
}

async function checkSession(tx: Tx, asOwner: boolean): Promise<void> {
  const [found] = await tx.query<{ role: string; free: boolean; encoding: string }>(
    `select current_user as role, rolsuper or rolbypassrls as free, current_setting('server_encoding') as encoding
       from pg_roles where rolname = current_user`,
  );
  if (found?.encoding !== 'UTF8') {
    throw operatorError(
      `The database is encoded in ${found?.encoding}; Leadwell needs one created with encoding UTF8.`,
    );
  }
  if (!asOwner && found.free) {
    throw operatorError(
      `The role "${found.role}" is not subject to row-level security, so it could see every workspace at once. ` +
        'Leadwell does not work as a superuser or as a role with BYPASSRLS.',
    );
  }
}

function overPool(pool: Pool, onCommitted?: OnCommitted): Database {
  let closing: Promise<void> | undefined;
  const attempt = async <T>(workspaceId: string | null, fn: (tx: Tx) => Promise<T>, options?: TxOptions) => {
    for (let left = options?.retry ? ATTEMPTS : 1; ; left--) {
      try {
        const { value, notes } = await once(pool, workspaceId, fn, options?.settings);
        if (workspaceId !== null && notes.length > 0) onCommitted?.(workspaceId, notes);
        return value;
      } catch (error) {
        if (left <= 1 || !isRetryable(error)) throw error;
      }
    }
  };
  return {
    tx: async (workspaceId, fn, options) => {
      checkWorkspace(workspaceId);
      return await attempt(workspaceId, fn, options);
    },
    global: (fn, options) => attempt(null, fn, options),
    load: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}

async function once<T>(
  pool: Pool,
  workspaceId: string | null,
  fn: (tx: Tx) => Promise<T>,
  settings?: TxOptions['settings'],
): Promise<{ value: T; notes: readonly Note[] }> {
  const client = await pool.connect();
  // The pool listens only to idle connections: without this, one that breaks between two queries ends the process.
  client.on('error', ignore);
  const outcome = await transact(client, workspaceId, async (tx) => ({ result: await fn(tx) }), settings);
  client.off('error', ignore);
  client.release(!outcome.ok && !outcome.reusable);
  if (!outcome.ok) throw outcome.error;
  return outcome;
}

function ignore(): void {}
