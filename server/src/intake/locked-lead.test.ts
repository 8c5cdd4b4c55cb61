import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Home, testWorld } from '../../test/world.ts';

const world = await testWorld();
const other = await world.anotherHome('other');
/** A token with the policy `merge`, so that its requests need the leads of known people. */
const merging = { tokens: new Map([['native', await world.token('native', { policy: 'merge' })]]) };

let holder: Client;
beforeEach(async () => {
  holder = new Client(world.connections.superuser);
  await holder.connect();
  await holder.query('begin');
});
afterEach(() => holder.end());

let people = 0;
const someone = () => `+4478402${String(60_000 + people++)}`;

interface Timed {
  status: number;
  ms: number;
  retryAfter: unknown;
}

async function timed(
  method: 'POST' | 'PATCH',
  url: string,
  payload: object,
  home: Pick<Home, 'tokens'>,
): Promise<Timed> {
  const began = performance.now();
  const authorization = `Bearer ${home.tokens.get('native')}`;
  const reply = await world.app.inject({ method, url: `/v1/leads${url}`, payload, headers: { authorization } });
  return { status: reply.statusCode, ms: performance.now() - began, retryAfter: reply.headers['retry-after'] };
}

const arrive = (phone: string, home: Pick<Home, 'tokens'> = merging) =>
  timed('POST', '', { phone, name: 'Somebody' }, home);
const many = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

async function aLead(phone: string): Promise<string> {
  expect((await arrive(phone)).status).toBe(201);
  const [lead] = await world.query<{ id: string }>('select id from leads where phone = $1', [phone]);
  return lead?.id ?? '';
}

/** Expects all others to succeed before the waiting requests give up and are told to come back. */
async function expectOnlyTheseToWait(waiting: Promise<Timed>[], others: Promise<Timed>[]): Promise<void> {
  const waited = await Promise.all(waiting);
  for (const { status, retryAfter } of waited)
    expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: expect.anything() });
  const shortest = Math.min(...waited.map(({ ms }) => ms));
  for (const { status, ms } of await Promise.all(others)) {
    expect(status).toBe(201);
    expect(ms).toBeLessThan(shortest);
  }
}

test('a locked lead delays only requests that write to it', async () => {
  const phone = someone();
  const id = await aLead(phone);
  await holder.query('select from leads where id = $1 for update', [id]);
  const waiting = many(3, () => arrive(phone));
  const others = [...many(25, () => arrive(someone())), ...many(10, () => arrive(someone(), other))];
  await expectOnlyTheseToWait(waiting, others);
  await holder.query('rollback');
  expect((await arrive(phone)).status).toBeLessThan(300);
  expect(await world.query('select from touches where lead_id = $1', [id])).toHaveLength(2);
});

test('a request for a briefly locked lead succeeds once the lock is gone', async () => {
  const phone = someone();
  const id = await aLead(phone);
  await holder.query('select from leads where id = $1 for update', [id]);
  const waiting = arrive(phone);
  await Promise.all(many(5, () => arrive(someone())));
  await holder.query('commit');
  expect((await waiting).status).toBeLessThan(300);
});

test('changes of a locked lead do not occupy every connection', async () => {
  const id = await aLead(someone());
  await holder.query('select from leads where id = $1 for update', [id]);
  const waiting = many(12, () => timed('PATCH', `/${id}`, { city: 'Leeds' }, world));
  // Wait until these requests occupy their connections before the others begin.
  await expect
    .poll(() =>
      world.query("select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"),
    )
    .toHaveLength(5);
  await expectOnlyTheseToWait(
    waiting,
    many(10, () => arrive(someone(), other)),
  );
});

test('a locked department delays only requests with leads for it', async () => {
  const ask = async (url: string, payload: object) =>
    world.app.inject({
      method: 'POST',
      url,
      payload,
      headers: { cookie: await world.signIn(world.ownerId), 'sec-fetch-site': 'same-origin' },
    });
  const made = await ask('/v1/departments', { name: 'Night shift', member_ids: [world.ownerId] });
  expect(made.json()).toMatchObject({ name: 'Night shift' });
  await holder.query("select from departments where name = 'Night shift' for update");
  const waiting = many(2, () =>
    timed('POST', '', { phone: someone(), name: 'For sales', department: 'Night shift' }, world),
  );
  await expectOnlyTheseToWait(
    waiting,
    many(10, () => arrive(someone(), other)),
  );
});

const belongings = {
  lead_keys: 'insert into lead_keys (workspace_id, kind, value, lead_id) select $1, $$phone$$, $3, $2',
  touches: `insert into touches (workspace_id, lead_id, id, submission_id, dialect, fields, at)
    select $1, $2, gen_random_uuid(), gen_random_uuid(), $3, '{}', now()`,
  activities: `insert into activities (workspace_id, lead_id, id, kind, actor, reason, at)
    select $1, $2, gen_random_uuid(), 'lead_updated', 'system', $3, now()`,
};
const told = 'of a lead that is being deleted';

test.each(Object.entries(belongings))(
  '%s always belong to an existing lead, even if it is deleted at the same moment',
  async (table, insert) => {
    const id = await aLead(someone());
    const left = () => world.query(`select from ${table} where lead_id = $1`, [id]);
    const nobody = '01890000-0000-7000-8000-000000000000';
    await expect(world.query(insert, [world.workspaceId, nobody, told])).rejects.toMatchObject({ code: '23503' });
    await expect(world.query(insert, [other.workspaceId, id, told])).rejects.toMatchObject({ code: '23503' });
    await expect(
      world.query(`update ${table} set lead_id = $2 where lead_id = $1`, [id, nobody]),
    ).rejects.toMatchObject({
      code: '23503',
    });
    const before = (await left()).length;
    await holder.query(insert, [world.workspaceId, id, told]);
    const deleting = world.query('delete from leads where id = $1', [id]);
    const isWaiting = `select from pg_stat_activity where query like 'delete from leads%' and wait_event_type = 'Lock'`;
    await expect.poll(() => world.query(isWaiting)).toHaveLength(1);
    await holder.query('commit');
    await deleting;
    expect(before).toBeGreaterThan(0);
    expect(await left()).toEqual([]);
  },
);

test('nothing can be added to a lead that is being deleted', async () => {
  const id = await aLead(someone());
  await holder.query('delete from leads where id = $1', [id]);
  const added = Object.values(belongings).map((insert) => world.query(insert, [world.workspaceId, id, told]));
  const ended = Promise.allSettled(added);
  const areWaiting = `select from pg_stat_activity where query like 'insert into %' and wait_event_type = 'Lock'`;
  await expect.poll(() => world.query(areWaiting)).not.toHaveLength(0);
  await holder.query('commit');
  for (const one of await ended) expect(one).toMatchObject({ status: 'rejected', reason: { code: '23503' } });
});
