import { DatabaseClient } from './database/client.ts';
import type { Connection } from './database/connection.ts';
import { APP_ROLE, LOCKS, OWNER_ROLE } from './database/connection.ts';
import { hasCode } from './database/database-errors.ts';
import { type Hosts, readHosts } from './database/hosts.ts';
import { operatorError } from './operator-error.ts';
import type { ReadReplica } from './read-replica.ts';
import { pause } from './time/wait.ts';

/** A PostgreSQL server provided by the user through DATABASE_URL. */
export interface ExternalDatabase {
  readonly owner: Connection;
  readonly app: Connection;
  /** PostgreSQL's version, e.g. `17.6`. */
  readonly version: string;
}

const MIN_VERSION = 15;
const ROLE_LIMITS = 'nologin nosuperuser nobypassrls nocreatedb nocreaterole noreplication';

/**
 * Connects to the user's own PostgreSQL and creates Leadwell's two roles there if missing. Each connection then assumes
 * one of them. Throws an operator error if the login lacks the rights.
 */
export async function connectExternal(url: string): Promise<ExternalDatabase> {
  const { connectionString, options } = splitUrl(url);
  const hosts = readHosts(connectionString);
  const client = await connectToPrimary(hosts, options);
  try {
    const version = await checkServer(client);
    await refuseTransactionPooling(client, hosts.current, options);
    await prepareRoles(client);
    const as = (role: string): Connection => ({ hosts, role, ...(options && { options }) });
    return { owner: as(OWNER_ROLE), app: as(APP_ROLE), version };
  } finally {
    await client.end();
  }
}

/** The standby of DATABASE_READ_URL, which need not be up yet. `staleAfter` is in ms. */
export function readReplica(url: string, staleAfter: number): ReadReplica {
  const { connectionString, options } = splitUrl(url);
  const hosts = readHosts(connectionString);
  const connection: Connection = { hosts, role: APP_ROLE, standby: true, ...(options && { options }) };
  const check = async () => {
    const at = hosts.current;
    try {
      const client = await connectTo(at, options);
      await refuseTransactionPooling(client, at, options).finally(() => client.end());
    } catch (error) {
      hosts.moveOn(at);
      throw error;
    }
  };
  return { connection, staleAfter, check };
}

async function connectTo(connectionString: string, options: string): Promise<DatabaseClient> {
  const client = new DatabaseClient({
    connectionString,
    ...(options && { options }),
    connectionTimeoutMillis: 5000,
  });
  await client.connect();
  return client;
}

/** Connects to the first host that takes writes. */
async function connectToPrimary(hosts: Hosts, options: string): Promise<DatabaseClient> {
  const reasons: string[] = [];
  for (let left = hosts.count; left > 0; left -= 1) {
    const url = hosts.current;
    const client = new DatabaseClient({
      connectionString: url,
      ...(options && { options }),
      connectionTimeoutMillis: 5000,
    });
    try {
      await client.connect();
      const { rows } = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby');
      if (!rows[0]?.standby) return client;
      reasons.push('it is a standby, which takes no writes');
    } catch (error) {
      reasons.push(error instanceof Error ? error.message || String(error) : String(error));
    }
    await client.end().catch(() => {});
    hosts.moveOn(url);
  }
  throw operatorError(`The database of DATABASE_URL cannot be reached, or takes no writes: ${reasons.join('; ')}.`);
}

/**
 * Behind a pooler that gives each transaction a different connection, prepared statements collide and locks are
 * lost. Such a pooler first hands out the connection used last, which is how to recognise it: a second client takes
 * ours, and we get another.
 */
async function refuseTransactionPooling(client: DatabaseClient, url: string, options: string): Promise<void> {
  const backend = async () => (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
  const before = await backend();
  let other: DatabaseClient | undefined;
  try {
    other = await connectTo(url, options);
    await other.query('begin');
    await other.query('select pg_backend_pid()');
    if ((await backend()) === before) return;
  } catch (error) {
    // A pooler that gives each statement a different connection refuses to begin a transaction.
    if (!(error instanceof Error && error.message.includes('pooling'))) throw error;
  } finally {
    await other?.end().catch(() => {});
  }
  throw operatorError(
    'The pooler in front of the database gives each transaction a different connection (pool_mode = transaction or statement). Leadwell ' +
      'prepares statements and holds locks on its connections: set pool_mode = session, or connect without a pooler.',
  );
}

/** Separates the start-up options from the rest of the URL, and joins several of them into one text. */
function splitUrl(url: string): { connectionString: string; options: string } {
  if (!/^postgres(ql)?:\/\/\S+$/.test(url)) {
    throw operatorError('The URL of a database must look like postgres://user:password@host:5432/database.');
  }
  // `new URL` cannot be used: PostgreSQL also allows an empty host, with the socket's folder among the parameters.
  const [base = '', ...rest] = url.split('?');
  const parameters = new URLSearchParams(rest.join('?'));
  const options = parameters.getAll('options').join(' ');
  parameters.delete('options');
  const query = parameters.toString();
  return { connectionString: query ? `${base}?${query}` : base, options };
}

async function checkServer(client: DatabaseClient): Promise<string> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
            current_setting('server_encoding') as encoding`,
  );
  const { version = '', number = 0, encoding = '' } = rows[0] ?? {};
  if (number < MIN_VERSION * 10_000)
    throw operatorError(`Leadwell needs PostgreSQL ${MIN_VERSION} or newer; this one is ${version}.`);
  if (encoding !== 'UTF8') {
    throw operatorError(`The database is encoded in ${encoding}; Leadwell needs one created with encoding UTF8.`);
  }
  return version;
}

/** Roles belong to the whole server, so another database's bootstrap may be creating the same ones right now. */
async function prepareRoles(client: DatabaseClient): Promise<void> {
  await takeBootstrapLock(client);
  for (let left = 10; ; left--) {
    try {
      await prepareOnce(client);
      return;
    } catch (error) {
      // Already created, or "tuple concurrently updated".
      if (left > 1 && hasCode(error, '42710', '23505', 'XX000', '40P01')) await pause(50);
      else throw missingRights(error);
    }
  }
}

async function takeBootstrapLock(client: DatabaseClient): Promise<void> {
  try {
    await client.query("set lock_timeout = '30s'");
    await client.query('select pg_advisory_lock($1)', [LOCKS.bootstrap]);
  } catch (error) {
    if (!hasCode(error, '55P03')) throw error;
    throw operatorError(
      'Another connection has held the lock for preparing Leadwell’s roles for half a minute. If no other Leadwell is ' +
        'starting, a pooler may be keeping the connection of an earlier one: restart the pooler.',
    );
  }
}

async function prepareOnce(client: DatabaseClient): Promise<void> {
  for (const role of [OWNER_ROLE, APP_ROLE]) {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) await client.query(`create role ${role} ${ROLE_LIMITS}`);
    if (!(await mayBecome(client, role))) await client.query(`grant ${role} to current_user`);
  }
  const { rows } = await client.query<{ name: string; ready: boolean }>(
    `select quote_ident(current_database()) as name,
            has_database_privilege($1, current_database(), 'create') and has_schema_privilege($1, 'public', 'create')
            and has_database_privilege($2, current_database(), 'connect') as ready`,
    [OWNER_ROLE, APP_ROLE],
  );
  if (rows[0]?.ready) return;
  await client.query(`grant create, connect, temporary on database ${rows[0]?.name} to ${OWNER_ROLE}`);
  await client.query(`grant connect on database ${rows[0]?.name} to ${APP_ROLE}`);
  await client.query(`grant usage, create on schema public to ${OWNER_ROLE}`);
  await client.query(`grant usage on schema public to ${APP_ROLE}`);
}

/** Before PostgreSQL 16, roles had no privilege `set`, and asking for it was an error: membership meant the same. */
async function mayBecome(client: DatabaseClient, role: string): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select pg_has_role($1, case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end) as held`,
    [role],
  );
  return rows[0]?.held === true;
}

function missingRights(error: unknown): unknown {
  if (!hasCode(error, '42501')) return error;
  return operatorError(
    `The user of DATABASE_URL may not prepare the roles ${OWNER_ROLE} and ${APP_ROLE}. Let an administrator run, in ` +
      `that database and for that user: create role ${OWNER_ROLE} nologin; create role ${APP_ROLE} nologin; ` +
      `grant ${OWNER_ROLE}, ${APP_ROLE} to <user>; grant create, connect on database <database> to ${OWNER_ROLE}; ` +
      `grant usage, create on schema public to ${OWNER_ROLE}; grant usage on schema public to ${APP_ROLE};`,
    error,
  );
}
