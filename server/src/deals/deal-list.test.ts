import { beforeAll, expect, test } from 'vitest';
import { everyPage } from '../../test/every-page.ts';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const names = async (query: string) =>
  (await ask('GET', `/deals?${query}`)).body.data.map((deal: { name: string }) => deal.name);

beforeAll(async () => {
  await world.query("UPDATE workspaces SET time_zone = 'Asia/Kolkata', currency = 'INR'");
  await world.parts.changed(world.workspaceId);
  const lead = (await ask('POST', '/leads', { name: 'Ann', company_name: '100% Wool' })).body;
  const add = async (name: string, body: object) =>
    (await ask('POST', `/leads/${lead.id}/deals`, { name, ...body })).body;
  world.setClock(new Date('2026-10-31T18:00:00Z'));
  await add('won in October', { stage: 'Won', amount: 1000 });
  world.setClock(new Date('2026-10-31T19:00:00Z'));
  await add('won in November', { stage: 'Won', amount: 0.1 });
  await add('won too', { stage: 'Won', amount: 0.2 });
  await add('lost', { stage: 'Lost', amount: 50 });
  await add('small', { amount: 10, end_date: '2027-01-01', owner: 'Olive Owner' });
  await add('large', { amount: 300, stage: 'Negotiation' });
  await add('unknown', { end_date: '2026-12-01' });
});

test.each([
  ['', ['unknown', 'large', 'small', 'lost', 'won too', 'won in November', 'won in October']],
  ['state=open&sort=close_date', ['unknown', 'small', 'large']],
  ['state=open&sort=amount', ['large', 'small', 'unknown']],
  ['state=lost', ['lost']],
  ['stage=negotiation,Lost&sort=amount', ['large', 'lost']],
  ['stage=Negotiation&state=won', []],
  ['stage=nonsense', []],
  ['owner=Olive%20Owner', ['small']],
  ['owner=none&state=open', ['unknown', 'large']],
  ['owner=Nobody', []],
  ['q=SMALL', ['small']],
  ['q=100%25&state=lost', ['lost']],
  ['q=_', []],
  ['lead_id=nonsense', []],
])('%s lists %j', async (query, expected) => {
  expect(await names(query)).toEqual(expected);
});

test.each(['newest', 'close_date', 'amount'])('paging by %s misses nothing and repeats nothing', async (sort) => {
  const paged = (await everyPage(ask, `/deals?sort=${sort}`)).map(({ name }) => name);
  expect(paged).toEqual(await names(`sort=${sort}`));
});

test('a cursor of another sort order is refused', async () => {
  const { next_cursor } = (await ask('GET', '/deals?sort=amount&limit=1')).body;
  expect((await ask('GET', `/deals?sort=close_date&cursor=${next_cursor}`)).status).toBe(422);
});

test('the summary adds up open deals, their weighted value and what was won this month', async () => {
  const { body } = await ask('GET', '/deals/summary');
  expect(body).toMatchObject({
    currency: 'INR',
    open_count: 3,
    open_sum: 310,
    weighted_sum: 227,
    won_count: 2,
    won_sum: 0.3,
  });
  expect(
    body.stages.map(({ name, count, sum }: { name: string; count: number; sum: number }) => [name, count, sum]),
  ).toEqual([
    ['Open', 2, 10],
    ['Proposal', 0, 0],
    ['Negotiation', 1, 300],
    ['Won', 3, 1000.3],
    ['Lost', 1, 50],
  ]);
  expect((await ask('GET', '/deals/summary?owner=Olive%20Owner')).body).toMatchObject({ open_sum: 10, won_sum: 0 });
  expect((await ask('GET', '/deals/summary?owner=Nobody')).body.open_count).toBe(0);
});

test('closes_by lists deals with a closing date up to that day', async () => {
  expect(await names('state=open&closes_by=2026-12-01')).toEqual(['unknown']);
  expect(await names('state=open&closes_by=2027-01-01&sort=close_date')).toEqual(['unknown', 'small']);
  expect((await ask('GET', '/deals?closes_by=soon')).status).toBe(422);
});

test('search finds deals by lead at once, and by a single letter, within what the member may see', async () => {
  const ben = (await ask('POST', '/leads', { name: 'Benedikta Sørensen' })).body;
  await ask('POST', `/leads/${ben.id}/deals`, { name: 'hers' });
  expect(await names('q=dikta')).toEqual(['hers']);
  expect(await names('q=sørensen')).toEqual(['hers']);
  expect(await names(`q=h&lead_id=${ben.id}`)).toEqual(['hers']);
  const member = await world.member({ name: 'Own', visibility: 'own' });
  const mine = client(world, { cookie: await world.signIn(member) });
  expect((await mine('GET', '/deals?q=dikta')).body.data).toEqual([]);
  await ask('PATCH', `/leads/${ben.id}`, { owner: member });
  for (const query of ['q=dikta', 'q=h', '', 'sort=amount'])
    expect((await mine('GET', `/deals?${query}`)).body.data.map(({ name }: { name: string }) => name)).toEqual([
      'hers',
    ]);
  expect((await mine('GET', '/deals/summary')).body.open_count).toBe(1);
});
