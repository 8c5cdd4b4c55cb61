import { expect, test } from 'vitest';
import { testWorld } from '../../test/world.ts';

const world = await testWorld();
const [first, second] = [await world.token('native'), await world.token('native')];
const cookie = await world.signIn(world.ownerId);

async function create(as: string | { cookie: string }, key: string, body: object = { name: 'Ann' }) {
  const reply = await world.app.inject({
    method: 'POST',
    url: '/v1/leads',
    headers: {
      ...(typeof as === 'string' ? { authorization: `Bearer ${as}` } : { ...as, 'sec-fetch-site': 'same-origin' }),
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    payload: JSON.stringify(body),
  });
  return { status: reply.statusCode, text: reply.body, id: reply.json().id as string };
}

test('a key belongs to the token or person who sent it', async () => {
  const [one, again, other, person] = [
    await create(first, 'key-1'),
    await create(first, 'key-1'),
    await create(second, 'key-1'),
    await create({ cookie }, 'key-1'),
  ];
  expect(again).toEqual(one);
  expect(new Set([one.id, other.id, person.id]).size).toBe(3);
});

test('a key with another body is refused, even while the first request is running', async () => {
  expect((await create(first, 'key-2')).status).toBe(201);
  expect((await create(first, 'key-2', { name: 'Bob' })).status).toBe(422);
  const [one, two] = await Promise.all([create(first, 'key-3'), create(first, 'key-3', { name: 'Bob' })]);
  expect([one.status, two.status].sort()).toEqual([201, 422]);
});

test('copies sent at once create one lead and get one answer', async () => {
  const copies = await Promise.all(Array.from({ length: 20 }, () => create(first, 'key-4')));
  expect(new Set(copies.map(({ text }) => text)).size).toBe(1);
});

test('a key is forgotten after a day', async () => {
  const one = await create(first, 'key-5');
  await world.query("UPDATE idempotency SET expires_at = expires_at - interval '1 day 1 second'");
  expect((await create(first, 'key-5')).id).not.toBe(one.id);
});

test('content repeated by one token is new when another token sends it', async () => {
  const [a, b] = [await world.token('ispcrm'), await world.token('ispcrm')];
  const send = async (token: string) =>
    (
      await world.app.inject({
        method: 'POST',
        url: '/api/v1/subscriber/CreateLead',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        payload: JSON.stringify({ name: 'Ann', email: 'ann@example.com', phone: '07840258823' }),
      })
    ).json().data.lead_id;
  const touches = async () =>
    Number((await world.query<{ n: number }>("SELECT count(*) AS n FROM touches WHERE dialect = 'ispcrm'"))[0]?.n);
  expect(await send(a)).toBe(await send(a));
  expect(await touches()).toBe(1);
  await send(b);
  expect(await touches()).toBe(2);
});
