import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { afterAll, inject } from 'vitest';
import type { Connection } from '../src/platform/database/connection.ts';
import type { Database } from '../src/platform/database/database.ts';
import { openDatabase } from '../src/platform/database/database.ts';
import { TEMPLATE } from './template.ts';

/** The database of one test file. */
export interface TestDatabase {
  /** Connected as `leadwell_app`, as the server is. */
  readonly db: Database;
  /** Connections as each role. `superuser` sees everything; use it only to arrange and assert. */
  readonly connections: { readonly superuser: Connection; readonly owner: Connection; readonly app: Connection };
  readonly name: string;
  /** Runs one statement as superuser, bypassing row-level security, and returns its rows. */
  query<Row extends object = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}

/**
 * Clones the migrated template for a test file: `const { db } = await testDatabase();` at the top of the file. The
 * clone is dropped after the file's last test. `empty: true` gives a database without tables.
 */
export async function testDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const cluster = inject('testCluster');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = options.empty ? 'template0' : TEMPLATE;
  await withClient(cluster.superuser, (client) =>
    client.query(`create database ${name} owner leadwell_owner template ${template} strategy file_copy`),
  );
  const to = (connection: Connection): Connection => ({ ...connection, database: name });
  const connections = { superuser: to(cluster.superuser), owner: to(cluster.owner), app: to(cluster.app) };
  const db = await openDatabase(connections.app);
  const statements = openStatements(connections.superuser);
  afterAll(async () => {
    await db.close();
    await statements.close();
    await withClient(cluster.superuser, (client) => client.query(`drop database ${name} with (force)`));
  });
  return {
    db,
    connections,
    name,
    query: async <Row extends object>(text: string, params: readonly unknown[] = []) =>
      (await statements.run(text, params)) as Row[],
  };
}

/**
 * Connections for single statements, used again while they follow each other, as connecting takes ten times as long as
 * a statement. Each begins as if it were new, and none is kept for long: some files have dozens of databases.
 */
function openStatements(connection: Connection) {
  const pool = new Pool({ ...connection, max: 50, idleTimeoutMillis: 250 });
  // Some tests end every connection to their database.
  pool.on('error', () => {});
  return {
    async run(text: string, params: readonly unknown[]): Promise<unknown[]> {
      const client = await pool.connect();
      try {
        return (await client.query(text, [...params])).rows;
      } finally {
        // Fails, and so ends the connection, if the statement left a transaction open or the connection was cut.
        await client.query('DISCARD ALL').then(
          () => client.release(),
          () => client.release(true),
        );
      }
    },
    close: () => pool.end(),
  };
}

/** Connects for as long as the work takes. */
export async function withClient<T>(connection: Connection, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
