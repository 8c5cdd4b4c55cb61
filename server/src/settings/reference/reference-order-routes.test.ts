import { beforeAll, expect, test } from 'vitest';
import { client, fieldsAtFault, testWorld, type World } from '../../../test/world.ts';

let world: World;
let ask: ReturnType<typeof client>;

beforeAll(async () => {
  world = await testWorld();
  ask = client(world, { cookie: await world.signIn(world.ownerId) });
});

interface Item {
  id: string;
  name: string;
}
const items = async (path: string): Promise<Item[]> => (await ask('GET', path)).body.data;
const make = async (name: string, more: object = {}) => (await ask('POST', '/statuses', { name, ...more })).body.id;

test('statuses and lists are put in order, and items that are not named come last', async () => {
  for (const path of ['/statuses', '/reference/deal_stage', '/lead-types']) {
    const before = await items(path);
    const last = before.at(-1) as Item;
    const put = await ask('PUT', `${path}/order`, { ids: [last.id] });
    const wanted = [last, ...before.slice(0, -1)].map(({ name }) => name);
    expect(put.body.data.map(({ name }: Item) => name)).toEqual(wanted);
    expect((await items(path)).map(({ name }) => name)).toEqual(wanted);
  }
  const foreign = await ask('PUT', '/statuses/order', { ids: [world.ownerId] });
  expect(fieldsAtFault(foreign)).toEqual(['ids unknown_reference']);
});

test('a status has a colour and a number of days until its leads are idle', async () => {
  const made = await ask('POST', '/statuses', { name: 'Looks', colour: 'proposal', idle_days: 3 });
  expect(made.body).toMatchObject({ colour: 'proposal', idle_days: 3 });
  expect((await ask('PATCH', `/statuses/${made.body.id}`, { idle_days: null })).body.idle_days).toBe(null);
  expect((await ask('PATCH', `/statuses/${made.body.id}`, { colour: '#ff0000' })).status).toBe(422);
});

test('the uses of each status are counted', async () => {
  const id = await make('Counted');
  await ask('POST', '/leads', { name: 'One', status: 'Counted' });
  await ask('POST', '/leads', { name: 'Two', status: 'Counted' });
  const { body } = await ask('GET', '/statuses/usage');
  expect(body.data).toContainEqual({ id, leads: 2 });
});

test('a status in use can be deleted by moving its leads, whose timelines say so', async () => {
  const id = await make('Going');
  const to = await make('Staying');
  const lead = (await ask('POST', '/leads', { name: 'Mover', status: 'Going' })).body;
  const refused = await ask('DELETE', `/statuses/${id}`);
  expect([refused.status, refused.body.type]).toEqual([409, '/problems/in_use']);
  expect(refused.body.detail).toContain('1 lead has this status');
  expect(fieldsAtFault(await ask('DELETE', `/statuses/${id}?move_to=${id}`))).toEqual(['move_to unknown_reference']);
  expect((await ask('DELETE', `/statuses/${id}?move_to=${to}`)).status).toBe(204);
  expect((await ask('GET', `/leads/${lead.id}`)).body.status).toBe('Staying');
  const rows = await world.query<{ kind: string; reason: string }>('SELECT kind, reason FROM activities ORDER BY id');
  expect(rows.at(-1)).toEqual({ kind: 'status_changed', reason: 'The status Going was removed.' });
});

test('a status with many leads is removed by a job', async () => {
  const id = await make('Crowded');
  const to = await make('Roomy');
  await ask('POST', '/leads', { name: 'First', status: 'Crowded' });
  await world.query(
    `INSERT INTO leads (workspace_id, id, number, name, status_id, created_at, updated_at)
     SELECT $1, gen_random_uuid(), 900000 + n, 'Lead ' || n, $2, now(), now() FROM generate_series(1, 250) AS n`,
    [world.workspaceId, id],
  );
  const { status, body } = await ask('DELETE', `/statuses/${id}?move_to=${to}`);
  expect([status, body.total]).toEqual([202, 251]);
  await world.parts.jobs.runDue();
  expect((await ask('GET', `/jobs/${body.id}`)).body).toMatchObject({ state: 'done', done: 251 });
  expect((await items('/statuses')).map(({ name }) => name)).not.toContain('Crowded');
  const uses = (await ask('GET', '/statuses/usage')).body.data;
  expect(uses).toContainEqual({ id: to, leads: 251 });
});

test('custom fields with a similar name are found', async () => {
  await ask('POST', '/custom-fields', { name: 'Roof size' });
  const similar = async (name: string) =>
    (await ask('GET', `/custom-fields/similar?name=${encodeURIComponent(name)}`)).body.data;
  expect(await similar('roof-sizes')).toEqual([{ name: 'Roof size', custom: true }]);
  expect(await similar('Job titles')).toEqual([{ name: 'Job title', custom: false }]);
  await ask('POST', '/leads', { name: 'x', custom: { 'Roof size': '4' } });
  expect((await ask('GET', '/custom-fields/usage')).body.data).toEqual([{ name: 'Roof size', leads: 1 }]);
});

test('an administrator sees the state of the server; others do not', async () => {
  const { body } = await ask('GET', '/system');
  expect(body.database.version).toMatch(/^\d+/);
  expect(body.database.bytes).toBeGreaterThan(0);
  expect(body.settings.map(({ name }: { name: string }) => name)).toContain('PORT');
  const agent = client(world, { cookie: await world.signIn(await world.member({ role: 'agent' })) });
  expect((await agent('GET', '/system')).status).toBe(403);
});

test('the member who gets the next lead of a department is known in advance', async () => {
  const second = await world.member({ name: 'Sam Second' });
  const { body } = await ask('POST', '/departments', { name: 'Turns', member_ids: [world.ownerId, second] });
  const next = async () =>
    (await ask('GET', '/departments/next')).body.data.find(({ id }: Item) => id === body.id).member_id;
  expect(await next()).toBe(world.ownerId);
  expect((await ask('POST', '/leads', { name: 'x', department: 'Turns' })).body.owner).toBe('Olive Owner');
  expect(await next()).toBe(second);
});
