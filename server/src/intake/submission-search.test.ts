import { beforeAll, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';
import { MOST_SEARCHED } from '../journal/submission-list-store.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const now = new Date('2026-03-31T12:00:00Z');
const HOUR = 3_600_000;

/** Stores this many requests, one per millisecond, the newest of which came `hoursAgo` hours ago. */
async function came(many: number, hoursAgo: number, more: { path?: string; outcome?: string; problem?: string } = {}) {
  const { path = '/lead/add', outcome = 'accepted', problem = null } = more;
  await world.query(
    `INSERT INTO submissions (workspace_id, id, dialect, token_id, received_at, address, method, path, query, headers, body, outcome, problem,
       status_code, answer, answer_bytes, took_ms)
     SELECT $1, overlay(uuid_from($2::timestamptz - n * interval '1 ms')::text PLACING right(gen_random_uuid()::text, 12) FROM 25)::uuid,
       'dialler', $3, $2::timestamptz - n * interval '1 ms', '::1', 'POST', $4, '', '{}', NULL, $5, $6, 200, '', 0, 1
     FROM generate_series(1, $7::int) AS n`,
    [world.workspaceId, new Date(now.getTime() - hoursAgo * HOUR), world.ownerId, path, outcome, problem, many],
  );
}

const list = async (query: string) => (await ask('GET', `/submissions?${query}`)).body;

beforeAll(async () => {
  world.setClock(now);
  await came(MOST_SEARCHED, 1);
  await came(10, 2);
  await came(3, 3, { path: '/rare/one' });
  await came(2, 4, { outcome: 'refused', problem: '{"kind":"invalid","issues":[{"at":"type","code":"not_in_list"}]}' });
});

test('a search stops after a limit, says how far it got, and can be continued', async () => {
  const first = await list('path=rare');
  expect(first.data).toEqual([]);
  expect(first.searched_to).toBe(new Date(now.getTime() - HOUR - MOST_SEARCHED).toISOString());
  const second = await list(`path=rare&cursor=${first.next_cursor}`);
  expect(second.data).toHaveLength(3);
  expect(second).toMatchObject({ next_cursor: null, searched_to: null });
});

test('a full page does not report a limited search', async () => {
  const page = await list('path=add&limit=5');
  expect(page.data).toHaveLength(5);
  expect(page.searched_to).toBeNull();
});

test('indexed filters find requests however many others have come since', async () => {
  expect((await list('outcome=refused&field=type')).data).toHaveLength(2);
  expect(await list('problem=not_in_list')).toMatchObject({ searched_to: null, next_cursor: null });
  expect((await list('problem=not_in_list')).data).toHaveLength(2);
});

test('counts say how far back they go', async () => {
  const summary = async (query: string) => (await ask('GET', `/submissions/summary?${query}`)).body;
  const rare = await summary('path=rare');
  expect(rare.all).toBe(0);
  expect(rare.searched_to).toBe(new Date(now.getTime() - HOUR - MOST_SEARCHED).toISOString());
  expect(await summary('path=rare&to=2026-03-31T10:30:00Z')).toMatchObject({ accepted: 3, searched_to: null });
  expect(await summary('')).toMatchObject({
    accepted: 10_000,
    refused: 2,
    searched_to: null,
    visible_leads_only: false,
  });
});

test('a member who sees only some leads is told that refused requests are not included', async () => {
  const manager = await world.member({ role: 'manager', visibility: 'own' });
  const own = client(world, { cookie: await world.signIn(manager) });
  expect((await own('GET', '/submissions/summary')).body).toMatchObject({ visible_leads_only: true, refused: 0 });
});
