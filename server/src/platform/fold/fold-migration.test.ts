import { expect, test } from 'vitest';
import { client, testWorld } from '../../../test/world.ts';
import { readMigrations } from '../database/migrate.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));

/** Runs the migration again, on rows in the form of the version before it. */
async function foldAnew(): Promise<void> {
  const migration = (await readMigrations()).find(({ name }) => name === 'one_folding');
  // The migration recreates this index, which a later migration has dropped.
  await world.query(
    `BEGIN; CREATE INDEX deals_by_name ON deals (name); ${migration?.sql} DROP INDEX deals_by_name; COMMIT`,
  );
}

test('rows of older databases are folded again, and rows that now collide become possible duplicates', async () => {
  const emails = ['info@müller-shop.de', 'x@one.example', 'x@two.example', 'x@three.example'];
  for (const email of emails) await ask('POST', '/leads', { name: 'ΓΙΩΡΓΟΣ', email });
  const owners = await world.query<{ lead_id: string }>('SELECT lead_id FROM lead_keys ORDER BY lead_id');
  const [müller, first, second, chinese] = owners.map((row) => row.lead_id);
  await world.parts.indexer.run();
  await world.query("UPDATE lead_search SET text = 'γιωργος old'");
  const old: [string, string][] = [
    ['info@xn--mller-shop-9db.de', 'info@müller-shop.de'],
    ['x@one.example', 'ann@example.com\ufe0f'],
    ['x@two.example', '\u200eann@example.com'],
    ['x@three.example', '用户@例子.测试'],
  ];
  for (const [now, before] of old) await world.query('UPDATE lead_keys SET value = $2 WHERE value = $1', [now, before]);
  await world.query(`UPDATE sources SET name = 'Bücher', folded_name = 'bücher\u200b' WHERE name = 'Website'`);
  await world.query(`INSERT INTO sources (workspace_id, id, name, folded_name)
    SELECT workspace_id, gen_random_uuid(), 'BÜCHER\u200b', 'bu\u0308cher' FROM sources WHERE name = 'Bücher'`);
  await foldAnew();

  const keys = await world.query(`SELECT value, lead_id FROM lead_keys WHERE kind = 'email' ORDER BY value`);
  expect(keys).toEqual([
    { value: 'ann@example.com', lead_id: first },
    { value: 'info@xn--mller-shop-9db.de', lead_id: müller },
    { value: '用户@xn--fsqu00a.xn--0zwm56d', lead_id: chinese },
  ]);
  expect(await world.query('SELECT value, lead_id FROM lead_twins')).toEqual([
    { value: 'ann@example.com', lead_id: second },
  ]);
  expect(await world.query('SELECT DISTINCT fold_text(text) = text AS folded FROM lead_search')).toEqual([
    { folded: true },
  ]);
  expect((await ask('GET', '/leads?q=%CE%93%CE%99%CE%A9%CE%A1%CE%93%CE%9F%CE%A3')).body.data).toHaveLength(4);
  const names = await world.query(`SELECT folded_name FROM sources WHERE name ILIKE 'b_cher%' ORDER BY 1`);
  expect(names).toEqual([{ folded_name: 'bu\u0308cher' }, { folded_name: 'bücher' }]);
});

test('members, waiting names and workspaces are folded again, and no member loses a name to another', async () => {
  const forms = (ids: readonly string[]) =>
    world.query('SELECT folded_email, folded_username FROM members WHERE id = ANY ($1) ORDER BY id', [ids]);
  const older = await world.member();
  const newer = await world.member();
  await world.query(
    `UPDATE members SET email = 'ΓΙΩΡΓΟΣ@example.com', folded_email = id || 'γιωργος@example.com',
       username = 'ΓΙΩΡΓΟΣ', folded_username = id || 'γιωργος' WHERE id = ANY ($1)`,
    [[older, newer]],
  );
  await world.query(`UPDATE workspaces SET name = 'ΟΔΟΣ', folded_name = 'οδος'`);
  await world.query(
    `INSERT INTO waiting_names (workspace_id, id, kind, name, folded_name, dialect, first_at)
     VALUES ($1, gen_random_uuid(), 'source', 'ΟΔΟΣ', 'οδος', 'native', now())`,
    [world.workspaceId],
  );
  await foldAnew();

  expect(await forms([older, newer])).toEqual([
    { folded_email: 'γιωργοσ@example.com', folded_username: 'γιωργοσ' },
    { folded_email: `${newer}γιωργος@example.com`, folded_username: `${newer}γιωργος` },
  ]);
  for (const table of ['workspaces', 'waiting_names'])
    expect(await world.query(`SELECT DISTINCT folded_name FROM ${table}`)).toEqual([{ folded_name: 'οδοσ' }]);
});

test('a lead’s second address stays its second one when its form changes', async () => {
  await ask('POST', '/leads', { name: 'Lea', email: 'lea@example.com' });
  const [lead] = await world.query<{ lead_id: string }>(
    `SELECT lead_id FROM lead_keys WHERE value = 'lea@example.com'`,
  );
  await world.query(
    `INSERT INTO lead_twins (workspace_id, kind, value, lead_id, is_second)
     VALUES ($1, 'email', 'second@müller.example', $2, true)`,
    [world.workspaceId, lead?.lead_id],
  );
  await foldAnew();

  const second = 'second@xn--mller-kva.example';
  expect(await world.query('SELECT is_second FROM lead_twins WHERE value = $1', [second])).toEqual([
    { is_second: true },
  ]);
  expect(await world.query('SELECT 1 FROM lead_keys WHERE value = $1', [second])).toEqual([]);
});
