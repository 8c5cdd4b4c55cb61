import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backUp, digestsOf, filledStore, targetOf, useFolder } from '../../test/backups.ts';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { aWorkspace, createLead, testIntake } from '../../test/test-intake.ts';
import type { Connection } from '../platform/database/connection.ts';
import { migrate, migrationsFolder, readMigrations } from '../platform/database/migrate.ts';
import { checkBackup } from './read-backup.ts';
import { restoreBackup } from './restore-backup.ts';
import { verify } from './verify.ts';
import { writeBackup } from './write-backup.ts';

const at = useFolder();

async function breachesOf(owner: Connection): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, differences } of verify({ owner })) if (differences > 0) found.push(name);
  return found;
}

test('a backup taken under load is a restorable snapshot with every lead acknowledged before it', async () => {
  const { store, send, close } = await filledStore(40);
  let running = true;
  const arriving = [0, 1, 2].map(async (lane) => {
    for (let number = 1_000 * (lane + 1); running; number += 1) await send(number);
  });
  const { tables } = await backUp(store, at('busy.gz'));
  running = false;
  await Promise.all(arriving);
  await close();

  const fresh = await testDatabase({ empty: true });
  const restored = await restoreBackup(at('busy.gz'), targetOf(fresh));
  expect(restored.tables).toEqual(tables);
  expect(await digestsOf(fresh.connections.owner)).toEqual(tables);
  expect(await breachesOf(fresh.connections.owner)).toEqual([]);
  const kept = await fresh.query<{ name: string }>('SELECT name FROM leads WHERE email ~ $1', ['^ann\\d\\d?@']);
  expect(kept).toHaveLength(40);
  expect((await stat(at('busy.gz'))).mode & 0o777).toBe(0o600);
});

test('a restored database keeps lead numbers, partitions, row-level security and the order of events', async () => {
  const { store, close } = await filledStore(3);
  await store.query("UPDATE event_epochs SET cluster = 'another'");
  await backUp(store, at('goes-on.gz'));
  const fresh = await testDatabase({ empty: true });
  await restoreBackup(at('goes-on.gz'), targetOf(fresh));
  const lists = (of: TestDatabase) =>
    of.query(`SELECT c.relname, c.relforcerowsecurity FROM pg_class c
      WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY 1`);
  expect(await lists(fresh)).toEqual(await lists(store));
  expect(await fresh.query('SELECT count(*)::int FROM submissions_default')).toEqual([{ count: 0 }]);
  // Transactions of this cluster are numbered separately from those of the cluster that was backed up.
  expect(await fresh.query('SELECT cluster = this_cluster() AS here FROM event_epochs ORDER BY epoch')).toEqual([
    { here: false },
    { here: true },
  ]);
  const workspace = await fresh.query<{ workspace_id: string }>('SELECT workspace_id FROM leads LIMIT 1');
  const agentContext = testIntake(fresh.db, fresh.connections.app, workspace[0]?.workspace_id ?? '');
  expect((await agentContext.ask(createLead({ values: { name: 'Bob', email: 'bob@example.com' } }))).number).toBe(4);
  await agentContext.close();
  await close();
});

test('values that JSON or line breaks could corrupt are restored unchanged', async () => {
  const store = await testDatabase();
  const id = '00000000-0000-7000-8000-000000000001';
  await aWorkspace(store.db, store.query);
  await store.query(`SET datestyle = 'SQL, DMY'; SET bytea_output = 'escape'; SET extra_float_digits = 0;
    INSERT INTO events (workspace_id, id, type, payload, created_at)
      SELECT id, '${id}', 'x', E'{"a" :\\n  1.10,\\t"a": "\\u2028"}', 'infinity' FROM workspaces;
    INSERT INTO tokens (workspace_id, id, dialect, name, hash, hint, scopes, expires_at)
      SELECT id, '${id}', '', E'\\r\\n\\t\\\\', decode(repeat('00ff', 16), 'hex'), '', ARRAY['a,"b', NULL, ''], '-infinity' FROM workspaces;
    INSERT INTO audit_log (workspace_id, id, actor, action, detail, at)
      SELECT id, '${id}', '', '', 'null', '2026-03-29 00:59:59.999999+00' FROM workspaces;
    INSERT INTO submissions SELECT id, '${id}', '', NULL, NULL, now(), '', '', '', '', '{}', '', NULL, 'test', '{"n": 1.000}', 1,
      '', 0, NULL, 'NaN' FROM workspaces;
    ALTER TABLE tokens ADD COLUMN gone integer; ALTER TABLE tokens DROP COLUMN gone`);
  await backUp(store, at('odd.gz'));
  const fresh = await testDatabase({ empty: true });
  await restoreBackup(at('odd.gz'), targetOf(fresh));
  const all = (of: TestDatabase) =>
    of.query(`SELECT payload::text, e.created_at::text, t::text AS token, a.detail IS NULL AS no_detail, a::text AS audit, s::text AS submission
      FROM events e, tokens t, audit_log a, submissions s`);
  expect(await all(fresh)).toEqual(await all(store));
});

test('a backup of an older version is restored and then migrated', async () => {
  const old = await testDatabase({ empty: true });
  const all = await readMigrations();
  const fileOf = ({ version, name }: { version: number; name: string }) =>
    `${String(version).padStart(4, '0')}_${name}.sql`;
  const early = at('early');
  await mkdir(early);
  for (const migration of all.slice(0, 3))
    await copyFile(join(migrationsFolder(), fileOf(migration)), join(early, fileOf(migration)));
  await migrate(old.connections.owner, { folder: early });
  await old.query("INSERT INTO workspaces (id, name, folded_name) VALUES (gen_random_uuid(), 'Old', 'old')");
  await backUp(old, at('old.gz'));
  const fresh = await testDatabase({ empty: true });
  const { migrated } = await restoreBackup(at('old.gz'), targetOf(fresh));
  expect(migrated).toEqual(all.slice(3).map((migration) => fileOf(migration).replace('.sql', '')));
  expect(await fresh.query('SELECT name FROM workspaces')).toEqual([{ name: 'Old' }]);
  expect(await fresh.query('SELECT count(*)::int FROM calls')).toEqual([{ count: 0 }]);
});

test('an existing file is overwritten only with --force, and a failed backup leaves no file behind', async () => {
  const store = await testDatabase();
  await writeFile(at('kept.gz'), 'kept');
  await expect(backUp(store, at('kept.gz'))).rejects.toThrow(/--force/);
  expect(await readFile(at('kept.gz'), 'utf8')).toBe('kept');
  await backUp(store, at('kept.gz'), true);
  await checkBackup(at('kept.gz'));
  // It holds everything that the database does, so nobody else on the machine may read it.
  expect((await stat(at('kept.gz'))).mode & 0o777).toBe(0o600);
  const empty = await testDatabase({ empty: true });
  await expect(backUp(empty, at('none.gz'))).rejects.toThrow(/nothing to back up/);
  for (const name of ['none.gz', 'none.gz.partial']) await expect(stat(at(name))).rejects.toThrow(/ENOENT/);
});

test('an interrupted backup leaves no partial file behind', async () => {
  const { store, close } = await filledStore(1);
  await close();
  const signal = AbortSignal.abort(new Error('Interrupted.'));
  const wanted = { owner: store.connections.owner, file: at('cut.gz'), postgres: '18', now: new Date(), signal };
  await expect(writeBackup(wanted)).rejects.toThrow('Interrupted.');
  await expect(stat(at('cut.gz.partial'))).rejects.toThrow(/ENOENT/);
});
