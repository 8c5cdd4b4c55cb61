import { beforeAll, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

// A Wednesday.
const noon = new Date('2026-11-18T12:00:00Z');
const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
let mine: ReturnType<typeof client>;
let me: string;

const newLead = async (body: object) => (await ask('POST', '/leads', { owner: me, ...body })).body;

beforeAll(async () => {
  world.setClock(noon);
  me = await world.member({ name: 'Annie', visibility: 'own' });
  mine = client(world, { cookie: await world.signIn(me) });
});

test('My day is not available to a token', async () => {
  expect((await ask('GET', '/my-day')).status).toBe(403);
});

test('a day with nothing to do is empty', async () => {
  const { body } = await mine('GET', '/my-day');
  for (const list of ['overdue', 'today', 'callbacks', 'waiting', 'unplanned', 'closing'])
    expect(body[list]).toEqual({ count: 0, data: [] });
  expect(body).toMatchObject({ date: '2026-11-18', achieved: { calls: 0, reached: 0, wins: 0, won_sum: 0 } });
});

test('My day shows the member’s own work for today', async () => {
  const ann = await newLead({ name: 'Ann' });
  const ben = await newLead({ name: 'Ben', phone: '+447700900123', call: { delay_seconds: 60 } });
  await newLead({ name: 'Won already', status: 'Won' });
  await ask('POST', '/leads', { name: 'Not mine' });
  await world.query('UPDATE calls SET callback = true');
  const task = (name: string, due_at: string, more = {}) =>
    ask('POST', '/tasks', { name, due_at, assignee: me, ...more });
  await task('late', '2026-11-18T11:59:00Z', { lead_id: ann.id });
  await task('later', '2026-11-18T20:00:00Z');
  await task('tomorrow', '2026-11-19T10:00:00Z');
  await task('not mine', '2026-11-18T11:59:00Z', { assignee: null });
  const deal = (name: string, more: object) => ask('POST', `/leads/${ann.id}/deals`, { name, owner: me, ...more });
  await deal('this Sunday', { end_date: '2026-11-22' });
  await deal('long ago', { end_date: '2026-01-01' });
  await deal('next Monday', { end_date: '2026-11-23' });
  await deal('no date', {});
  await deal('won', { stage: 'Won', amount: 99.5 });

  const { body } = await mine('GET', '/my-day');
  const shown = (list: string, field = 'name') => body[list].data.map((row: Record<string, unknown>) => row[field]);
  expect(shown('overdue')).toEqual(['late']);
  expect(shown('today')).toEqual(['later']);
  expect(shown('callbacks', 'lead_name')).toEqual(['Ben']);
  expect(shown('waiting')).toEqual(['Ben', 'Ann']);
  expect(shown('unplanned')).toEqual([]);
  expect(shown('closing')).toEqual(['long ago', 'this Sunday']);
  expect(body.achieved).toMatchObject({ wins: 1, won_sum: 99.5 });

  await ask('PATCH', `/tasks/${body.overdue.data[0].id}`, { done: true });
  await mine('PATCH', `/leads/${ben.id}`, { status: 'Contacted' });
  const after = (await mine('GET', '/my-day')).body;
  expect(after.unplanned.data).toMatchObject([{ name: 'Ann', status: 'New' }]);
  expect(after.waiting.data).toMatchObject([{ name: 'Ann' }]);
});

test('a long list shows twenty entries and counts up to a hundred', async () => {
  const busy = await world.member({ name: 'Busy' });
  await world.database.tx(world.workspaceId, (tx) =>
    tx.query(
      `INSERT INTO tasks (workspace_id, id, name, category, due_at, assignee_id, actor, created_at, updated_at)
       SELECT $1, gen_random_uuid(), 'x', 'normal', $3, $2, 'system', $3, $3 FROM generate_series(1, 130)`,
      [world.workspaceId, busy, new Date('2026-11-17T00:00:00Z')],
    ),
  );
  const { body } = await client(world, { cookie: await world.signIn(busy) })('GET', '/my-day');
  expect([body.overdue.count, body.overdue.data.length]).toEqual([100, 20]);
});
