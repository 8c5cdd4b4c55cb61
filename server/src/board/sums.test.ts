import { Client } from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';
import { listDeals, sumDeals } from '../deals/deal-list-store.ts';
import { sumLeads } from '../leads/sums/lead-sum-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { listCards } from './board-store.ts';
import { cardSorts } from './card-orders.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));

beforeAll(async () => {
  await world.query("UPDATE workspaces SET time_zone = 'Asia/Kolkata', currency = 'INR'");
  await world.parts.changed(world.workspaceId);
  const lead = (await ask('POST', '/leads', { name: 'Ann' })).body;
  const add = (name: string, body: object) => ask('POST', `/leads/${lead.id}/deals`, { name, ...body });
  world.setClock(new Date('2026-10-31T18:00:00Z'));
  await add('won in October', { stage: 'Won', amount: 1000 });
  world.setClock(new Date('2026-10-31T19:00:00Z'));
  for (const amount of [0.1, 0.2]) await add('won in November', { stage: 'Won', amount });
  await add('lost', { stage: 'Lost', amount: 50 });
});

/** The sums calculated from the tables, for deals whose lead has this owner, or for all deals. */
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

test('the sums of lists and boards match the tables after any change, whether indexed yet or not', async () => {
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
    // Nothing is added up while another process seems to be doing so.
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

test('a board shows recently closed deals, sorts its cards and marks only overdue open deals as late', async () => {
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

test('sums, searches and boards read few rows, however many deals there are', async () => {
  const [lead] = await world.query<{ id: string }>('SELECT id FROM leads ORDER BY id LIMIT 1');
  const stages = await world.query<{ id: string }>(
    "SELECT id FROM reference_items WHERE kind = 'deal_stage' ORDER BY id",
  );
  await world.query(
    `SET session_replication_role = replica;
     INSERT INTO deals (workspace_id, id, lead_id, name, stage_id, amount, end_date, actor, created_at, updated_at)
       SELECT '${world.workspaceId}', gen_random_uuid(), '${lead?.id}', 'Common ' || n, '${stages[0]?.id}', n, '2027-01-01',
         'system', now(), now() FROM generate_series(1, 3000) AS n;
     INSERT INTO deals_to_index (workspace_id, lead_id) VALUES ('${world.workspaceId}', '${lead?.id}')`,
  );
  await world.parts.indexer.run();
  await world.query('ANALYZE deals, deal_index, deal_sums, lead_sums, leads');
  const column = { filter: {}, columnId: stages[0]?.id ?? '', isOfClosedDeals: false } as const;
  const asked: Record<string, (tx: Tx) => Promise<unknown>> = {
    sums: (tx) => sumDeals(tx, {}, '2026-12-01'),
    'sums of an owner': (tx) => sumDeals(tx, { owner_id: null }, '2026-12-01'),
    'sums by a day': (tx) => sumDeals(tx, { closes_by: '2027-06-01' }, '2026-12-01'),
    'sums as seen by one': (tx) =>
      sumDeals(tx, { visibility: { owners: [world.ownerId], departments: [] } }, '2026-12-01'),
    'a common word': (tx) => listDeals(tx, 'newest', { text: 'common' }, 20),
    'a rare word': (tx) => listDeals(tx, 'amount', { text: 'common 2999' }, 20),
    'sums of leads': (tx) => sumLeads(tx, {}, undefined),
    ...Object.fromEntries(
      cardSorts.map((sort) => [
        `cards by ${sort}`,
        (tx: Tx) => listCards(tx, { ...column, kind: 'deal_stage', sort }, { dayEnd: new Date(), limit: 41 }),
      ]),
    ),
  };
  const tooMany = [];
  for (const [name, run] of Object.entries(asked)) {
    const rows = await world.parts.database.tx(world.workspaceId, async (tx) => {
      const before = await rowsRead(tx);
      await run(tx);
      return (await rowsRead(tx)) - before;
    });
    if (rows > 300) tooMany.push({ name, rows });
  }
  expect(tooMany).toEqual([]);
});

/** Number of rows that this transaction has read so far. */
async function rowsRead(tx: Tx): Promise<number> {
  const [read] = await tx.query<{ rows: number }>(
    `SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::int AS rows FROM pg_stat_xact_user_tables
     WHERE relname IN ('deals', 'leads', 'deal_index', 'deal_sums', 'lead_sums')`,
  );
  return read?.rows ?? 0;
}
