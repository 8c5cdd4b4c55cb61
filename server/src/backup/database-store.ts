import { escapeIdentifier } from 'pg';
import { DatabaseClient } from '../platform/database/client.ts';
import { APP_ROLE, type Connection, OWNER_ROLE } from '../platform/database/connection.ts';
import { hasCode } from '../platform/database/database-errors.ts';
import { operatorError } from '../platform/operator-error.ts';

/**
 * Creates a database with the same permissions as Leadwell's own, replacing any with this name. It is empty, or a copy
 * of a database that nobody is connected to. Needs the superuser.
 */
export async function makeDatabase(superuser: Connection, name: string, template = 'template1'): Promise<void> {
  const quoted = escapeIdentifier(name);
  await run(superuser, [
    `DROP DATABASE IF EXISTS ${quoted} WITH (FORCE)`,
    `CREATE DATABASE ${quoted} OWNER ${OWNER_ROLE} TEMPLATE ${escapeIdentifier(template)}`,
    `REVOKE ALL ON DATABASE ${quoted} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${quoted} TO ${APP_ROLE}`,
  ]);
}

export async function dropDatabase(superuser: Connection, name: string): Promise<void> {
  await run(superuser, [`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`]);
}

/** Atomically puts one database in the place of another and drops the old one. Nobody may be connected to either. */
export async function replaceDatabase(superuser: Connection, current: string, next: string): Promise<void> {
  const gone = `${current}_replaced`;
  const rename = (from: string, to: string) =>
    `ALTER DATABASE ${escapeIdentifier(from)} RENAME TO ${escapeIdentifier(to)}`;
  try {
    await run(superuser, [
      `DROP DATABASE IF EXISTS ${escapeIdentifier(gone)} WITH (FORCE)`,
      `BEGIN; ${rename(current, gone)}; ${rename(next, current)}; COMMIT`,
      `DROP DATABASE ${escapeIdentifier(gone)} WITH (FORCE)`,
    ]);
  } catch (error) {
    if (!hasCode(error, '55006')) throw error;
    throw operatorError(
      'Something connected to the store just before it was to be replaced. Nothing was changed.',
      error,
    );
  }
}

async function run(superuser: Connection, statements: readonly string[]): Promise<void> {
  const client = new DatabaseClient({ ...superuser, application_name: 'leadwell copy', connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end().catch(() => {});
  }
}
