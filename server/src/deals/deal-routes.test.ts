import { beforeAll, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
let ann: { id: string };
let ben: { id: string };

beforeAll(async () => {
  ann = (await ask('POST', '/leads', { name: 'Ann Able', company_name: 'Able & Sons' })).body;
  ben = (await ask('POST', '/leads', { name: 'Ben' })).body;
});

const addDeal = async (lead: { id: string }, body: object) => (await ask('POST', `/leads/${lead.id}/deals`, body)).body;
const last = async (lead: { id: string }) => (await ask('GET', `/leads/${lead.id}/activities`)).body.data[0];

test('a deal is shown with its lead, its stage and what the stage means', async () => {
  const deal = await addDeal(ann, { name: 'Roof', stage: 'Proposal', amount: 1200.5, end_date: '2027-01-31' });
  expect(deal).toMatchObject({
    lead_name: 'Ann Able',
    stage: 'Proposal',
    state: 'open',
    probability: 50,
    amount: 1200.5,
    closed_at: null,
  });
  expect((await ask('GET', `/deals/${deal.id}`)).body).toEqual(deal);
  expect((await ask('GET', `/leads/${ann.id}/deals`)).body.data).toEqual([deal]);
});

test('winning a deal closes it, and moving it back reopens it', async () => {
  const deal = await addDeal(ann, { name: 'Gate' });
  const won = await ask('PATCH', `/deals/${deal.id}`, { stage: 'won' });
  expect(won.body).toMatchObject({ stage: 'Won', state: 'won', probability: 100 });
  expect(won.body.closed_at).not.toBeNull();
  expect(await last(ann)).toMatchObject({ kind: 'deal_changed', reason: 'Deal “Gate” won.' });
  const renamed = await ask('PATCH', `/deals/${deal.id}`, { name: 'Big gate' });
  expect(renamed.body.closed_at).toBe(won.body.closed_at);
  const back = await ask('PATCH', `/deals/${deal.id}`, { stage: 'Negotiation' });
  expect(back.body).toMatchObject({ state: 'open', closed_at: null });
  expect((await last(ann)).reason).toBe('Deal “Big gate” reopened.');
});

test('a deal created as won is closed from the start', async () => {
  const deal = await addDeal(ben, { stage: 'Won', amount: 5 });
  expect(deal.closed_at).not.toBeNull();
  expect((await ask('GET', `/deals/${deal.id}`)).body.closed_at).toBe(deal.closed_at);
});

test('a change to a deal is described on the timeline and announced as an event', async () => {
  const deal = await addDeal(ben, { name: 'Fence', amount: 10 });
  await ask('PATCH', `/deals/${deal.id}`, { amount: 20.006, owner: 'Olive Owner', end_date: '2027-02-01' });
  expect(await last(ben)).toMatchObject({
    reason: 'Deal “Fence” changed: amount, expected close, owner.',
    detail: {
      changes: [
        { field: 'amount', from: 10, to: 20.01 },
        { field: 'end_date', from: null, to: '2027-02-01' },
        { field: 'owner', from: null, to: 'Olive Owner' },
      ],
    },
  });
  await ask('PATCH', `/deals/${deal.id}`, { stage: 'Proposal' });
  expect((await last(ben)).reason).toBe('Deal “Fence” moved from Open to Proposal.');
  const told = 'SELECT payload FROM events WHERE type = $1 ORDER BY id DESC LIMIT 1';
  const [event] = await world.query(told, ['deal.updated']);
  expect(event).toMatchObject({
    payload: { deal_id: deal.id, stage: { name: 'Proposal', state: 'open' }, changed: ['stage'] },
  });
});

test('a change that alters nothing is not recorded', async () => {
  const deal = await addDeal(ben, { name: 'Path', amount: 10 });
  const before = await last(ben);
  expect((await ask('PATCH', `/deals/${deal.id}`, { name: 'Path', amount: 10, note: ' ' })).body).toEqual(deal);
  expect(await last(ben)).toEqual(before);
});

test.each([
  [{ stage: 'No such stage' }, 'stage'],
  [{ stage: null }, 'stage'],
  [{ owner: 'Nobody' }, 'owner'],
  [{ amount: 'much' }, 'amount'],
  [{ end_date: '31.12.2026' }, 'end_date'],
  [{ closed_at: null }, 'closed_at'],
])('an invalid change is refused: %j', async (body, field) => {
  const deal = await addDeal(ben, {});
  const reply = await ask('PATCH', `/deals/${deal.id}`, body);
  expect([reply.status, reply.body.errors[0].field]).toEqual([422, field]);
});

test('only managers delete deals, and the deletion stays on the lead’s timeline', async () => {
  const deal = await addDeal(ben, { name: 'Shed' });
  const agent = client(world, { cookie: await world.signIn(await world.member({ role: 'agent' })) });
  expect((await agent('DELETE', `/deals/${deal.id}`)).status).toBe(403);
  expect((await ask('DELETE', `/deals/${deal.id}`)).status).toBe(204);
  expect((await ask('GET', `/deals/${deal.id}`)).status).toBe(404);
  expect(await last(ben)).toMatchObject({ kind: 'deal_deleted', reason: 'Deal deleted: Shed' });
});

test('a deal of a lead that the member may not see is answered like an unknown one', async () => {
  const deal = await addDeal(ann, { name: 'Secret' });
  const agent = client(world, { cookie: await world.signIn(await world.member({ visibility: 'own' })) });
  const none = await agent('GET', '/deals/deal_01h455vb4pex5vsknk084sn02q');
  for (const method of ['GET', 'PATCH'] as const) {
    const reply = await agent(method, `/deals/${deal.id}`, method === 'PATCH' ? { name: 'x' } : undefined);
    expect([reply.status, reply.text]).toEqual([404, none.text]);
  }
  expect((await agent('GET', '/deals')).body.data).toEqual([]);
  expect((await agent('GET', '/deals/summary')).body.open_count).toBe(0);
});
