import { expect, test } from 'vitest';
import { everyPage } from '../../test/every-page.ts';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, { cookie: await world.signIn(world.ownerId) });
const many = { status: 'New', source: 'Website', count: 1_200 };

/** Creates leads at intervals of one minute; the newest is `from` minutes old. */
async function bring(status: string, source: string, from: number, count: number) {
  await world.query(
    `INSERT INTO leads (workspace_id, id, number, name, status_id, source_id, created_at, updated_at)
     SELECT $1, uuid_from(now() - make_interval(mins => n)), nextval('lead_numbers'), $4 || ' ' || n, s.id, o.id, now(), now()
     FROM generate_series($2::int, $3::int) AS n, statuses s, sources o
     WHERE s.workspace_id = $1 AND s.name = $4 AND o.workspace_id = $1 AND o.name = $5`,
    [world.workspaceId, from, from + count - 1, status, source],
  );
}

const pagesOf = async (query: string) => (await everyPage(ask, `/leads?${query}`)).map(({ name }) => name);

test('the few leads of a status are found behind many others of a source, and vice versa', async () => {
  await bring('New', many.source, 1, many.count);
  await bring('Won', many.source, 2_000, 3);
  await bring('New', 'Partner', 3_000, 3);
  await bring('Won', 'Partner', 4_000, 3);
  expect(await pagesOf('status=Won&source=Website')).toEqual(['Won 2000', 'Won 2001', 'Won 2002']);
  expect(await pagesOf('status=New&source=Partner')).toEqual(['New 3000', 'New 3001', 'New 3002']);
  expect(await pagesOf('status=Won&source=Website&sort=oldest')).toEqual(['Won 2002', 'Won 2001', 'Won 2000']);
  expect(await pagesOf('status=Lost&source=Website')).toEqual([]);
  const all = await pagesOf('status=New,Won&source=Website,Partner');
  expect(all).toHaveLength(many.count + 9);
  expect(new Set(all).size).toBe(all.length);
});
