import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, inject, test } from 'vitest';
import { restoreBackup } from '../src/backup/restore-backup.ts';
import { writeBackup } from '../src/backup/write-backup.ts';
import { openDatabase } from '../src/platform/database/database.ts';
import { foldDigits } from '../src/platform/phone/fold-digits.ts';
import { addMissing, reconcileErasures } from '../src/privacy/repeat-erasures.ts';
import { deletedWithLead, searchedTables, withoutMentions, withoutPeople } from '../src/privacy/searched-tables.ts';
import { targetOf, useFolder } from './backups.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { type Marked, markedPerson, markersOf, openDoors } from './marked-people.ts';
import { client, testWorld } from './world.ts';

const log: string[] = [];
const world = await testWorld({ onLog: (line) => log.push(line) });
const restored = await testDatabase({ empty: true });
const pathOf = useFolder();
const ask = client(world, world.tokens.get('native'));
const people: Marked[] = [];

/** Every place in the database where a marker occurs: `table: marker`. Bytes are read as text. */
async function findMarkers({ query }: Pick<TestDatabase, 'query'>): Promise<string[]> {
  const tables = await query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  const markers = people.flatMap(markersOf);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await query<{ row: string }>(`SELECT t::text AS row FROM ${name} AS t`);
    const text = rows
      .map(({ row }) => asText(row))
      .join('\n')
      .toLowerCase();
    for (const marker of markers) if (text.includes(marker)) found.push(`${name}: ${marker}`);
  }
  return found;
}

function asText(row: string): string {
  const bytes = row.replace(/\\\\?x([0-9a-f]{8,})/g, (_, hex: string) => {
    const body = Buffer.from(hex, 'hex');
    return (hex.startsWith('1f8b') ? gunzipSync(body) : body).toString('utf8');
  });
  return foldDigits(
    bytes.replace(/\\+u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );
}

async function whileIndexing(): Promise<void> {
  await expect.poll(() => world.query('SELECT 1 FROM index_queue'), { timeout: 20_000 }).toEqual([]);
}

test('every way in stores something about a person', { timeout: 120_000 }, async () => {
  const doors = Object.entries(await openDoors(world));
  for (const [at, [name, enter]] of [...doors, ...doors.slice(0, Math.max(0, 30 - doors.length))].entries()) {
    const person = markedPerson(at);
    people.push(person);
    await enter(person);
    const stored = await world.query('SELECT 1 FROM submissions');
    expect(stored.length, name).toBeGreaterThan(0);
  }
  await whileIndexing();
  const found = await findMarkers(world);
  for (const person of people) expect(found.join('\n'), person.name).toContain(person.phone.slice(1));
  await writeBackup({ owner: world.connections.owner, file: pathOf('before'), postgres: '18', now: new Date() });
});

test('once people are erased, nothing about them is left in the database', { timeout: 240_000 }, async () => {
  for (const [at, { email, phone }] of people.entries())
    expect((await ask('POST', '/erasures', at % 2 === 0 ? { email, phone } : { phone })).status).toBe(202);
  await world.parts.jobs.runDue();
  await whileIndexing();
  expect(await findMarkers(world)).toEqual([]);
  expect((await ask('GET', '/leads?q=quark')).body.data).toEqual([]);
  const { data } = (await ask('GET', '/erasures?limit=200')).body;
  expect(data.map(({ state }: { state: string }) => state)).toEqual(people.map(() => 'done'));
  const [kept] = (await ask('GET', '/leads?q=somebody')).body.data;
  expect(kept).toMatchObject({ name: 'Somebody Else', description: 'Knows [erased]' });
});

// Skipped on an external PostgreSQL: what that logs is up to whoever runs it.
test.skipIf(process.env['TEST_POSTGRES'])(
  'the logs of the server and of PostgreSQL name nobody, however much they log',
  async () => {
    const files = join(dirname(inject('testCluster').superuser.host ?? ''), 'postgres', 'log');
    const database = await Promise.all((await readdir(files)).map((name) => readFile(join(files, name), 'utf8')));
    const text = [...log, ...database].join('\n').toLowerCase();
    expect(database.join()).toContain('database system is ready');
    expect(people.flatMap(markersOf).filter((marker) => text.includes(marker))).toEqual([]);
  },
);

test('restoring an older backup repeats the erasures recorded outside it', { timeout: 240_000 }, async () => {
  const owner = await openDatabase(world.connections.owner, { size: 1, asOwner: true });
  await addMissing(owner, pathOf('erasures.jsonl'));
  await owner.close();
  const file = (await readFile(pathOf('erasures.jsonl'), 'utf8')).toLowerCase();
  expect(people.flatMap(markersOf).filter((marker) => file.includes(marker))).toEqual([]);
  await restored.db.close();
  await restoreBackup(pathOf('before'), targetOf(restored), { force: true });
  expect((await findMarkers(restored)).length).toBeGreaterThan(people.length);
  const [again, app] = await Promise.all([
    openDatabase(restored.connections.owner, { size: 1, asOwner: true }),
    openDatabase(restored.connections.app, { size: 1 }),
  ]);
  const options = { owner: again, app, files: [pathOf('erasures.jsonl')] as [string], warn: () => {} };
  expect(await reconcileErasures({ ...options, now: new Date() })).toBe(people.length);
  expect(await findMarkers(restored)).toEqual([]);
  expect(await reconcileErasures({ ...options, now: new Date() })).toBe(0);
  await Promise.all([again.close(), app.close()]);
});

test('every table is searched, deleted with its lead, or known to hold no personal data', async () => {
  const tables = await world.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND NOT c.relispartition ORDER BY 1`,
  );
  const known = new Set<string>([
    'submissions',
    'replays',
    ...searchedTables.map(({ table }) => table),
    ...deletedWithLead,
    ...Object.keys(withoutPeople),
  ]);
  expect(tables.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});

test('every text column of the searched tables is searched, or known to hold no personal data', async () => {
  const columns = await world.query<{ table: string; name: string }>(
    `SELECT table_name AS table, column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type IN ('text', 'json', 'jsonb', 'character varying', 'ARRAY')`,
  );
  const missed = searchedTables.flatMap(({ table, key, columns: searched }) => {
    const known = [...key, ...searched].map(([name]) => name).concat(withoutMentions[table] ?? []);
    return columns
      .filter((one) => one.table === table && !known.includes(one.name))
      .map(({ name }) => `${table}.${name}`);
  });
  expect(missed).toEqual([]);
});
