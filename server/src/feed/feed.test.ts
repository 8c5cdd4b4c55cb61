import { afterAll, expect, test } from 'vitest';
import { client, fieldsAtFault, testWorld } from '../../test/world.ts';
import { beginEpochIfMoved } from '../events/epoch-store.ts';
import { announce } from '../events/event-store.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { typeId, uuidv7 } from '../platform/ids.ts';
import { feedEnd, feedStart, readFeed } from './feed-store.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
/** To the database, this is another process. */
const elsewhere = await openDatabase(world.connections.app);
const owner = await openDatabase(world.connections.owner, { size: 1, asOwner: true });
afterAll(async () => {
  await elsewhere.close();
  await owner.close();
});

interface FedEvent {
  id: string;
  type: string;
  lead_id: string | null;
}

const read = async (query = '') => {
  const { status, body } = await ask('GET', `/events${query}`);
  expect(status).toBe(200);
  return body as { data: FedEvent[]; next_cursor: string };
};
/**
 * Reads until this many events are there: transactions of other tests in the same cluster hold them back for a while.
 */
async function readUntil(query: string, count: number) {
  await expect.poll(async () => (await read(query)).data.length, { timeout: 10_000, interval: 20 }).toBe(count);
  return read(query);
}
/** Reads all events that are kept. Returns them with the cursor at their end. */
const readAll = async () => {
  const data: FedEvent[] = [];
  for (let page = await read('?limit=200'); ; page = await read(`?limit=200&after=${page.next_cursor}`)) {
    data.push(...page.data);
    if (page.data.length === 0) return { data, next_cursor: page.next_cursor };
  }
};
const now = async () => (await read('?after=now')).next_cursor;

/** Announces the deletion of a made-up lead, and returns the id of the lead. */
async function announceOne(database: Database, beforeCommit?: () => Promise<unknown>): Promise<string> {
  const lead_id = uuidv7();
  await database.tx(world.workspaceId, async (tx) => {
    await announce(tx, { type: 'lead.deleted', lead_id, payload: {}, at: new Date() });
    await beforeCommit?.();
  });
  return typeId('lead', lead_id);
}

test('events are read oldest first, with the ids of /v1 and a cursor to continue from', async () => {
  const start = await now();
  const { body: lead } = await ask('POST', '/leads', { name: 'Ann', phone: '07700900555', source: 'Fair' });
  await ask('PATCH', `/leads/${lead.id}`, { status: 'Won' });
  await readUntil(`?after=${start}`, 4);
  const first = await read(`?after=${start}&limit=2`);
  expect(first.data).toMatchObject([
    { id: expect.stringMatching(/^evt_/), type: 'lead.created', lead_id: lead.id, lead_version: 1 },
    { type: 'touch.added', lead_id: lead.id, data: { dialect: 'native', source: { name: 'Fair' } } },
  ]);
  const second = await read(`?after=${first.next_cursor}`);
  expect(second.data.map(({ type }) => type)).toEqual(['lead.updated', 'lead.status_changed']);
  expect(await read(`?after=${second.next_cursor}`)).toMatchObject({ data: [], next_cursor: expect.any(String) });
  const everything = await readAll();
  expect(everything.data.slice(-4)).toEqual([...first.data, ...second.data]);
  expect(JSON.stringify(everything)).not.toMatch(/Ann|7700900555/);
});

test('only the requested types are returned, and skipped events are not read again', async () => {
  const start = await now();
  const { body: lead } = await ask('POST', '/leads', { name: 'Ben' });
  const of = (page: { data: FedEvent[] }) => page.data.filter(({ lead_id }) => lead_id === lead.id);
  const some = () => read(`?after=${start}&types=lead.created,lead.deleted`);
  await expect.poll(async () => of(await some()).map(({ type }) => type)).toEqual(['lead.created']);
  expect(of(await read(`?after=${(await some()).next_cursor}`))).toEqual([]);
});

test.each([
  ['types=lead.created,lead.sold', 'types not_in_list'],
  ['types=', 'types not_in_list'],
  ['after=yesterday', 'after unknown_reference'],
  [`after=1.1.${typeId('evt', uuidv7()).toUpperCase()}`, 'after unknown_reference'],
  [`after=${'9'.repeat(30)}.1.${typeId('evt', uuidv7())}`, 'after unknown_reference'],
  ['after=', 'after unknown_reference'],
  ['limit=0', 'limit too_small'],
  ['cursor=now', 'cursor unknown_field'],
])('%s is refused with the name of the parameter', async (query, fault) => {
  const reply = await ask('GET', `/events?${query}`);
  expect(reply.status).toBe(422);
  expect(fieldsAtFault(reply)).toEqual([fault]);
});

test('no event is skipped with 64 writers in two processes and one that holds its transaction open', async () => {
  let cursor = await now();
  const seen: (string | null)[] = [];
  const follow = async () => {
    const page = await read(`?after=${cursor}&limit=50&types=lead.deleted`);
    seen.push(...page.data.map(({ lead_id }) => lead_id));
    cursor = page.next_cursor;
    return seen.length;
  };
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const slow = announceOne(elsewhere, () => {
    begun();
    return held;
  });
  await beginning;
  let writing = true;
  const writers = Promise.all(
    Array.from({ length: 64 }, async (_, at) => {
      const written: string[] = [];
      for (let round = 0; round < 4; round++) written.push(await announceOne(at % 2 ? elsewhere : world.database));
      return written;
    }),
  ).finally(() => {
    writing = false;
  });
  while (writing) await follow();
  const written = (await writers).flat();
  // All but one have committed; the reader waits for that one instead of passing it.
  await follow();
  expect(seen).toEqual([]);
  release();
  written.push(await slow);
  await expect.poll(follow, { timeout: 10_000, interval: 20 }).toBe(written.length);
  expect(seen.toSorted()).toEqual(written.toSorted());
});

test('a reader continues after a restore into another cluster, where transaction ids start again', async () => {
  await announceOne(world.database);
  // As if they came from a cluster with much higher transaction ids.
  await world.query("UPDATE events SET transaction_id = '900000000000'");
  await world.query("UPDATE event_epochs SET cluster = 'another'");
  expect((await readAll()).data).toEqual([]);
  expect(await owner.global(beginEpochIfMoved)).toBe(true);
  expect(await owner.global(beginEpochIfMoved)).toBe(false);
  const before = await readAll();
  expect(before.data.length).toBeGreaterThan(0);
  const lead = await announceOne(world.database);
  const [next] = (await readUntil(`?after=${before.next_cursor}`, 1)).data;
  expect(next?.lead_id).toBe(lead);
});

test('a cursor from a history this database has lost starts over rather than miss an event', async () => {
  await announceOne(world.database);
  await expect.poll(async () => (await read()).data.length).toBeGreaterThan(0);
  const first = await read();
  const [epoch = '', transaction = '', id = ''] = (await now()).split('.');
  const otherHistory = [String(Number(epoch) + 1), transaction, id].join('.');
  const future = [epoch, String(Number(transaction) + 1_000_000), id].join('.');
  for (const cursor of [otherHistory, future]) expect((await read(`?after=${cursor}`)).data).toEqual(first.data);
});

test('a page is read in order from an index, however many events there are', async () => {
  await world.query(
    `INSERT INTO events (workspace_id, id, type, payload, created_at)
     SELECT $1, gen_random_uuid(), 'lead.deleted', '{}', now() FROM generate_series(1, 5000)`,
    [world.workspaceId],
  );
  await world.query('ANALYZE events');
  const [text, params] = await world.database.tx(world.workspaceId, async (tx) => {
    let sent: [string, readonly unknown[]] = ['', []];
    const query: Tx['query'] = (text, params = [], options) => {
      sent = [text, params];
      return tx.query(text, params, options);
    };
    const before = await feedEnd(tx);
    await readFeed({ ...tx, query } as Tx, { after: feedStart, before, types: undefined, limit: 50 });
    return sent;
  });
  const plan = await world.query(`EXPLAIN ${text}`, params);
  const lines = plan.map((row) => row['QUERY PLAN']).join('\n');
  expect(lines).toContain('Index Scan using events_in_order');
  expect(lines).not.toContain('Sort');
});
