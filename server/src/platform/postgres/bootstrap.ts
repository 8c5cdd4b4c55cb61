import { escapeLiteral } from 'pg';
import { DatabaseClient } from '../database/client.ts';
import type { Connection } from '../database/connection.ts';
import { APP_ROLE, LOCKS, OWNER_ROLE } from '../database/connection.ts';
import type { Secrets } from './secrets.ts';

/** The name of Leadwell's database in the embedded cluster. */
export const DATABASE = 'leadwell';

const LIMITS = 'nosuperuser nobypassrls nocreatedb nocreaterole noreplication';

/** Creates the two roles and the database in the embedded cluster if missing. Safe to run concurrently or again. */
export async function bootstrapCluster(superuser: Connection, secrets: Secrets): Promise<void> {
  const client = new DatabaseClient({ ...superuser, connectionTimeoutMillis: 5000, query_timeout: 30_000 });
  await client.connect();
  try {
    if (await isComplete(client)) return;
    await client.query('select pg_advisory_lock($1)', [LOCKS.bootstrap]);
    await createRole(client, OWNER_ROLE, secrets.owner);
    await createRole(client, APP_ROLE, secrets.app);
    await createDatabase(client);
  } finally {
    await client.end();
  }
}

async function isComplete(client: DatabaseClient): Promise<boolean> {
  const { rows } = await client.query<{ complete: boolean }>(
    `select (select count(*) from pg_roles where rolname in ($1, $2)) = 2
        and has_database_privilege($2, oid, 'connect')
        and not exists (select from aclexplode(datacl) where grantee = 0) and datacl is not null as complete
       from pg_database where datname = $3`,
    [OWNER_ROLE, APP_ROLE, DATABASE],
  );
  return rows[0]?.complete === true;
}

async function createRole(client: DatabaseClient, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) await client.query(`create role ${role} login ${LIMITS} password ${escapeLiteral(password)}`);
}

async function createDatabase(client: DatabaseClient): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER_ROLE}`);
  await client.query(`revoke all on database ${DATABASE} from public`);
  await client.query(`grant connect on database ${DATABASE} to ${APP_ROLE}`);
}
