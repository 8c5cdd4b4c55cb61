import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { dumpSchema } from './dump-schema.ts';
import { migrate, migrationsFolder, readMigrations } from './migrate.ts';

const { connections, query } = await testDatabase({ empty: true });
const folder = await mkdtemp(join(tmpdir(), 'leadwell-migrations-'));
afterAll(() => rm(folder, { recursive: true }));

const write = (name: string, sql: string) => writeFile(join(folder, name), sql);
const run = () => migrate(connections.owner, { folder });
const tables = async () =>
  (await query<{ name: string }>(`select relname as name from pg_class where relname like 'thing%' and relkind = 'r'`))
    .map(({ name }) => name)
    .sort();

beforeEach(async () => {
  await query('drop table if exists schema_migrations, things, thing_parts');
  await query('drop function if exists thing_count');
  for (const file of await readdir(folder)) await rm(join(folder, file));
});

describe('migrating', () => {
  test('applies missing migrations in order, once', async () => {
    await write('0002_parts.sql', 'alter table things add part text');
    await write('0001_things.sql', 'create table things (id int)');
    expect((await run()).map(({ version }) => version)).toEqual([1, 2]);
    expect(await run()).toEqual([]);
    await write('0003_more.sql', 'create table thing_parts ()');
    expect((await run()).map(({ name }) => name)).toEqual(['more']);
    expect(await query('select version, name from schema_migrations order by version')).toEqual([
      { version: 1, name: 'things' },
      { version: 2, name: 'parts' },
      { version: 3, name: 'more' },
    ]);
  });

  test('rolls back a failing file as a whole, keeps the files before it and names it in the error', async () => {
    await write('0001_things.sql', 'create table things (id int)');
    await write('0002_bad.sql', 'create table thing_parts (); select 1/0;');
    await expect(run()).rejects.toThrow('Migration 0002_bad failed and was rolled back: division by zero');
    expect(await tables()).toEqual(['things']);
    await write('0002_bad.sql', 'create table thing_parts ()');
    expect((await run()).map(({ version }) => version)).toEqual([2]);
  });

  test('refuses a file that changed after it was applied, unless only its line endings changed', async () => {
    await write('0001_things.sql', 'create table things (\nid int)');
    await run();
    await write('0001_things.sql', 'create table things (\r\nid int)');
    expect(await run()).toEqual([]);
    await write('0001_things.sql', 'create table things (id bigint)');
    await expect(run()).rejects.toThrow('0001_things has been changed after it was applied');
  });

  test('refuses a database that is newer than the code', async () => {
    await write('0001_things.sql', 'create table things (id int)');
    await write('0002_parts.sql', 'create table thing_parts ()');
    await run();
    await rm(join(folder, '0002_parts.sql'));
    await expect(run()).rejects.toThrow('newer than this version of Leadwell');
  });

  test('refuses misnamed files and duplicate numbers', async () => {
    await write('1_things.sql', '');
    await expect(run()).rejects.toThrow('must be named NNNN_name.sql');
    await rm(join(folder, '1_things.sql'));
    await write('0001_a.sql', '');
    await write('0001_b.sql', '');
    await expect(run()).rejects.toThrow('Two migrations have the number 0001');
  });

  test('refuses a database that is not UTF-8', async () => {
    await query(`create database test_ascii template template0 encoding 'SQL_ASCII' locale_provider libc locale 'C'
                 owner leadwell_owner`);
    await expect(migrate({ ...connections.owner, database: 'test_ascii' }, { folder })).rejects.toThrow('UTF8');
    await query('drop database test_ascii');
  });

  test('happens once when several processes start it at the same time', async () => {
    await write('0001_things.sql', 'select pg_sleep(0.2); create table things (id int)');
    const counts = (await Promise.all([run(), run(), run()])).map(({ length }) => length);
    expect(counts.sort()).toEqual([0, 0, 1]);
  });

  test('waits for a locked table instead of failing at once', async () => {
    await write('0001_things.sql', 'create table things (id int)');
    await run();
    await write('0002_more.sql', 'alter table things add name text');
    const busy = query('begin; lock table things; select pg_sleep(0.8); commit');
    const [applied] = await Promise.all([run(), busy]);
    expect(applied.map(({ version }) => version)).toEqual([2]);
  });

  test('finds the project’s own files', async () => {
    expect(migrationsFolder()).toMatch(/server[\\/]migrations$/);
    const versions = (await readMigrations()).map(({ version }) => version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });
});

describe('the schema dump', () => {
  const schema = (order: string) => `
    create table things (id bigint generated always as identity, name text not null default 'x', ${order});
    create table thing_parts (id int primary key, thing_name text check (thing_name <> '')) partition by range (id);
    create table thing_part_1 partition of thing_parts for values from (1) to (10);
    create index named on things (lower(name));
    alter table things enable row level security;
    alter table things force row level security;
    create policy mine on things to leadwell_app using (name = current_user);
    create function thing_count() returns bigint language sql security definer as 'select count(*) from things';
    revoke all on function thing_count() from public;
    grant select (name) on things to leadwell_app;
    grant insert on things to leadwell_app;`;

  test('lists columns, constraints, indexes, policies, functions, partitions and grants', async () => {
    await write('0001_things.sql', schema('primary key (id)'));
    await run();
    const text = await dumpSchema(connections.owner);
    for (const part of [
      'table things\n',
      `name text not null default 'x'::text`,
      'generated always as identity',
      'constraint things_pkey PRIMARY KEY (id)',
      'row level security, forced',
      'policy mine permissive for all to leadwell_app using (name = CURRENT_USER)',
      'grants on name leadwell_app=select',
      'leadwell_app=insert',
      'CREATE INDEX named ON public.things USING btree (lower(name))',
      'SECURITY DEFINER',
      '-- owner leadwell_owner, grants leadwell_owner=execute',
      'partition by RANGE (id)',
      'partition of thing_parts FOR VALUES FROM (1) TO (10)',
    ]) {
      expect(text).toContain(part);
    }
    expect(await dumpSchema(connections.owner)).toBe(text);
  });

  test('changes when a privilege changes', async () => {
    await write('0001_things.sql', schema('primary key (id)'));
    await run();
    const before = await dumpSchema(connections.owner);
    await query('grant delete on things to leadwell_app');
    expect(await dumpSchema(connections.owner)).not.toBe(before);
  });
});
