import { Webhook as Verifier } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { type Answering, ok, status, toThisMachine } from '../../../test/receiver.ts';
import { webhookScene } from '../../../test/webhook-scene.ts';
import { type Reply, testKeyring } from '../../../test/world.ts';
import { fromTypeId } from '../../platform/ids.ts';
import { openServerContext } from '../../server-context.ts';
import { clearDeleted } from '../webhook-store.ts';
import { GiveWay } from './give-way.ts';
import { nextDelay, readRetrySeconds, usualRetrySeconds } from './retry-schedule.ts';

const schedule = [0, 0, 0, 0, 600];
const { world, ask, receiver, hook, lead, deliveries, states, until } = await webhookScene(schedule);
/** Announces many events at once, as a transaction that changes many leads does. */
const announceMany = (count: number) =>
  world.query<{ id: string }>(
    `INSERT INTO events (workspace_id, id, type, payload, created_at)
     SELECT $1, gen_random_uuid(), 'lead.created', '{}', now() FROM generate_series(1, $2::int) RETURNING id`,
    [world.workspaceId, count],
  );
const show = async (id: string) => (await ask('GET', `/webhooks/${id}`)).body;
const idsReceived = () => receiver.received.map(({ headers }) => headers['webhook-id']);
/** Lets every attempt at a delivery fail: four at once, and the last when its time has come. */
async function failAll(id: string): Promise<void> {
  world.setClock(new Date(Date.now() - 700_000));
  await lead();
  await until(async () => (await deliveries(id))[0]?.attempts).toBe(4);
  world.setClock(undefined);
  world.parts.dispatcher.wake();
  await until(() => states(id)).toEqual(['failed']);
}
/** Answers the first attempt with the first of these, the second with the second, and so on. */
const inTurn =
  (...answers: Answering[]): Answering =>
  (response, one, earlier) =>
    (answers[earlier] ?? ok)(response, one, earlier);

describe('the schedule', () => {
  const delays = (options: object) =>
    usualRetrySeconds.map((_, at) => nextDelay(at + 1, { schedule: usualRetrySeconds, random: 0.5, ...options }));

  test('is ten attempts in 75 hours 35 minutes and 5 seconds', () => {
    const [last, ...rest] = delays({}).reverse();
    expect(last).toBeUndefined();
    expect(rest.reverse().map((delay) => (delay ?? 0) / 1000)).toEqual(usualRetrySeconds.slice(1));
    expect(usualRetrySeconds.reduce((sum, one) => sum + one, 0)).toBe(75 * 3600 + 35 * 60 + 5);
  });

  test('varies by a tenth either way, and waits longer if the receiver asks', () => {
    expect([delays({ random: 0 })[1], delays({ random: 1 })[1]]).toEqual([270_000, 330_000]);
    expect(delays({ retryAfter: 60 }).slice(0, 2)).toEqual([60_000, 300_000]);
    expect(delays({ retryAfter: 1e9 })[0]).toBe(86_400_000);
  });

  test('can be replaced by a list of seconds', () => {
    expect(readRetrySeconds('0, 1,2')).toEqual([0, 1, 2]);
    expect(readRetrySeconds('')).toEqual(usualRetrySeconds);
    for (const text of ['x', '1,,2', '-1', '1e3', `${31 * 86_400}`]) expect(readRetrySeconds(text)).toBeUndefined();
  });
});

test('deliveries give way to many requests in progress, though not entirely, and resume right after', () => {
  let now = 0;
  const giveWay = new GiveWay(() => now);
  const ends = Array.from({ length: 64 }, () => giveWay.enter());
  expect(giveWay.mayPass()).toBe(true);
  now = 1_000;
  const passed = Array.from({ length: 50 }, () => giveWay.mayPass()).filter(Boolean).length;
  expect(passed).toBeGreaterThan(0);
  expect(passed).toBeLessThan(10);
  for (const end of ends) end();
  now = 1_500;
  expect(Array.from({ length: 50 }, () => giveWay.mayPass())).not.toContain(false);
});

test('a failed delivery is retried with the same id and a fresh signature', async () => {
  const { id, secret } = await hook();
  receiver.answering = inTurn(
    status(500),
    (response) => response.destroy(),
    status(302, { location: `${receiver.url}/b` }),
    (response) => response.writeHead(200, { 'content-length': 100 }).write('lie', () => response.destroy()),
  );
  world.setClock(new Date(Date.now() - 11 * 60_000));
  await lead();
  await until(() => receiver.received.length).toBe(4);
  await until(() => states(id)).toEqual(['pending']);
  world.setClock(undefined);
  world.parts.dispatcher.wake();
  await until(() => states(id)).toEqual(['delivered']);
  const [{ id: delivery }] = await deliveries(id);
  const { attempt_list: list } = (await ask('GET', `/deliveries/${delivery}`)).body;
  expect(list.map((one: Reply['body']) => one.status)).toEqual([500, null, 302, 200, 204]);
  expect(list.map((one: Reply['body']) => one.error)).toEqual([
    'The receiver answered 500.',
    'The receiver broke the connection.',
    'The receiver answered with a redirect (302), which is not followed.',
    'The receiver broke the connection.',
    null,
  ]);
  const last = receiver.received[4];
  expect(new Set(idsReceived()).size).toBe(1);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(2);
  expect(new Verifier(secret).verify(last?.text ?? '', last?.headers as Record<string, string>)).toEqual(last?.body);
});

test('a delivery is given up after the last attempt, and resending it starts over', async () => {
  const { id } = await hook();
  receiver.answering = status(503, { 'retry-after': '0' });
  await failAll(id);
  expect(await show(id)).toMatchObject({ failed: 1, failing_since: expect.any(String) });
  receiver.answering = inTurn(ok, ok, ok, ok, ok, status(500));
  const [{ id: delivery }] = await deliveries(id);
  await ask('POST', `/deliveries/${delivery}/resend`);
  await until(() => states(id)).toEqual(['delivered']);
  expect([receiver.received.length, (await show(id)).failing_since]).toEqual([7, null]);
});

test('a replayed delivery starts over', async () => {
  const { id } = await hook();
  const since = new Date(Date.now() - 800_000).toISOString();
  receiver.answering = status(503);
  await failAll(id);
  receiver.answering = (response, one, earlier) => (earlier < 7 ? status(503) : ok)(response, one, earlier);
  await ask('POST', `/webhooks/${id}/replay`, { since });
  await until(() => states(id)).toEqual(['delivered']);
  expect(receiver.received).toHaveLength(8);
});

test('a receiver’s Retry-After is respected', async () => {
  const { id } = await hook();
  receiver.answering = status(429, { 'retry-after': '3600' });
  const at = new Date(Math.floor(Date.now() / 1000) * 1000);
  world.setClock(at);
  await lead();
  await until(async () => (await deliveries(id))[0]?.next_attempt_at).toBe(
    new Date(at.getTime() + 3_600_000).toISOString(),
  );
});

test.each([
  ['gone', status(410)],
  ['asked', status(500, { 'webhook-delivery': 'disable' })],
])('a webhook disabled with the reason %s is announced to others, and its events are held', async (reason, answer) => {
  const { id } = await hook();
  const watcher = await hook({ url: `${receiver.url}/watcher`, events: ['webhook.disabled'] });
  receiver.answering = (response, one, earlier) => (one.path === '/a' ? answer : ok)(response, one, earlier);
  await lead();
  await until(() => states(watcher.id)).toEqual(['delivered']);
  await lead();
  expect(await show(id)).toMatchObject({ enabled: false, disabled_because: reason, held: 2, pending: 0 });
  expect(receiver.received.filter(({ path }) => path === '/watcher').map(({ body }) => body.data)).toEqual([
    { webhook_id: id, reason },
  ]);
  expect(receiver.received.filter(({ path }) => path === '/a')).toHaveLength(1);
});

test('an event that its receiver declines is given up at once', async () => {
  const { id } = await hook();
  receiver.answering = status(400, { 'webhook-delivery': 'abort-message' });
  await lead();
  await until(() => states(id)).toEqual(['failed']);
  expect([receiver.received.length, (await show(id)).enabled]).toEqual([1, true]);
});

test('five days of nothing but failures disable a webhook, unless interrupted by a pause or a success', async () => {
  const { id } = await hook();
  // In the past, because event ids from the future would get in the way of other tests.
  const start = Date.now() - 20 * 86_400_000;
  receiver.answering = status(500);
  const on = async (day: number) => {
    const before = receiver.received.length;
    world.setClock(new Date(start + day * 86_400_000));
    await lead();
    await until(() => receiver.received.length).toBeGreaterThan(before);
    await until(async () => (await deliveries(id))[0]?.attempts).toBeGreaterThan(0);
    return (await show(id)).enabled;
  };
  expect([await on(0), await on(6), await on(9)]).toEqual([true, true, true]);
  receiver.answering = ok;
  expect(await on(10)).toBe(true);
  receiver.answering = status(500);
  expect([await on(11), await on(14), await on(15.9)]).toEqual([true, true, true]);
  world.setClock(new Date(start + 16.1 * 86_400_000));
  await lead();
  await until(() => show(id)).toMatchObject({ enabled: false, disabled_because: 'failing' });
});

test('a webhook gets the lead as it is when the event is sent, and never more than 20 kB', async () => {
  const { id } = await hook({ include: ['lead'] });
  await ask('PATCH', `/webhooks/${id}`, { enabled: false });
  const since = new Date(Date.now() - 60_000).toISOString();
  const renamed = await lead();
  await ask('PATCH', `/leads/${renamed.id}`, { name: 'Later Name' });
  const deleted = await lead();
  await ask('DELETE', `/leads/${deleted.id}`);
  const large = await lead({ custom: { essay: 'x'.repeat(19_900) } });
  await ask('PATCH', `/webhooks/${id}`, { enabled: true });
  await ask('POST', `/webhooks/${id}/replay`, { since });
  await until(() => receiver.received.length).toBe(3);
  const of = (leadId: string) => receiver.received.find(({ body }) => body.lead_id === leadId);
  expect(of(renamed.id)?.body.lead).toMatchObject({ id: renamed.id, name: 'Later Name', version: 2 });
  expect(of(deleted.id)?.body.lead).toBeNull();
  expect(of(large.id)?.body).toMatchObject({ left_out: ['lead'], type: 'lead.created' });
  expect(of(large.id)?.text.length).toBeLessThan(20_000);
});

test('a receiver that hangs gets four requests at a time, and delays no other', async () => {
  const hanging = await hook();
  const quick = await hook({ url: `${receiver.url}/quick` });
  receiver.answering = (response, one, earlier) => one.path !== '/a' && ok(response, one, earlier);
  await announceMany(300);
  await until(() => receiver.received.filter(({ path }) => path === '/quick').length).toBe(300);
  await until(async () => (await show(quick.id)).pending).toBe(0);
  expect((await show(hanging.id)).pending).toBe(300);
  expect(receiver.received.filter(({ path }) => path === '/a')).toHaveLength(4);
  expect(receiver.most.get('/a')).toBe(4);
  // If this process died now, another would send them half a minute later.
  const [{ seconds }] = (await world.query<{ seconds: number }>(
    "SELECT extract(epoch FROM max(due_at) - now())::float8 AS seconds FROM webhook_deliveries WHERE state = 'sending'",
  )) as [{ seconds: number }];
  expect(seconds).toBeLessThan(31);
  await ask('DELETE', `/webhooks/${hanging.id}`);
  receiver.reset();
  await lead();
  await until(() => receiver.received.length).toBe(1);
  await until(async () => (await show(quick.id)).pending).toBe(0);
  expect(receiver.received.map(({ path }) => path)).toEqual(['/quick']);
});

test('two processes send each delivery once, with four at a time between them', async () => {
  const { id } = await hook();
  const other = await openServerContext({
    app: world.connections.app,
    contentWindowSeconds: 1,
    keyring: testKeyring,
    log: { error: () => {}, warn: () => {}, info: () => {} },
    egress: toThisMachine,
  });
  try {
    receiver.answering = (response, one, earlier) => void setTimeout(() => ok(response, one, earlier), 10);
    await announceMany(200);
    await until(async () => {
      for (const { dispatcher } of [world.parts, other]) dispatcher.wake();
      return (await show(id)).pending;
    }).toBe(0);
    expect([receiver.received.length, new Set(idsReceived()).size, receiver.most.get('/a')]).toEqual([200, 200, 4]);
  } finally {
    await other.close();
  }
});

test('a deleted webhook goes with all its records, however many it has', async () => {
  const { id } = await hook();
  const own = fromTypeId('hook', id) ?? '';
  await world.query(
    `INSERT INTO webhook_attempts (workspace_id, webhook_id, event_id, attempt, at, took_ms)
     SELECT $1, $2, event, attempt, now(), 1
     FROM (SELECT gen_random_uuid() AS event FROM generate_series(1, 8000)) AS events, generate_series(1, 5) AS attempt`,
    [world.workspaceId, own],
  );
  await ask('DELETE', `/webhooks/${id}`);
  while (await world.parts.database.tx(world.workspaceId, (tx) => clearDeleted(tx, own)));
  expect(await world.query('SELECT FROM webhooks WHERE id = $1', [own])).toEqual([]);
  expect(await world.query('SELECT FROM webhook_attempts WHERE webhook_id = $1', [own])).toEqual([]);
});

test('a delivery that fails after its webhook was disabled is held', async () => {
  const { id } = await hook();
  let fail = () => {};
  receiver.answering = (response, one, earlier) => {
    fail = () => status(500)(response, one, earlier);
  };
  await lead();
  await until(() => receiver.received.length).toBe(1);
  await ask('PATCH', `/webhooks/${id}`, { enabled: false });
  fail();
  await until(() => states(id)).toEqual(['held']);
});

test('a delivery interrupted by the death of its process is sent again', async () => {
  const { id } = await hook();
  await ask('PATCH', `/webhooks/${id}`, { enabled: false });
  const [event] = await announceMany(1);
  await ask('PATCH', `/webhooks/${id}`, { enabled: true });
  await world.query(
    "UPDATE webhook_deliveries SET state = 'sending', due_at = now() - interval '1 ms' WHERE event_id = $1",
    [event?.id],
  );
  await until(() => states(id)).toEqual(['delivered']);
});
