import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
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
  const clients = keepClients(connections.superuser);
  afterAll(async () => {
    await db.close();
    await clients.close();
    await withClient(cluster.superuser, (client) => client.query(`drop database ${name} with (force)`));
  });
  return {
    db,
    connections,
    name,
    query: <Row extends object>(text: string, params: readonly unknown[] = []) =>
      clients.use(async (client) => (await client.query(text, [...params])).rows as Row[]),
  };
}

/** Clients that are used again, as connecting takes ten times as long as a statement; each begins as if it were new. */
function keepClients(connection: Connection) {
  const idle: Client[] = [];
  const connect = async () => {
    const client = new Client(connection);
    // Some tests end every connection to their database.
    client.on('error', () => idle.splice(0, idle.length, ...idle.filter((one) => one !== client)));
    await client.connect();
    return client;
  };
  return {
    async use<T>(work: (client: Client) => Promise<T>): Promise<T> {
      const client = idle.pop() ?? (await connect());
      try {
        return await work(client);
      } finally {
        // Fails, and so ends the client, if the statement left a transaction open or the connection was cut.
        await client.query('DISCARD ALL').then(
          () => idle.push(client),
          () => client.end().catch(() => {}),
        );
      }
    },
    async close(): Promise<void> {
      await Promise.all(idle.splice(0).map((client) => client.end().catch(() => {})));
    },
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
