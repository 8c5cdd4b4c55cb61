import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
let phones = 7_700_900_100;
const newPhone = () => `0${phones++}`;

const twice = async (key: string, first: object, second: object) => {
  const headers = { 'idempotency-key': key };
  return [await ask('POST', '/leads', first, headers), await ask('POST', '/leads', second, headers)] as const;
};

test('a request repeated with its key gets the same bytes and creates one lead', async () => {
  const phone = newPhone();
  const [one, two] = await twice('key-1', { phone }, { phone });
  expect(two.status).toBe(one.status);
  expect(two.text).toBe(one.text);
  expect((await ask('GET', `/leads?phone=${phone}`)).body.data).toHaveLength(1);
});

test('ten simultaneous requests with one key create one lead', async () => {
  const phone = newPhone();
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => ask('POST', '/leads', { phone }, { 'idempotency-key': 'key-at-once' })),
  );
  expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  expect((await ask('GET', `/leads?phone=${phone}`)).body.data).toHaveLength(1);
});

test('another body with the key is refused', async () => {
  const [, two] = await twice('key-2', { name: 'A' }, { name: 'B' });
  expect([two.status, two.body.type]).toEqual([422, '/problems/idempotency_mismatch']);
});

test('a key is one to 255 characters long', async () => {
  for (const key of ['', 'x'.repeat(256)]) {
    const reply = await ask('POST', '/leads', { name: 'A' }, { 'idempotency-key': key });
    expect(reply.status).toBe(422);
    expect(reply.body.errors[0].field).toBe('idempotency-key');
  }
});
