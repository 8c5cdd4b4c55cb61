import { beforeAll, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
let agent: ReturnType<typeof client>;
let other: ReturnType<typeof client>;
let manager: ReturnType<typeof client>;

beforeAll(async () => {
  const as = async (role: 'agent' | 'manager', name: string) =>
    client(world, { cookie: await world.signIn(await world.member({ role, name })) });
  agent = await as('agent', 'Annie');
  other = await as('agent', 'Otto');
  manager = await as('manager', 'Mia');
});

const names = async (who: typeof agent) =>
  (await who('GET', '/views')).body.data.map((view: { name: string }) => view.name);
const first = ['My open', 'Unassigned', 'Waiting > 5 min', 'Callbacks due', 'New today', 'Enquired again'];

test('a new workspace has default views, each with a valid query', async () => {
  const { data } = (await agent('GET', '/views')).body;
  expect(data.map((view: { name: string }) => view.name)).toEqual(first);
  for (const view of data) expect((await agent('GET', `/leads?${view.query}`)).status).toBe(200);
});

test('a view is private unless a manager shares it with everyone', async () => {
  const mine = await agent('POST', '/views', { name: 'Mine', query: '?owner=me&sort=next_step' });
  expect([mine.status, mine.body]).toMatchObject([
    201,
    { audience: 'me', query: 'owner=me&sort=next_step', may_change: true },
  ]);
  expect(await names(other)).toEqual(first);
  expect((await agent('POST', '/views', { name: 'Ours', query: '', audience: 'all' })).status).toBe(403);
  expect((await agent('PATCH', `/views/${mine.body.id}`, { audience: 'team' })).status).toBe(403);
  expect((await manager('PATCH', `/views/${mine.body.id}`, { name: 'Not hers' })).status).toBe(404);
  await manager('POST', '/views', { name: 'Ours', query: 'state=new', audience: 'all' });
  expect(await names(other)).toEqual([...first, 'Ours']);
  expect(await names(agent)).toEqual([...first, 'Mine', 'Ours']);
});

test('team views are visible in the departments of their creator', async () => {
  const lead = await world.member({ role: 'manager', name: 'Tilda' });
  const mate = await world.member({ name: 'Mate' });
  const [sales] = await world.query<{ id: string }>(`SELECT id FROM departments WHERE name = 'Sales'`);
  for (const member of [lead, mate])
    await world.query(
      `INSERT INTO department_members (workspace_id, department_id, member_id, position) VALUES ($1, $2, $3, 1)`,
      [world.workspaceId, sales?.id, member],
    );
  await world.parts.changed(world.workspaceId);
  const tilda = client(world, { cookie: await world.signIn(lead) });
  const { id } = (await tilda('POST', '/views', { name: 'Team', query: 'state=open', audience: 'team' })).body;
  expect(await names(client(world, { cookie: await world.signIn(mate) }))).toContain('Team');
  expect(await names(other)).not.toContain('Team');
  expect((await other('PUT', `/views/${id}/pin`)).status).toBe(404);
  expect((await other('POST', `/views/${id}/use`)).status).toBe(404);
});

test('a view is changed, used and removed', async () => {
  const { id } = (await agent('POST', '/views', { name: 'Passing', query: 'state=new' })).body;
  const changed = (await agent('PATCH', `/views/${id}`, { name: ' Renamed ', query: 'state=open', position: 9 })).body;
  expect(changed).toMatchObject({ name: 'Renamed', query: 'state=open', position: 9, last_used_at: null });
  expect((await agent('POST', `/views/${id}/use`)).status).toBe(204);
  const { data } = (await agent('GET', '/views')).body;
  expect(data.find((view: { id: string }) => view.id === id).last_used_at).not.toBeNull();
  expect((await other('DELETE', `/views/${id}`)).status).toBe(404);
  expect((await agent('DELETE', `/views/${id}`)).status).toBe(204);
  expect(await names(agent)).not.toContain('Renamed');
});

test.each([
  [{ name: 'x', query: 'nonsense=1' }, 'query.nonsense'],
  [{ name: 'x', query: 'waiting=soon' }, 'query.waiting'],
  [{ name: 'x', query: 'lacks=phone,shoes' }, 'query.lacks'],
  [{ name: 'x', query: 'state=asleep' }, 'query.state'],
  [{ name: ' ', query: '' }, 'name'],
])('%o is refused with the name of the field', async (body, field) => {
  const reply = await agent('POST', '/views', body);
  expect([reply.status, reply.body.errors[0].field]).toEqual([422, field]);
});

test('a view stores filters for missing values, dialects and custom fields', async () => {
  const query = 'dialect=getlead&lacks=phone%2Cowner&custom=Colour%3Dred%26Size%3D';
  const made = await agent('POST', '/views', { name: 'Rare', query });
  expect([made.status, made.body.query]).toEqual([201, query]);
  expect((await agent('GET', `/leads?${query}`)).status).toBe(200);
  await agent('DELETE', `/views/${made.body.id}`);
});

test('pinned views come first in the order of pinning, for their member alone', async () => {
  const { data } = (await agent('GET', '/views')).body;
  const idOf = (name: string) => data.find((view: { name: string }) => view.name === name).id;
  const usual = await names(agent);
  for (const name of ['New today', 'Unassigned', 'New today'])
    expect((await agent('PUT', `/views/${idOf(name)}/pin`)).status).toBe(204);
  expect((await names(agent)).slice(0, 3)).toEqual(['New today', 'Unassigned', 'My open']);
  expect((await agent('GET', '/views')).body.data.map((view: { pinned: boolean }) => view.pinned).slice(0, 3)).toEqual([
    true,
    true,
    false,
  ]);
  expect((await names(other))[0]).toBe('My open');
  expect((await agent('DELETE', `/views/${idOf('New today')}/pin`)).status).toBe(204);
  expect((await names(agent))[0]).toBe('Unassigned');
  await agent('DELETE', `/views/${idOf('Unassigned')}/pin`);
  expect(await names(agent)).toEqual(usual);
  expect((await agent('PUT', '/views/view_01h455vb4pex5vsknk084sn02q/pin')).status).toBe(404);
  expect((await client(world, world.tokens.get('native'))('PUT', `/views/${idOf('Unassigned')}/pin`)).status).toBe(403);
});

test('a report is saved with its period and filters, privately or for everyone, renamed and deleted', async () => {
  const manager = client(world, { cookie: await world.signIn(await world.member({ role: 'manager' })) });
  const other = client(world, { cookie: await world.signIn(await world.member({ role: 'manager' })) });
  const agent = client(world, { cookie: await world.signIn(await world.member({ role: 'agent' })) });
  const saved = { name: 'Quarter', query: 'range=quarter&owner=none&compare=previous', screen: 'reports' };
  const own = (await manager('POST', '/views', saved)).body;
  const shared = (await manager('POST', '/views', { ...saved, name: 'Our figures', audience: 'all' })).body;
  const namesFor = async (who: typeof manager, query = '?screen=reports') =>
    (await who('GET', `/views${query}`)).body.data.map(({ name }: { name: string }) => name);
  expect(await namesFor(manager)).toEqual(['Quarter', 'Our figures']);
  expect(await namesFor(other)).toEqual(['Our figures']);
  expect(await namesFor(manager, '')).not.toContain('Our figures');
  expect((await agent('GET', '/views?screen=reports')).status).toBe(403);
  expect((await agent('POST', '/views', saved)).status).toBe(403);
  expect((await agent('PUT', `/views/${shared.id}/pin`)).status).toBe(404);
  expect((await manager('GET', `/calls/list?view=${shared.id}`)).status).toBe(404);

  const refused = await manager('POST', '/views', { ...saved, query: 'range=decade&state=open' });
  expect(refused.status).toBe(422);
  expect(JSON.stringify(refused.body.errors)).toMatch(/query.range.*query.state|query.state.*query.range/);
  expect((await manager('PATCH', `/views/${own.id}`, { query: 'state=open' })).status).toBe(422);
  const renamed = await manager('PATCH', `/views/${own.id}`, { name: 'Last quarter', query: 'from=2026-01-01' });
  expect(renamed.body).toMatchObject({ name: 'Last quarter', query: 'from=2026-01-01', screen: 'reports' });
  expect((await manager('DELETE', `/views/${own.id}`)).status).toBe(204);
  expect(await namesFor(manager)).toEqual(['Our figures']);
});
