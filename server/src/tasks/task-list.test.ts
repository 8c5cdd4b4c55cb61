import { beforeAll, expect, test } from 'vitest';
import { everyPage } from '../../test/every-page.ts';
import { client, testWorld } from '../../test/world.ts';

// Wednesday noon in London, in summer.
const noon = new Date('2026-07-15T11:00:00Z');
const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const names = async (query: string, as = ask) =>
  (await as('GET', `/tasks${query}`)).body.data.map((task: { name: string }) => task.name);

let beth: string;
beforeAll(async () => {
  world.setClock(noon);
  await world.query("UPDATE workspaces SET time_zone = 'Europe/London'");
  await world.parts.changed(world.workspaceId);
  beth = await world.member({ name: 'Beth Lund' });
  const add = (name: string, more: object) => ask('POST', '/tasks', { name, ...more });
  await add('yesterday', { due_at: '2026-07-14T09:00:00Z', assignee: 'Beth Lund' });
  await add('this morning', { due_at: '2026-07-15T08:00:00Z' });
  await add('tonight', { due_at: '2026-07-15T22:30:00Z', category: 'call', assignee: 'Beth Lund' });
  await add('past midnight', { due_at: '2026-07-15T23:30:00Z', category: 'email' });
  await add('some day', {});
  const done = (await add('done', { due_at: '2026-07-15T08:00:00Z' })).body;
  await ask('PATCH', `/tasks/${done.id}`, { done: true });
});

test.each([
  ['?when=overdue', ['yesterday', 'this morning']],
  ['?when=today', ['tonight']],
  ['?when=due', ['yesterday', 'this morning', 'tonight']],
  ['?when=upcoming', ['past midnight', 'some day']],
  ['?when=open', ['yesterday', 'this morning', 'tonight', 'past midnight', 'some day']],
  ['?when=done', ['done']],
  ['?when=open&assignee=Beth%20Lund', ['yesterday', 'tonight']],
  ['?when=open&assignee=none', ['this morning', 'past midnight', 'some day']],
  ['?when=open&assignee=Nobody', []],
  ['?when=open&assignee=me', []],
  ['?category=call', ['tonight']],
  ['?when=open&category=email', ['past midnight']],
])('%s lists %j in the workspace’s time zone', async (query, expected) => {
  expect(await names(query)).toEqual(expected);
});

test('overdue tasks and those due later today are counted', async () => {
  expect((await ask('GET', '/tasks/counts')).body).toEqual({ overdue: 2, today: 1 });
  expect((await ask('GET', '/tasks/counts?assignee=Beth%20Lund')).body).toEqual({ overdue: 1, today: 1 });
  const mine = client(world, { cookie: await world.signIn(beth) });
  expect((await mine('GET', '/tasks/counts?assignee=me')).body).toEqual({ overdue: 1, today: 1 });
  expect(await names('?when=due&assignee=me', mine)).toEqual(['yesterday', 'tonight']);
});

test.each(['open', 'done', undefined])('paging %s tasks misses nothing and repeats nothing', async (when) => {
  const asked = when ? `?when=${when}` : '';
  const all = await names(`${asked || '?'}&limit=200`);
  expect((await everyPage(ask, `/tasks${asked}`)).map(({ name }) => name)).toEqual(all);
});

test('the next page is the same after the last task of a page is postponed', async () => {
  const first = (await ask('GET', '/tasks?when=open&limit=2')).body;
  const last = first.data[1];
  await ask('PATCH', `/tasks/${last.id}`, { snooze: 'monday' });
  const next = (await ask('GET', `/tasks?when=open&limit=2&cursor=${encodeURIComponent(first.next_cursor)}`)).body;
  expect(next.data.map((task: { name: string }) => task.name)).toEqual(['tonight', 'past midnight']);
  await ask('PATCH', `/tasks/${last.id}`, { due_at: last.due_at });
});

test.each(['x', 'after_01h455vb4pex5vsknk084sn02q', 'after_01h455vb4pex5vsknk084sn02q.Zm9v'])(
  'the cursor %s is refused',
  async (cursor) => {
    expect((await ask('GET', `/tasks?when=open&cursor=${cursor}`)).status).toBe(422);
  },
);

test.each([
  ['hour', '2026-07-15T12:00:00.000Z'],
  ['tomorrow', '2026-07-16T09:00:00.000Z'],
  ['monday', '2026-07-20T09:00:00.000Z'],
])('a task snoozed by %s is due at %s', async (snooze, due) => {
  const { body: task } = await ask('POST', '/tasks', { name: 'x', due_at: '2026-07-01T00:00:00Z' });
  expect((await ask('PATCH', `/tasks/${task.id}`, { snooze })).body.due_at).toBe(due);
  await ask('DELETE', `/tasks/${task.id}`);
});

test('a member who sees only their own leads sees their tasks and those of their leads', async () => {
  const own = await world.member({ name: 'Own', visibility: 'own' });
  const mine = client(world, { cookie: await world.signIn(own) });
  const lead = (await ask('POST', '/leads', { name: 'Hers', owner: own })).body;
  const other = (await ask('POST', '/leads', { name: 'Not hers' })).body;
  const at = { due_at: '2026-07-15T21:00:00Z' };
  await ask('POST', '/tasks', { name: 'mine', assignee: own, ...at });
  await ask('POST', '/tasks', { name: 'of my lead', lead_id: lead.id, ...at });
  await ask('POST', '/tasks', { name: 'of another lead', lead_id: other.id, ...at });
  expect((await names('?when=open', mine)).sort()).toEqual(['mine', 'of my lead']);
  expect((await names('', mine)).sort()).toEqual(['mine', 'of my lead']);
  expect((await mine('GET', '/tasks/counts')).body).toEqual({ overdue: 0, today: 2 });
  const { data } = (await mine('GET', '/tasks?when=open')).body;
  for (const { id } of data) await ask('PATCH', `/tasks/${id}`, { done: true });
  expect((await names('?when=done', mine)).sort()).toEqual(['mine', 'of my lead']);
});
