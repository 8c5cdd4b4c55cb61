import { beforeAll, expect, test } from 'vitest';
import { everyPage } from '../../test/every-page.ts';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const NOON = new Date('2031-03-12T12:00:00Z');
const ids = new Map<string, string>();
let annie: string;

/** Names of the leads that a filter finds, in the order of the response. */
async function found(query: string, as = ask): Promise<string[]> {
  const reply = await as('GET', `/leads?${query}`);
  expect([reply.status, reply.text]).toEqual([200, expect.any(String)]);
  return reply.body.data.map((lead: { name: string }) => lead.name);
}

async function lead(name: string, at: string, body: object = {}): Promise<void> {
  world.setClock(new Date(at));
  ids.set(name, (await ask('POST', '/leads', { name, ...body })).body.id);
}

const task = (name: string, due_at: string, category = 'normal') =>
  ask('POST', `/leads/${ids.get(name)}/tasks`, { name: 'Next', due_at, category });

const fields = {
  Old: { Colour: 'Red', 'Size, in m': '10' },
  Monday: { Colour: 'dark red' },
  Morning: { Colour: 'BLUE', 'Size, in m': '10,5' },
};
const custom = (conditions: Record<string, string>) =>
  `custom=${encodeURIComponent(`${new URLSearchParams(conditions)}`)}`;

beforeAll(async () => {
  annie = await world.member({ name: 'Annie Agent' });
  await lead('Old', '2031-01-01T10:00:00Z', { status: 'Lost', lost_reason: 'Price', target_amount: 10 });
  await lead('Monday', '2031-03-10T10:00:00Z', { owner: annie, department: 'Sales', target_amount: 500 });
  await lead('Morning', '2031-03-12T08:00:00Z', { status: 'Contacted', type: 'Support' });
  await lead('Fresh', '2031-03-12T11:58:00Z', { source: 'Fair, Leeds' });
  world.setClock(NOON);
  for (const [name, custom] of Object.entries(fields)) await ask('PATCH', `/leads/${ids.get(name)}`, { custom });
  await task('Monday', '2031-03-12T16:00:00Z');
  await task('Morning', '2031-03-11T09:00:00Z');
  await world.parts.indexer.run();
});

test.each([
  ['state=new', ['Fresh', 'Monday']],
  ['state=open,lost', ['Morning', 'Old']],
  ['status=Contacted,Lost', ['Morning', 'Old']],
  ['source=Fair, Leeds', ['Fresh']],
  ['source=Nowhere', []],
  ['owner=none', ['Fresh', 'Morning', 'Old']],
  ['owner=Annie Agent,none&state=new', ['Fresh', 'Monday']],
  ['owner=me', []],
  ['department=Sales', ['Monday']],
  ['type=Support&state=open', ['Morning']],
  ['created=today', ['Fresh', 'Morning']],
  ['created=7d', ['Fresh', 'Morning', 'Monday']],
  ['created_from=2031-03-10&created_to=2031-03-11', ['Monday']],
  ['created_to=2031-03-12T09:00:00Z', ['Morning', 'Monday', 'Old']],
  ['waiting=5', ['Morning', 'Monday']],
  ['next=overdue', ['Morning']],
  ['next=today', ['Monday']],
  ['next=planned', ['Morning', 'Monday']],
  ['next=none', ['Fresh', 'Old']],
  ['next=callback', []],
  ['amount_from=10&amount_to=499', ['Old']],
  ['sort=oldest', ['Old', 'Monday', 'Morning', 'Fresh']],
  ['sort=next_step', ['Morning', 'Monday', 'Fresh', 'Old']],
  ['q=mo', ['Morning', 'Monday']],
  ['q=mon&next=today', ['Monday']],
  ['lacks=owner', ['Fresh', 'Morning', 'Old']],
  ['lacks=owner,type', ['Fresh', 'Old']],
  ['lacks=owner&owner=Annie Agent', []],
  ['lacks=next_step', ['Fresh', 'Old']],
  ['lacks=next_step&next=planned', []],
  ['lacks=amount', ['Fresh', 'Morning']],
  ['lacks=name', []],
  ['lacks=phone&sort=oldest', ['Old', 'Monday', 'Morning', 'Fresh']],
  ['lacks=owner&sort=next_step', ['Morning', 'Fresh', 'Old']],
  ['dialect=native', ['Fresh', 'Morning', 'Monday', 'Old']],
  ['dialect=getlead,dialler', []],
  ['custom=Colour%3Dred', ['Old']],
  ['custom=Colour=red', ['Old']],
  [custom({ Colour: 'Blue, red' }), ['Morning', 'Old']],
  [custom({ Colour: '' }), ['Fresh']],
  [custom({ Colour: 'red,blue', 'Size, in m': '10,5' }), ['Morning', 'Old']],
  [custom({ 'Size, in m': '10.5' }), []],
  [custom({ 'Size, in m': '', lacks: '' }), []],
  [custom({ Unknown: 'x' }), []],
  [`${custom({ Colour: 'blue' })}&q=mo`, ['Morning']],
])('%s', async (query, names) => {
  expect(await found(query)).toEqual(names);
  const { sort: _, ...asked } = Object.fromEntries(new URLSearchParams(query));
  const count = await ask('GET', `/leads/count?${new URLSearchParams(asked)}`);
  expect(count.body).toEqual({ count: names.length, exact: true });
});

test.each(['sort=oldest', 'sort=next_step', 'created_to=2031-03-13', 'q=o', 'next=planned'])(
  'pages of %s follow each other without a gap',
  async (query) => {
    const seen = (await everyPage(ask, `/leads?${query}`, 1)).map(({ name }) => name);
    expect(seen).toEqual(await found(query));
  },
);

test.each([
  ['state=new,nonsense', 'state'],
  ['lacks=owner,shoes', 'lacks'],
  [custom(Object.fromEntries([...'abcdefghijk'].map((name) => [name, 'x']))), 'custom'],
  ['created_from=soon', 'created_from'],
  ['created=1y', 'created'],
  ['next=maybe', 'next'],
  ['cursor=after_01h455vb4pex5vsknk084sn02q.eA', 'cursor'],
])('?%s is refused with the name of the parameter', async (query, field) => {
  const reply = await ask('GET', `/leads?${query}`);
  expect([reply.status, reply.body.errors[0].field]).toEqual([422, field]);
});

test('members find only the leads they may see: their own, or those of their departments too', async () => {
  const own = await world.member({ name: 'Own Olga', visibility: 'own' });
  const olga = client(world, { cookie: await world.signIn(own) });
  expect(await found('', olga)).toEqual([]);
  await ask('PATCH', `/leads/${ids.get('Old')}`, { owner: own });
  expect(await found('', olga)).toEqual(['Old']);
  expect(await found('owner=me', olga)).toEqual(['Old']);
  expect(await found('q=monday', olga)).toEqual([]);
  expect(await found('q=old', olga)).toEqual(['Old']);
  expect((await olga('GET', '/leads/count')).body).toEqual({ count: 1, exact: true });
  const [sales] = await world.query<{ id: string }>(`SELECT id FROM departments WHERE name = 'Sales'`);
  await world.query(
    `INSERT INTO department_members (workspace_id, department_id, member_id, position) VALUES ($1, $2, $3, 1)`,
    [world.workspaceId, sales?.id, own],
  );
  await world.query(`UPDATE members SET sees = 'team' WHERE id = $1`, [own]);
  await world.parts.changed(world.workspaceId);
  expect(await found('', olga)).toEqual(['Monday', 'Old']);
  expect(await found('sort=next_step', olga)).toEqual(['Monday', 'Old']);
});

test('leads that arrived after a given one are counted', async () => {
  expect((await ask('GET', `/leads/count?after=${ids.get('Monday')}`)).body).toEqual({ count: 2, exact: true });
  expect((await ask('GET', `/leads/count?after=${ids.get('Monday')}&status=Contacted`)).body.count).toBe(1);
  expect((await ask('GET', '/leads/count?after=x')).status).toBe(422);
});

test('a phone is found by any part in any form, and displayed in the usual format', async () => {
  const made = (await ask('POST', '/leads', { name: 'Rahul', phone: '+91 98959 12345' })).body;
  expect(made.phone_display).toBe('+91 98959 12345');
  for (const q of ['98959 12345', '9895912345', '+91 (98959) 12345', '00919895912345', '59123', made.id])
    expect(await found(`q=${encodeURIComponent(q)}`), q).toEqual(['Rahul']);
  const home = (await ask('POST', '/leads', { name: 'Home', phone: '07802 566390' })).body;
  expect(home.phone_display).toBe('07802 566390');
  for (const q of ['07802 566390', '+44 (0)7802 566390', '447802'])
    expect(await found(`q=${encodeURIComponent(q)}`), q).toEqual(['Home']);
});

test('a change based on an older version is refused', async () => {
  const id = ids.get('Fresh');
  const read = await ask('GET', `/leads/${id}`);
  expect(read.headers['etag']).toBe(`"${read.body.version}"`);
  const tag = { 'if-match': String(read.headers['etag']) };
  const first = await ask('PATCH', `/leads/${id}`, { city: 'Leeds' }, tag);
  expect([first.status, first.headers['etag']]).toEqual([200, `"${read.body.version + 1}"`]);
  const second = await ask('PATCH', `/leads/${id}`, { city: 'York' }, tag);
  expect([second.status, second.body.type]).toEqual([412, '/problems/changed_since']);
  expect((await ask('PATCH', `/leads/${id}`, { city: 'York' }, { 'if-match': '*' })).status).toBe(200);
  expect((await ask('PATCH', `/leads/${id}`, { city: 'York' }, { 'if-match': 'x' })).status).toBe(400);
});

test('a lead keeps the dialect through which it first came, whichever it comes through later', async () => {
  const url = `/api/gl-website-contacts?token=${world.tokens.get('getlead')}&countrycode=91&mobileno=9895900056&source=Way`;
  expect((await world.app.inject({ method: 'POST', url })).json()).toMatchObject({ status: 'success' });
  const ways = async (dialect: string) =>
    (await ask('GET', `/leads?dialect=${dialect}&phone=%2B919895900056`)).body.data.length;
  expect([await ways('getlead'), await ways('native'), await ways('native,getlead')]).toEqual([1, 0, 1]);
  const merging = client(world, await world.token('native', { policy: 'merge' }));
  expect((await merging('POST', '/leads', { phone: '+919895900056', name: 'Again' })).body.touch_count).toBe(2);
  expect([await ways('getlead'), await ways('native')]).toEqual([1, 0]);
});
