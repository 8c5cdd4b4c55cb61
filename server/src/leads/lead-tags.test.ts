import { beforeAll, expect, test } from 'vitest';
import { client, type Reply, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const agent = client(world, { cookie: await world.signIn(await world.member({ name: 'Ada' })) });
const tags: Record<string, string> = {};

beforeAll(async () => {
  for (const name of ['Hot', 'VIP', 'Fair']) tags[name] = (await agent('POST', '/tags', { name })).body.id;
});

const make = async (more: object = {}) => (await ask('POST', '/leads', { name: 'Tagged', ...more })).body;
const read = async (id: string) => (await ask('GET', `/leads/${id}`)).body;
const found = async (query: string) =>
  (await ask('GET', `/leads?${query}`)).body.data.map(({ id }: { id: string }) => id);
async function ended(reply: Reply): Promise<Reply['body']> {
  expect([reply.status, reply.text]).toEqual([202, expect.any(String)]);
  await world.parts.jobs.runDue();
  return (await ask('GET', `/jobs/${reply.body.id}`)).body;
}

test('agents create tags with unique names; only administrators rename and delete them', async () => {
  const { body } = await agent('POST', '/tags', { name: 'Once', colour: 'won' });
  expect((await agent('POST', '/tags', { name: 'once' })).status).toBe(409);
  expect((await agent('PATCH', `/tags/${body.id}`, { name: 'Twice' })).status).toBe(403);
  expect((await agent('DELETE', `/tags/${body.id}`)).status).toBe(403);
  expect((await owner('PATCH', `/tags/${body.id}`, { name: 'Twice' })).body).toMatchObject({ name: 'Twice' });
  expect((await owner('DELETE', `/tags/${body.id}`)).status).toBe(204);
  expect((await owner('DELETE', `/tags/${body.id}`)).status).toBe(404);
});

test('tags are replaced, added and removed, and the timeline shows it', async () => {
  const { id, tags: first } = await make({ tags: ['hot', tags['VIP']] });
  expect(first).toEqual(['Hot', 'VIP']);
  expect((await ask('PATCH', `/leads/${id}`, { add_tags: ['Fair', 'Hot'], remove_tags: ['VIP'] })).body.tags).toEqual([
    'Fair',
    'Hot',
  ]);
  const [line] = (await ask('GET', `/leads/${id}/timeline?kind=changes`)).body.data;
  expect(line).toMatchObject({
    title: 'Tags changed Hot, VIP → Fair, Hot',
    changes: [{ label: 'Tags', from: 'Hot, VIP', to: 'Fair, Hot' }],
  });
  const { version } = (await ask('PATCH', `/leads/${id}`, { add_tags: ['Hot'] })).body;
  expect(version).toBe(2);
  expect((await ask('PATCH', `/leads/${id}`, { tags: null })).body.tags).toEqual([]);
  const strange = await ask('PATCH', `/leads/${id}`, { tags: ['Hot', 'Nothing'] });
  expect([strange.status, strange.body.errors[0]]).toMatchObject([422, { field: 'tags.1' }]);
});

test('leads are found once each by tags or their absence, in either order and with other filters', async () => {
  const both = (await make({ tags: ['Hot', 'VIP'], city: 'Leeds', source: 'Tagging' })).id;
  const hot = (await make({ tags: ['Hot'], source: 'Tagging' })).id;
  const none = (await make({ source: 'Tagging' })).id;
  expect(await found('tag=hot,vip')).toEqual([hot, both]);
  expect(await found('tag=VIP,Hot&sort=oldest')).toEqual([both, hot]);
  expect(await found('tag=VIP')).toEqual([both]);
  expect(await found('tag=Hot&lacks=amount&source=Tagging&sort=name')).toEqual([hot, both]);
  expect(await found('lacks=tags&source=Tagging')).toEqual([none]);
  expect((await ask('GET', '/leads/count?tag=Hot,VIP')).body).toEqual({ count: 2, exact: true });
  const page = (await ask('GET', '/leads?tag=Hot,VIP&limit=1')).body;
  expect(await found(`tag=Hot,VIP&limit=1&cursor=${page.next_cursor}`)).toEqual([both]);
  const counts = (await ask('GET', '/leads/facets?by=tag&source=Tagging')).body.data;
  expect(counts).toHaveLength(3);
  expect(counts).toContainEqual({ id: tags['Hot'], count: 2, exact: true });
  expect(counts).toContainEqual({ id: null, count: 1, exact: true });
  const board = (await ask('GET', '/board?by=status&tag=VIP')).body.columns;
  expect(board.flatMap((column: { cards: { tags: string[] }[] }) => column.cards.map((card) => card.tags))).toEqual([
    ['Hot', 'VIP'],
  ]);
  await ask('DELETE', `/leads/${both}`);
  expect(await found('tag=VIP')).toEqual([]);
  expect(await world.query('SELECT 1 FROM lead_tags WHERE tag_id = $1', [tags['VIP']])).toEqual([]);
});

test('a lead whose only tag was deleted while it was in the bin comes back without tags', async () => {
  const { body: tag } = await agent('POST', '/tags', { name: 'Gone' });
  const { id } = await make({ tags: ['Gone'], source: 'Binned' });
  await ask('DELETE', `/leads/${id}`);
  expect((await owner('DELETE', `/tags/${tag.id}`)).status).toBe(204);
  expect((await owner('POST', `/bin/${id}/restore`)).body.tags).toEqual([]);
  expect(await found('lacks=tags&source=Binned')).toEqual([id]);
});

test('a bulk change tags many leads, and undoing it restores their previous tags', async () => {
  const ids = [(await make({ tags: ['Fair'] })).id, (await make()).id];
  const change = { add_tags: ['Hot'], remove_tags: ['Fair'] };
  const job = await ended(await agent('POST', '/leads/bulk', { ids, change }));
  expect(job).toMatchObject({ state: 'done', failed: 0, result: { changed: 2, undoable: true } });
  expect((await Promise.all(ids.map(read))).map((lead) => lead.tags)).toEqual([['Hot'], ['Hot']]);
  const undo = await ended(await agent('POST', `/jobs/${job.id}/undo`));
  expect(undo).toMatchObject({ state: 'done', failed: 0, result: { changed: 2 } });
  expect((await Promise.all(ids.map(read))).map((lead) => lead.tags)).toEqual([['Fair'], []]);
  expect((await agent('POST', '/leads/bulk', { ids, change: { add_tags: ['Nothing'] } })).status).toBe(422);
});

test('a token adds its tags to the leads that arrive with it, new and known', async () => {
  const { body } = await owner('POST', '/tokens', { dialect: 'getlead', name: 'Form', tag_ids: [tags['Fair']] });
  expect(body.tag_ids).toEqual([tags['Fair']]);
  const send = (name: string) => {
    const query = new URLSearchParams({
      token: body.token,
      name,
      countrycode: '44',
      mobileno: '07840258999',
      source: 'Web',
    });
    return world.app.inject({ method: 'POST', url: `/api/gl-website-contacts?${query}` });
  };
  await send('Formed');
  const [id] = await found('phone=07840258999');
  expect((await read(id)).tags).toEqual(['Fair']);
  await ask('PATCH', `/leads/${id}`, { tags: ['Hot'] });
  await send('Formed Again');
  expect((await read(id)).tags).toEqual(['Fair', 'Hot']);
  const strange = await owner('PATCH', `/tokens/${body.id}`, { tag_ids: [tags['Hot'], 'x'] });
  expect([strange.status, strange.body.errors[0].field]).toEqual([422, 'tag_ids.1']);
});

test('a deleted tag is removed from tokens and leads, by a job if there are many leads', async () => {
  const { id: tag } = (await agent('POST', '/tags', { name: 'Passing' })).body;
  const token = (await owner('POST', '/tokens', { dialect: 'native', name: 'Passer', tag_ids: [tag] })).body;
  const { id } = await make({ tags: ['Passing', 'Hot'] });
  expect((await owner('DELETE', `/tags/${tag}`)).status).toBe(204);
  expect((await read(id)).tags).toEqual(['Hot']);
  const [line] = (await ask('GET', `/leads/${id}/timeline?kind=changes`)).body.data;
  expect(line.reason).toBe('The tag Passing was deleted.');
  const late = await client(world, token.token)('POST', '/leads', { name: 'Late' });
  expect([late.status, late.body.tags]).toEqual([201, []]);

  const { id: common } = (await agent('POST', '/tags', { name: 'Common' })).body;
  await world.query(
    `INSERT INTO leads (workspace_id, id, number, status_id, name, tag_ids, created_at, updated_at)
     SELECT workspace_id, gen_random_uuid(), 6000000 + n, status_id, 'Many', ARRAY[$1::uuid], now(), now()
     FROM (SELECT * FROM leads LIMIT 1) l, generate_series(1, 205) n`,
    [common],
  );
  expect((await owner('GET', '/tags/usage')).body.data).toContainEqual({ id: common, leads: 205 });
  expect(await ended(await owner('DELETE', `/tags/${common}`))).toMatchObject({ state: 'done', done: 205 });
  expect(await world.query('SELECT 1 FROM leads WHERE $1 = ANY (tag_ids)', [common])).toEqual([]);
  expect((await ask('GET', '/tags')).body.data.map(({ name }: { name: string }) => name)).not.toContain('Common');
});
