import { type ClientBase, type ClientConfig, escapeIdentifier } from 'pg';
import { operatorError } from '../operator-error.ts';
import { DatabaseClient } from './client.ts';
import type { Connection } from './connection.ts';
import { valueTypes } from './value-types.ts';

/**
 * Time limits in ms; `turn` is how long a workspace waits for one of its connections. They depend on each other: the
 * wait for a lock ends before a statement times out, a statement times out before we stop waiting for its answer, and
 * an idle transaction is ended before its caller gives up. PostgreSQL looks for deadlocks after a second, which must
 * come before the wait for a lock ends.
 */
export const LIMITS = {
  connect: 2000,
  turn: 1500,
  statement: 5000,
  lock: 1500,
  idleInTransaction: 10_000,
  answer: 10_000,
};

export interface SessionOptions {
  /** Shown in pg_stat_activity. */
  readonly name: string;
  /** In ms; 5 s by default, 0 for none. */
  readonly statementTimeout?: number | undefined;
  /** In ms; 1.5 s by default. */
  readonly lockTimeout?: number | undefined;
  /** Plans prepared statements once: for connections that run few statements very often. */
  readonly genericPlans?: boolean;
  /** For tools run as the owner: the role may bypass row-level security. */
  readonly asOwner?: boolean | undefined;
}

/** How to connect to the current server; with several hosts, the one last known to take writes. */
export function reach(
  connection: Connection,
  { name, statementTimeout = LIMITS.statement }: SessionOptions,
): ClientConfig {
  const { hosts, role: _, standby: __, ...config } = connection;
  return {
    ...config,
    ...(hosts && { connectionString: hosts.current }),
    application_name: name,
    connectionTimeoutMillis: LIMITS.connect,
    // Our own timeout, for a server that does not answer at all; otherwise the server's limits apply first.
    ...(statementTimeout > 0 && { query_timeout: statementTimeout + LIMITS.answer }),
    keepAlive: true,
    types: valueTypes,
  };
}

/**
 * Opens one connection, and prepares and checks its session. `onClient` gets the client before it connects,
 * for example to cut it.
 */
export async function openClient(
  connection: Connection,
  options: SessionOptions,
  more: ClientConfig = {},
  onClient?: (client: DatabaseClient) => void,
): Promise<DatabaseClient> {
  const used = connection.hosts?.current;
  const client = new DatabaseClient({ ...reach(connection, options), ...more });
  onClient?.(client);
  try {
    await client.connect();
    await prepareSession(client, connection, options);
  } catch (error) {
    if (used !== undefined) connection.hosts?.moveOn(used);
    await client.end().catch(() => {});
    throw error;
  }
  return client;
}

interface SessionFacts {
  role: string;
  free: boolean;
  encoding: string;
  standby: boolean;
}

/**
 * Sets the role and limits of a new session, then checks it. Uses statements rather than start-up options, which
 * poolers such as PgBouncer ignore: every request would run as the login user, who sees every workspace.
 */
export async function prepareSession(
  client: ClientBase,
  connection: Connection,
  options: SessionOptions,
): Promise<void> {
  const { statementTimeout = LIMITS.statement, lockTimeout = LIMITS.lock, genericPlans, asOwner } = options;
  const settings: Record<string, string> = {
    statement_timeout: `${statementTimeout}`,
    lock_timeout: `${lockTimeout}`,
    idle_in_transaction_session_timeout: `${statementTimeout > 0 ? LIMITS.idleInTransaction : 0}`,
    // A plan that may not read whole tables, but has to, looks so expensive that PostgreSQL would compile it for seconds.
    jit: 'off',
    // A plan made while a table was small would read the whole table for as long as the connection lives.
    ...(!asOwner && { enable_seqscan: 'off' }),
    ...(genericPlans && { plan_cache_mode: 'force_generic_plan' }),
  };
  const set = Object.entries(settings).map(([name, value]) => `set ${name} = '${value}'`);
  if (connection.role) set.push(`set role ${escapeIdentifier(connection.role)}`);
  await client.query(set.join('; '));
  const { rows } = await client.query<SessionFacts>(
    `select current_user as role, rolsuper or rolbypassrls as free, current_setting('server_encoding') as encoding,
            pg_is_in_recovery() as standby
       from pg_roles where rolname = current_user`,
  );
  checkSession(rows[0], connection, asOwner === true);
}

/** The error for a server that takes no writes; its code makes callers wait as if the server were away. */
function standbyError(): Error {
  return Object.assign(
    operatorError(
      'The database of DATABASE_URL is a standby, which takes no writes. Name the primary, or all servers: ' +
        'postgres://user:password@one,two,three/database.',
    ),
    { code: '57P03' },
  );
}

function checkSession(found: SessionFacts | undefined, { role, user, standby }: Connection, asOwner: boolean): void {
  const wanted = role ?? user;
  if (standby && !found?.standby) throw operatorError('The database of DATABASE_READ_URL is not a standby.');
  if (found?.standby && !standby) throw standbyError();
  if (found?.encoding !== 'UTF8')
    throw operatorError(
      `The database is encoded in ${found?.encoding}; Leadwell needs one created with encoding UTF8.`,
    );
  if (wanted !== undefined && found.role !== wanted)
    throw operatorError(
      `A session runs as "${found.role}" instead of "${wanted}": something between Leadwell and PostgreSQL drops what ` +
        'is set on a connection. Leadwell does not work that way, because tenants would not be isolated.',
    );
  if (!asOwner && found.free)
    throw operatorError(
      `The role "${found.role}" is not subject to row-level security, so it could see every workspace at once. ` +
        'Leadwell does not work as a superuser or as a role with BYPASSRLS.',
    );
}
