import { Client } from 'pg';
import { beforeAll, expect, test } from 'vitest';
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

test.each(['newest', 'close_date', 'amount'])('pages by %s miss nothing and repeat nothing', async (sort) => {
  const paged: string[] = [];
  let cursor = '';
  do {
    const { body } = await ask('GET', `/deals?sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`);
    paged.push(...body.data.map((deal: { name: string }) => deal.name));
    cursor = encodeURIComponent(body.next_cursor ?? '');
  } while (cursor);
  expect(paged).toEqual(await names(`sort=${sort}`));
});

test('a cursor of another order is refused', async () => {
  const { next_cursor } = (await ask('GET', '/deals?sort=amount&limit=1')).body;
  expect((await ask('GET', `/deals?sort=close_date&cursor=${next_cursor}`)).status).toBe(422);
});

test('adds up what is open, what it is worth by probability, and what was won this month', async () => {
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

test('deals that close by a day are those that have one, up to it', async () => {
  expect(await names('state=open&closes_by=2026-12-01')).toEqual(['unknown']);
  expect(await names('state=open&closes_by=2027-01-01&sort=close_date')).toEqual(['unknown', 'small']);
  expect((await ask('GET', '/deals?closes_by=soon')).status).toBe(422);
});

test('a deal is found by its lead at once, by a word of one letter too, and who sees only their own finds only those', async () => {
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

/** What the tables themselves say of the deals whose lead has this owner, or of all. */
const inTables = (owner?: string) =>
  world.query(
    `SELECT d.stage_id, count(*)::int AS count, coalesce(sum(d.amount), 0)::float8 AS sum FROM deals d
     JOIN leads l ON l.id = d.lead_id WHERE $1::uuid IS NULL OR l.owner_id = $1 GROUP BY 1 ORDER BY 1`,
    [owner ?? null],
  );
interface Stage {
  id: string;
  count: number;
  sum: number;
}
const found = (stages: readonly Stage[]) =>
  stages
    .filter(({ count }) => count > 0)
    .map(({ id, count, sum }) => ({ stage_id: id, count, sum }))
    .sort((a, b) => (a.stage_id < b.stage_id ? -1 : 1));

test('sums of list and boards are those of the tables after any work, whether added up yet or not', async () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T;
  const member = await world.member({ name: 'Sum', visibility: 'own' });
  const theirs = client(world, { cookie: await world.signIn(member) });
  const check = async () => {
    const [all, own] = [await inTables(), await inTables(member)];
    expect(found((await ask('GET', '/deals/summary')).body.stages)).toEqual(all);
    expect(found((await theirs('GET', '/deals/summary')).body.stages)).toEqual(own);
    expect(found((await ask('GET', '/board?by=deal_stage&closed=all')).body.columns)).toEqual(all);
    expect(found((await ask('GET', `/board?by=deal_stage&closed=all&owner=${member}`)).body.columns)).toEqual(own);
    const leads = await world.query(
      `SELECT status_id AS stage_id, count(*)::int AS count, coalesce(sum(target_amount), 0)::float8 AS sum FROM leads
       GROUP BY 1 ORDER BY 1`,
    );
    expect(found((await ask('GET', '/board')).body.columns)).toEqual(leads);
  };
  const ids = async (table: 'leads' | 'deals') =>
    (await world.query<{ id: string }>(`SELECT id FROM ${table} ORDER BY id`)).map(({ id }) => id);
  const work: Record<string, () => Promise<unknown>> = {
    lead: () =>
      ask('POST', '/leads', { name: `L${random()}`, target_amount: 5.25, ...(random() < 0.5 && { owner: member }) }),
    deal: async () =>
      ask('POST', `/leads/${pick(await ids('leads'))}/deals`, {
        amount: pick([0.1, 20, 300.33]),
        stage: pick(['Open', 'Won', 'Lost']),
      }),
    move: async () =>
      ask('PATCH', `/deals/${pick(await ids('deals'))}`, {
        stage: pick(['Proposal', 'Won']),
        amount: pick([null, 7.07]),
      }),
    assign: async () =>
      ask('PATCH', `/leads/${pick(await ids('leads'))}`, { owner: pick([member, null]), target_amount: 9 }),
    status: async () => ask('PATCH', `/leads/${pick(await ids('leads'))}`, { status: pick(['Hot', 'Won']) }),
    drop: async () => ask('DELETE', `/deals/${pick(await ids('deals'))}`),
    remove: async () => ask('DELETE', `/leads/${pick(await ids('leads'))}`),
    merge: async () =>
      world.query('UPDATE deals SET lead_id = $1 WHERE id = $2', [pick(await ids('leads')), pick(await ids('deals'))]),
  };
  const consumer = new Client(world.connections.app);
  await consumer.connect();
  const lock = (how: string) =>
    consumer.query(`SELECT ${how}(hashtextextended('sums', hashtextextended($1, 0)))`, [world.workspaceId]);
  for (let round = 0; round < 5; round += 1) {
    // Nothing is added up for as long as another seems to do it.
    await lock('pg_advisory_lock');
    for (const name of Object.keys(work)) await work[pick([name, 'deal', 'lead'])]?.();
    await check();
    await lock('pg_advisory_unlock');
    await world.parts.indexer.run();
    await check();
  }
  await consumer.end();
  expect(await world.query('SELECT 1 FROM deals_to_index UNION ALL SELECT 1 FROM lead_sum_changes')).toEqual([]);
}, 60_000);

test('revenue and forecast agree with the list and the board to the cent', async () => {
  const manager = client(world, { cookie: await world.signIn(world.ownerId) });
  const get = async (path: string) => (await manager('GET', path)).body;
  const days = 'from=2026-10-01&to=2026-12-31';
  await world.query("UPDATE reference_items SET probability = NULL WHERE kind = 'deal_stage' AND name = 'Open'");
  await world.parts.changed(world.workspaceId);
  const lead = (await ask('POST', '/leads', { name: 'Forecast' })).body;
  await ask('POST', `/leads/${lead.id}/deals`, { amount: 10.01, end_date: '2027-03-01' });
  const [revenue, forecast] = [await get(`/reports/revenue?${days}`), await get('/reports/forecast')];
  const summary = await get('/deals/summary');
  const of = (list: { stages: (Stage & { state: string })[] }, state: string) =>
    list.stages.filter((one) => one.state === state);
  const add = (numbers: readonly number[]) => Math.round(numbers.reduce((sum, one) => sum + one, 0) * 100) / 100;
  expect(revenue.totals.deals).toBeGreaterThan(3);
  const won = of(await get('/deals/summary?closed_from=2026-10-01&closed_to=2026-12-31'), 'won');
  expect([revenue.totals.deals, revenue.totals.amount]).toEqual([won[0]?.count, won[0]?.sum]);
  for (const part of [revenue.rows, revenue.totals.owners, revenue.totals.sources])
    expect([
      add(part.map((one: Stage & { deals: number }) => one.deals)),
      add(part.map((one: { amount: number }) => one.amount)),
    ]).toEqual([revenue.totals.deals, revenue.totals.amount]);
  for (const { list, deals, amount } of [...revenue.rows, ...revenue.totals.owners]) {
    const listed = of(await get(`/deals/summary?${list}`), 'won')[0];
    expect([listed?.count, listed?.sum]).toEqual([deals, amount]);
  }
  const { open_count, open_sum, weighted_sum } = summary;
  expect(forecast.totals).toMatchObject({ deals: open_count, amount: open_sum, weighted: weighted_sum });
  const open = (await get('/board?by=deal_stage')).columns.filter((one: { state: string }) => one.state === 'open');
  expect(add(open.map(({ sum }: Stage) => sum))).toBe(open_sum);
  const [{ won: wonEver, closed }] = (await world.query<{ won: number; closed: number }>(
    `SELECT count(*) FILTER (WHERE state = 'won')::int AS won, count(*)::int AS closed FROM deals d
     JOIN reference_items i ON i.id = d.stage_id WHERE state <> 'open'`,
  )) as [{ won: number; closed: number }];
  const rate = Math.round((wonEver * 1000) / closed) / 10;
  expect(forecast.totals.stages[0]).toMatchObject({ stage: 'Open', chance: rate, basis: 'win_rate' });
  expect(forecast.rows.find(({ month }: { month: string }) => month === '2027-03')).toMatchObject({ late: false });
  const csv = await world.app.inject({
    url: `/v1/reports/revenue?${days}&format=csv`,
    headers: { cookie: await world.signIn(world.ownerId) },
  });
  expect(csv.body).toContain('Month,2026-11,');
});

test('a board shows deals closed lately, sorts its cards, and is late only where something is', async () => {
  world.setClock(new Date('2026-12-20T12:00:00Z'));
  const lead = (await ask('POST', '/leads', { name: 'Board' })).body;
  const add = (name: string, body: object) => ask('POST', `/leads/${lead.id}/deals`, { name, ...body });
  const column = async (query: string, name: string) =>
    (await ask('GET', `/board?by=deal_stage${query}`)).body.columns.find((one: { name: string }) => one.name === name);
  await add('fresh win', { stage: 'Won', amount: 1, end_date: '2026-01-01' });
  await add('late', { stage: 'Negotiation', amount: 2, end_date: '2026-12-19' });
  await add('due', { stage: 'Negotiation', amount: 9, end_date: '2026-12-20' });
  const [lately, ever] = [await column('', 'Won'), await column('&closed=all', 'Won')];
  expect(lately).toMatchObject({ count: 1, sum: 1, closed_since: '2026-11-21' });
  expect(lately.cards).toMatchObject([{ name: 'fresh win', late: false }]);
  expect([ever.closed_since, ever.count > 1, ever.cards[0].name]).toEqual([null, true, 'fresh win']);
  const names = async (sort: string) =>
    (await column(`&sort=${sort}`, 'Negotiation')).cards.map((card: { name: string }) => card.name);
  expect((await names('amount')).slice(0, 2)).toEqual(['due', 'late']);
  expect((await names('close_date')).slice(0, 2)).toEqual(['late', 'due']);
  expect((await names('newest')).slice(0, 2)).toEqual(['due', 'late']);
  expect((await names('oldest')).at(-1)).toBe('due');
  const cards: { name: string; late: boolean }[] = (await column('', 'Negotiation')).cards;
  expect(cards.filter((card) => card.late).map(({ name }) => name)).toEqual(['late']);
  for (const sort of ['amount', 'close_date', 'newest', 'oldest', 'next_step']) {
    const first = await column(`&sort=${sort}`, 'Negotiation');
    await world.parts.indexer.run();
    expect((await column(`&sort=${sort}`, 'Negotiation')).cards).toEqual(first.cards);
  }
});
