import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPlainPostgres } from '../../test/plain-postgres.ts';
import { type Standby, startStandby } from '../../test/standby.ts';
import type { Connection } from './database/connection.ts';
import { type Database, openDatabase } from './database/database.ts';
import { readHosts } from './database/hosts.ts';
import { migrate } from './database/migrate.ts';
import { openClient, prepareSession } from './database/session.ts';
import { connectExternal, readReplica } from './external-database.ts';
import { silentLog } from './plain-log.ts';
import type { Cluster } from './postgres/cluster.ts';
import { startCluster } from './postgres/cluster.ts';
import { measureLag, openReading, type Reading, type ReadReplica } from './read-replica.ts';

let folder: string;
let cluster: Cluster;

/** A server as users provide it: without our roles, with an ordinary user who may create roles. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lw-'));
  cluster = await startCluster({ dataDir: folder, settings: { fsync: false } });
  for (const text of [
    'drop database leadwell',
    'drop role leadwell_owner, leadwell_app',
    `create role customer login createrole password 'p'`,
    `create role beggar login password 'p'`,
    'create database crm owner customer',
    'create database second owner customer',
  ]) {
    await ask(cluster.superuser, text);
  }
});

afterAll(async () => {
  await cluster.stop();
  await rm(folder, { recursive: true });
});

async function askAs(connection: Connection, text: string): Promise<Record<string, unknown>[]> {
  const client = await openClient(connection, { name: 'test', asOwner: true });
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function ask(connection: Connection, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client(connection);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const url = (user: string, database: string, extra = '') =>
  `postgres://${user}:p@/${database}?host=${encodeURIComponent(cluster.superuser.host ?? '')}${extra}`;

test('the hosts of a URL are tried in turn, however many connections report the same failed host', () => {
  const hosts = readHosts('postgres://u:p@one,two:6000/crm?x=1');
  const [one, two] = ['postgres://u:p@one/crm?x=1', 'postgres://u:p@two:6000/crm?x=1'];
  expect([hosts.count, hosts.current]).toEqual([2, one]);
  for (const _ of [1, 2]) hosts.moveOn(one);
  expect([hosts.current, hosts.name]).toEqual([two, 'two:6000']);
  hosts.moveOn(two);
  expect(hosts.current).toBe(one);
});

describe('an external database', () => {
  test('that the user may not prepare is refused with the commands an administrator must run', async () => {
    await expect(connectExternal(url('beggar', 'crm'))).rejects.toThrow('Let an administrator run');
  });

  // The matrix of tests names an older PostgreSQL here.
  const programs = process.env['TEST_POSTGRES'] ?? '';
  test.runIf(programs)('of an older version is prepared without a word about errors in its log', async () => {
    const older = await mkdtemp(join(tmpdir(), 'lw-'));
    // The account of the server must get through to its folders.
    await chmod(older, 0o711);
    const server = await startPlainPostgres(older, programs);
    try {
      const { host = '', database = '' } = server.owner;
      await connectExternal(`postgres://postgres@/${database}?host=${encodeURIComponent(host)}`);
      expect(await readFile(join(older, 'postgres/log'), 'utf8')).not.toContain('ERROR');
    } finally {
      await server.stop();
      await rm(older, { recursive: true });
    }
  });

  test('can be prepared by several processes and for several databases at once', async () => {
    const all = ['crm', 'second', 'crm', 'second'].map((name) => connectExternal(url('customer', name)));
    const [first] = await Promise.all(all);
    expect(first?.version).toMatch(/^\d+/);
    const [row] = await ask(
      cluster.superuser,
      `select bool_or(rolsuper or rolbypassrls or rolcanlogin or rolcreatedb or rolcreaterole) as special
         from pg_roles where rolname like 'leadwell%'`,
    );
    expect(row).toEqual({ special: false });
  });

  test('is used as the owner role and the confined role, and keeps the options of the URL', async () => {
    const found = await connectExternal(url('customer', 'crm', '&options=-c%20work_mem%3D5MB'));
    expect(await askAs(found.owner, `select current_user as me, current_setting('work_mem') as m`)).toEqual([
      { me: 'leadwell_owner', m: '5MB' },
    ]);
    const migrations = await mkdtemp(join(folder, 'sql-'));
    await writeFile(
      join(migrations, '0001_things.sql'),
      `create table things (workspace_id uuid);
       create extension pg_trgm;
       alter table things enable row level security;
       alter table things force row level security;
       create policy confined on things using (workspace_id = current_setting('leadwell.workspace')::uuid);
       grant select, insert on things to leadwell_app`,
    );
    await migrate(found.owner, { folder: migrations });
    const db = await openDatabase(found.app);
    const workspace = '00000000-0000-0000-0000-000000000001';
    await db.tx(workspace, (tx) => tx.query('insert into things values ($1)', [workspace]));
    expect(await db.tx(workspace, (tx) => tx.query('select * from things'))).toHaveLength(1);
    expect(await db.tx(workspace.replace('1', '2'), (tx) => tx.query('select * from things'))).toHaveLength(0);
    await expect(db.global((tx) => tx.query('create table mine ()'))).rejects.toThrow('permission denied');
    await db.close();
  });

  test('with several hosts is used through the one that can be reached, as the confined role', async () => {
    const one = url('customer', 'crm');
    const two = one.replace(/@[^/?]*/, (host) => `@nobody.invalid,${host.slice(1)}`);
    const found = await connectExternal(two);
    expect(await askAs(found.app, 'select current_user as me')).toEqual([{ me: 'leadwell_app' }]);
  });

  test('a session that does not run as the confined role, as behind a pooler that drops settings, is refused', async () => {
    const { app } = await connectExternal(url('customer', 'crm'));
    const client = new Client({ connectionString: app.hosts?.current });
    await client.connect();
    const query = (text: string) => (text.includes('set role') ? Promise.resolve({ rows: [] }) : client.query(text));
    const deaf = Object.assign(Object.create(client), { query });
    await expect(prepareSession(deaf, app, { name: 'test' })).rejects.toThrow('runs as "customer" instead of');
    await expect(prepareSession(client, app, { name: 'test' })).resolves.toBeUndefined();
    await client.end();
  });

  test('a standby is refused because it is read-only', async () => {
    const { app } = await connectExternal(url('customer', 'crm'));
    const client = new Client({ connectionString: app.hosts?.current });
    await client.connect();
    const query = (text: string) => client.query(text.replace('pg_is_in_recovery()', 'true'));
    const replica = Object.assign(Object.create(client), { query });
    await expect(prepareSession(replica, app, { name: 'test' })).rejects.toMatchObject({ code: '57P03' });
    await client.end();
  });

  test('that cannot be reached, or whose URL is not for PostgreSQL, is reported as such', async () => {
    await expect(connectExternal('postgres://x:y@127.0.0.1:1/z')).rejects.toThrow('cannot be reached');
    await expect(connectExternal('mysql://x')).rejects.toThrow('must look like postgres://');
    await expect(connectExternal('nonsense')).rejects.toThrow('must look like');
  });
});

describe('a read replica', () => {
  const workspace = '00000000-0000-0000-0000-000000000001';
  const lag = 2000;
  let standby: Standby;
  let primary: Database;
  let reading: Reading;
  const at = (port: number, database = 'crm') => url('customer', database, `&port=${port}`);
  const count = 'select count(*)::int as things, current_user as me, pg_is_in_recovery() as standby from things';
  const look = async (of = reading) => (await of.tx(workspace, (tx) => tx.query(count)))[0];
  const write = () => primary.tx(workspace, (tx) => tx.query('insert into things values ($1)', [workspace]));

  beforeAll(async () => {
    standby = await startStandby(cluster, folder);
    primary = await openDatabase((await connectExternal(url('customer', 'crm'))).app);
    reading = openReading(primary, readReplica(at(standby.port), lag), silentLog);
  });

  afterAll(async () => {
    await reading.close();
    await primary.close();
    await standby.stop().catch(() => {});
  });

  test('is read as the confined role while it keeps up', async () => {
    await expect.poll(reading.fromStandby).toBe(true);
    await expect.poll(() => look()).toEqual({ things: 1, me: 'leadwell_app', standby: true });
    const elsewhere = await reading.tx(workspace.replace('1', '2'), (tx) => tx.query(count));
    expect(elsewhere).toEqual([{ things: 0, me: 'leadwell_app', standby: true }]);
    expect(await measureLag(primary, readReplica(at(standby.port), lag))).toBeLessThan(lag);
  });

  test('is not used while it lags behind the primary by more than allowed', async () => {
    await standby.ask('select pg_wal_replay_pause()');
    await write();
    await expect.poll(() => look()).toEqual({ things: 2, me: 'leadwell_app', standby: false });
    expect(await measureLag(primary, readReplica(at(standby.port), lag))).toBeNull();
    await standby.ask('select pg_wal_replay_resume()');
    await expect.poll(() => look()).toEqual({ things: 2, me: 'leadwell_app', standby: true });
  });

  test('that is not a standby, or follows another database, is never read', async () => {
    const [itself, other] = [at(5432), at(standby.port, 'second')].map((one) => readReplica(one, lag));
    await expect(measureLag(primary, itself as ReadReplica)).rejects.toThrow('is not a standby');
    await expect(measureLag(primary, other as ReadReplica)).rejects.toThrow('does not follow');
  });

  test('that fails in the middle of a report is replaced by the primary without an error', async () => {
    const found = await reading.tx(workspace, async (tx) => {
      const before = await tx.query<{ standby: boolean }>(count);
      if (before[0]?.standby) await standby.stop();
      return tx.query(count);
    });
    expect(found).toEqual([{ things: 2, me: 'leadwell_app', standby: false }]);
    expect(await look()).toMatchObject({ standby: false });
  });
});
