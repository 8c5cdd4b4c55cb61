import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const owner = client(world, { cookie: await world.signIn(world.ownerId) });

test('pages follow each other to the end, newest first, each lead once, before and after leads are indexed', async () => {
  const made: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    const lead = { name: 'Paged Person', phone: `07840 20000${at}`, source: 'Paged' };
    made.unshift((await ask('POST', '/leads', lead)).body.id);
  }
  const follow = async (query: string) => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await ask('GET', `/leads?${query}&limit=2${cursor && `&cursor=${cursor}`}`)).body;
      seen.push(...page.data.map((lead: { id: string }) => lead.id));
      cursor = page.next_cursor ?? '';
    } while (cursor);
    return seen;
  };
  const queries = ['q=paged%20PERSON', 'q=8402', 'q=paged&source=Paged', 'source=Paged'];
  for (const query of queries) expect(await follow(query), query).toEqual(made);
  await expect.poll(() => world.query('SELECT 1 FROM index_queue')).toEqual([]);
  for (const query of queries) expect(await follow(query), query).toEqual(made);
});

test('filters hold together; a phone is found in any form, an address in any case', async () => {
  const lead = (
    await ask('POST', '/leads', {
      name: 'F',
      phone: '07840 111222',
      email: 'Filter@Example.com',
      source: 'Partner',
      owner: 'owner-default',
      type: 'Support',
    })
  ).body;
  const found = async (query: string) =>
    (await ask('GET', `/leads?${query}`)).body.data.map((one: { id: string }) => one.id);
  for (const query of [
    ...[
      'phone=%2B447840111222',
      'phone=0044%207840%20111222',
      'email=filter%40example.COM',
      'q=7840%20111222',
      'q=filter@ex',
    ],
    `status=new&source=partner&owner=olive%20owner&type=${lead.type_id}&phone=07840111222&email=filter@example.com`,
  ])
    expect(await found(query), query).toEqual([lead.id]);
  for (const query of [
    'phone=07840111222&email=other@example.com',
    'status=Nowhere',
    'owner=nobody',
    'phone=x',
    'email=x',
    'q=%25',
    'q=_',
  ])
    expect(await found(query), query).toEqual([]);
});

test('a list and a lead show what was changed since they were read, also by hand in the database', async () => {
  const { id, source_id } = (await ask('POST', '/leads', { name: 'Remembered', source: 'Old fair' })).body;
  const shown = async () => {
    const [listed] = (await ask('GET', '/leads?q=remembered')).body.data;
    expect((await ask('GET', `/leads/${id}`)).body).toEqual(listed);
    return listed;
  };
  expect(await shown()).toMatchObject({ city: null, source: 'Old fair' });
  await ask('PATCH', `/leads/${id}`, { city: 'Leeds' });
  expect(await shown()).toMatchObject({ city: 'Leeds' });
  await world.query("UPDATE leads SET city = 'York' WHERE name = 'Remembered'");
  expect(await shown()).toMatchObject({ city: 'York' });
  await owner('PATCH', `/sources/${source_id}`, { name: 'New fair' });
  expect(await shown()).toMatchObject({ source: 'New fair' });
  await ask('POST', `/leads/${id}/tasks`, { name: 'Ring', due_at: '2030-01-01T10:00:00Z' });
  expect(await shown()).toMatchObject({ next_step: 'Ring' });
});

test('leads opened at the same moment are each shown to those who may see them, and to nobody else', async () => {
  const amyId = await world.member({ name: 'Amy', visibility: 'own' });
  const amy = client(world, { cookie: await world.signIn(amyId) });
  const [others, hers] = [
    await ask('POST', '/leads', { name: 'O' }),
    await ask('POST', '/leads', { name: 'H', owner: 'Amy' }),
  ];
  const path = (lead: { body: { id: string } }) => `/leads/${lead.body.id}`;
  // Sessions that are known take the same time to be recognised.
  for (const as of [owner, amy]) await as('GET', path(hers));
  const opened = await Promise.all(
    [owner, amy].flatMap((as) => [as('GET', path(others)), as('GET', path(hers)), as('GET', path(hers))]),
  );
  expect(opened.map(({ status }) => status)).toEqual([200, 200, 200, 404, 200, 200]);
  expect(opened.map(({ body }) => body.name ?? null)).toEqual(['O', 'H', 'H', null, 'H', 'H']);
});

test.each(['limit=0', 'limit=201', 'limit=x', 'limit=1.5', 'cursor=x', 'cursor=', 'sort=name', 'q=a&q=b'])(
  '?%s is refused by its name',
  async (query) => {
    const reply = await ask('GET', `/leads?${query}`);
    expect(reply.status).toBe(422);
    expect(reply.body.errors[0].field).toBe(query.split('=')[0]);
  },
);
