import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';
import { endOfToday } from '../platform/time/calendar.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const now = new Date('2026-11-21T10:00:00Z');
world.setClock(now);
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000).toISOString();

async function lead(name: string, { due, ...more }: { due?: string } & Record<string, unknown> = {}) {
  const made = (await ask('POST', '/leads', { name, ...more })).body;
  if (due) await ask('POST', `/leads/${made.id}/tasks`, { name: `Do ${name}`, due_at: due });
  return made;
}
interface Card {
  id: string;
  lead_id: string;
  name: string;
  urgency: string;
  idle: boolean;
}
interface Column {
  id: string;
  name: string;
  count: number;
  sum: number;
  cards: Card[];
  next_cursor: string | null;
}
const board = async (query = '', as = ask) => (await as('GET', `/board${query}`)).body.columns as Column[];
const column = async (name: string, query = '', as = ask) =>
  (await board(query, as)).find((one) => one.name === name) as Column;
const names = ({ cards }: { cards: Card[] }) => cards.map((card) => card.name);

test('a column shows the count and sum of its cards, and the most urgent cards first', async () => {
  await lead('Later', { due: hours(48), target_amount: 100 });
  await lead('Older unplanned', { target_amount: 50.5 });
  await lead('Today', { due: hours(5) });
  await lead('Overdue', { due: hours(-5) });
  await lead('Long overdue', { due: hours(-50) });
  await lead('Newer unplanned');
  const fresh = await column('New');
  expect(fresh).toMatchObject({
    count: 6,
    count_exact: true,
    sum: 150.5,
    next_cursor: null,
    state: 'new',
    colour: 'new',
  });
  expect(fresh.cards.map(({ name, urgency }) => [name, urgency])).toEqual([
    ['Long overdue', 'overdue'],
    ['Overdue', 'overdue'],
    ['Today', 'today'],
    ['Newer unplanned', 'none'],
    ['Older unplanned', 'none'],
    ['Later', 'planned'],
  ]);
  expect((await column('Won')).cards).toEqual([]);
});

test('columns follow the order in the settings and accept the filters of the list', async () => {
  expect((await board()).map(({ name }) => name)).toEqual([
    ...['New', 'Contacted', 'Hot', 'Qualified', 'Won', 'Lost', 'Cancelled'],
  ]);
  expect(await column('New', '?q=overdue')).toMatchObject({ count: 2 });
  expect(await column('New', '?source=Nowhere')).toMatchObject({ count: 0, cards: [] });
  expect((await ask('GET', '/board?by=mood')).status).toBe(422);
});

test('a long column is paged without repeating or missing a card', async () => {
  for (let n = 0; n < 100; n += 1)
    await lead(`L${n}`, {
      status: 'Hot',
      ...(n % 3 === 0 && { due: hours(n - 50) }),
      ...(n % 3 === 1 && { due: hours(72) }),
    });
  const hot = await column('Hot');
  expect([hot.count, hot.cards.length]).toEqual([100, 40]);
  const all = names(hot);
  for (let cursor = hot.next_cursor; cursor; ) {
    const more = (await ask('GET', `/board/${hot.id}/cards?cursor=${encodeURIComponent(cursor)}`)).body;
    all.push(...names(more));
    cursor = more.next_cursor;
  }
  expect(new Set(all).size).toBe(100);
  expect(all.length).toBe(100);
  expect((await ask('GET', `/board/${hot.id}/cards?cursor=nonsense`)).status).toBe(422);
  expect((await ask('GET', '/board/nonsense/cards')).status).toBe(404);
}, 30_000);

test('deals are grouped by stage and show the next step of their lead', async () => {
  const ann = await lead('Ann Buyer', { due: hours(-1) });
  const bob = await lead('Bob Buyer');
  await ask('POST', `/leads/${bob.id}/deals`, { name: 'Roof', stage: 'Proposal', amount: 900 });
  await ask('POST', `/leads/${ann.id}/deals`, { stage: 'Proposal', amount: 100 });
  const proposal = await column('Proposal', '?by=deal_stage');
  expect(proposal).toMatchObject({ count: 2, sum: 1000 });
  expect(proposal.cards).toMatchObject([
    { name: 'Ann Buyer', lead_id: ann.id, company: null, urgency: 'overdue', id: expect.stringMatching(/^deal_/) },
    { name: 'Roof', lead_id: bob.id, company: 'Bob Buyer', amount: 900, urgency: 'none' },
  ]);
  expect(names(await column('Proposal', '?by=deal_stage&q=ann'))).toEqual(['Ann Buyer']);
});

test('a lead without activity or a planned step is idle after the number of days set for its status', async () => {
  const idle = async (name: string) => (await column('Qualified')).cards.find((card) => card.name === name)?.idle;
  await lead('Forgotten', { status: 'Qualified' });
  await lead('Planned', { status: 'Qualified', due: hours(24 * 30) });
  const called = await lead('Called', { status: 'Qualified' });
  await world.query("UPDATE statuses SET idle_days = 3 WHERE name = 'Qualified'");
  await world.parts.changed(world.workspaceId);
  world.setClock(new Date(hours(24 * 2)));
  expect(await idle('Forgotten')).toBe(false);
  world.setClock(new Date(hours(24 * 4)));
  await ask('POST', `/leads/${called.id}/call-log`, { outcome: 'x' });
  expect([await idle('Forgotten'), await idle('Planned'), await idle('Called')]).toEqual([true, false, false]);
  world.setClock(now);
});

test('a member who sees only their own leads finds only those on the board', async () => {
  const id = await world.member({ name: 'Own Olga', visibility: 'own' });
  const own = client(world, { cookie: await world.signIn(id) });
  await lead('Hers', { owner: 'Own Olga' });
  expect((await board('', own)).map(({ count }) => count)).toEqual([1, 0, 0, 0, 0, 0, 0]);
  expect((await board('?by=deal_stage', own)).every(({ count }) => count === 0)).toBe(true);
});

test.each([
  ['2026-03-28T23:59:00Z', 'Europe/London', '2026-03-29T00:00:00.000Z'],
  ['2026-03-29T00:30:00Z', 'Europe/London', '2026-03-29T23:00:00.000Z'],
  ['2026-11-21T20:00:00Z', 'Asia/Kolkata', '2026-11-22T18:30:00.000Z'],
])('at %s in %s today ends at %s', (at, zone, end) => {
  expect(endOfToday(new Date(at), zone).toISOString()).toBe(end);
});

test('filters that no index covers narrow the columns and their pages too', async () => {
  for (let n = 0; n < 45; n += 1)
    await lead(`Red ${n}`, { status: 'Contacted', custom: { Colour: 'Red' }, ...(n < 3 && { due: hours(n) }) });
  const blue = await lead('Blue', { status: 'Contacted', custom: { Colour: 'Blue' }, email: 'blue@example.com' });
  await ask('POST', `/leads/${blue.id}/deals`, { name: 'Blue roof', stage: 'Proposal', amount: 5 });
  const red = '?custom=Colour%3Dred&lacks=email&dialect=native';
  const contacted = await column('Contacted', red);
  expect(contacted).toMatchObject({ count: 45, count_exact: true });
  const { cards } = (
    await ask('GET', `/board/${contacted.id}/cards${red}&cursor=${encodeURIComponent(contacted.next_cursor ?? '')}`)
  ).body;
  const all = [...names(contacted), ...names({ cards })];
  expect([all.length, new Set(all).size, all[0]]).toEqual([45, 45, 'Red 0']);
  expect(names(await column('Contacted', '?custom=Colour%3Dblue'))).toEqual(['Blue']);
  expect(names(await column('Proposal', '?by=deal_stage&custom=Colour%3Dblue'))).toEqual(['Blue roof']);
  expect(await column('Proposal', '?by=deal_stage&custom=Colour%3Dblue&lacks=email')).toMatchObject({ count: 0 });
}, 30_000);
