import { Webhook as Verifier } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { status } from '../../test/receiver.ts';
import { webhookScene } from '../../test/webhook-scene.ts';
import { client, fieldsAtFault, type Reply } from '../../test/world.ts';
import { enqueueDue } from '../jobs/job-scheduler.ts';
import { enqueue } from '../jobs/job-store.ts';
import { fromTypeId, timeOfId } from '../platform/ids.ts';
import { saveResults } from './sending/result-store.ts';

const { world, ask, receiver, hook, lead, deliveries, states, until } = await webhookScene([0, 0, 600]);

test('the secret is shown once and appears nowhere else', async () => {
  const url = `${receiver.url}/a?key=known-to-the-receiver`;
  const { id, secret, ...made } = await hook({ url, description: ' For the ERP ', include: ['lead'] });
  expect(Buffer.from(secret.replace(/^whsec_/, ''), 'base64')).toHaveLength(32);
  expect(made).toMatchObject({ description: 'For the ERP', events: ['lead.created'], enabled: true, held: 0 });
  const rotated = await ask('POST', `/webhooks/${id}/rotate`, { overlap_hours: 1 });
  expect(rotated.body.secret).not.toBe(secret);
  await lead();
  await until(() => states(id)).toEqual(['delivered']);
  const [delivery] = await deliveries(id);
  for (const path of ['/webhooks', `/webhooks/${id}`, `/deliveries/${delivery.id}`, '/audit-log', '/jobs']) {
    const { text } = await ask('GET', path);
    for (const shown of [secret, rotated.body.secret]) expect(text).not.toContain(shown.slice(6));
  }
  expect((await ask('GET', '/audit-log')).text).not.toContain('known-to-the-receiver');
});

test('a workspace has up to fifty webhooks', async () => {
  await hook();
  await world.query(
    `INSERT INTO webhooks (workspace_id, id, url, include, secret, created_by, created_at, description)
     SELECT workspace_id, gen_random_uuid(), url, include, secret, created_by, created_at, 'copy'
     FROM webhooks, generate_series(2, 50) WHERE deleted_at IS NULL`,
  );
  const refused = await ask('POST', '/webhooks', { url: `${receiver.url}/a`, events: ['*'] });
  expect([refused.status, refused.body.detail]).toEqual([409, 'A workspace may have up to 50 webhooks.']);
  await world.query("DELETE FROM webhooks WHERE description = 'copy'");
});

test('a webhook is changed, and invalid values are refused by field', async () => {
  const { id } = await hook();
  const [source] = (await ask('GET', '/sources')).body.data;
  const changed = await ask('PATCH', `/webhooks/${id}`, { events: ['*'], filter: { sources: [source.name] } });
  expect(changed.body).toMatchObject({ events: ['*'], filter: { sources: [source.id], types: null } });
  expect((await ask('PATCH', `/webhooks/${id}`, { filter: null })).body.filter.sources).toBeNull();
  const refused = async (body: object) => fieldsAtFault(await ask('PATCH', `/webhooks/${id}`, body));
  for (const url of ['http://10.0.0.1/', 'https://0xa9fea9fe/', 'ftp://example.com/', 'https://a:b@example.com/', 'x'])
    expect(await refused({ url })).toEqual(['url bad_url']);
  expect(await refused({ filter: { types: ['Nothing'] } })).toEqual(['filter.types.0 unknown_reference']);
  for (const type of ['lead.exploded', 'webhook.test'])
    expect(await refused({ events: [type] })).toEqual(['events.0 not_in_list']);
  expect((await ask('DELETE', `/webhooks/${id}`)).status).toBe(204);
  expect((await ask('GET', `/webhooks/${id}`)).status).toBe(404);
});

test('during a rotation both secrets verify, and afterwards only the new one', async () => {
  const { id, secret } = await hook();
  const rotated = (await ask('POST', `/webhooks/${id}/rotate`, { overlap_hours: 2 })).body;
  const accepts = (one: string, at: number) => {
    const { text, headers } = receiver.received[at] ?? { text: '', headers: {} };
    try {
      return Boolean(new Verifier(one).verify(text, headers as Record<string, string>));
    } catch {
      return false;
    }
  };
  await lead();
  await until(() => receiver.received.length).toBe(1);
  expect([accepts(secret, 0), accepts(rotated.secret, 0)]).toEqual([true, true]);
  // Another rotation before the first has ended: now the second secret is the old one.
  const last = (await ask('POST', `/webhooks/${id}/rotate`, { overlap_hours: 2 })).body;
  await lead();
  await until(() => receiver.received.length).toBe(2);
  expect([secret, rotated.secret, last.secret].map((one) => accepts(one, 1))).toEqual([false, true, true]);
  await world.query("UPDATE webhooks SET old_secret_ends_at = now() - interval '1 second'");
  await lead();
  await until(() => receiver.received.length).toBe(3);
  expect([accepts(rotated.secret, 2), accepts(last.secret, 2)]).toEqual([false, true]);
});

test('a test event goes only to its webhook, and not to a disabled one', async () => {
  const { id } = await hook({ events: ['lead.deleted'] });
  const other = await hook({ url: `${receiver.url}/other`, events: ['*'] });
  const sent = await ask('POST', `/webhooks/${id}/test`);
  expect([sent.status, sent.body.type]).toEqual([202, 'webhook.test']);
  await until(() => states(id)).toEqual(['delivered']);
  expect(await deliveries(other.id)).toEqual([]);
  expect(receiver.received.map(({ path, body }) => [path, body.type, body.data.webhook_id])).toEqual([
    ['/a', 'webhook.test', id],
  ]);
  await ask('PATCH', `/webhooks/${id}`, { enabled: false });
  expect(await ask('POST', `/webhooks/${id}/test`)).toMatchObject({
    status: 409,
    body: { type: '/problems/webhook_disabled' },
  });
});

test('a delivery shows each attempt and the start of each answer, and is sent again only while its webhook is enabled', async () => {
  const { id } = await hook();
  receiver.answering = (response, one, earlier) =>
    earlier === 0
      ? status(500, {}, `no ${'x'.repeat(5_000)}`)(response, one, earlier)
      : status(200, {}, 'yes')(response, one, earlier);
  const { id: leadId } = await lead();
  await until(() => states(id)).toEqual(['delivered']);
  const [one] = await deliveries(id, '?state=delivered&type=lead.created');
  expect(await deliveries(id, '?state=failed')).toEqual([]);
  expect(one).toMatchObject({ lead_id: leadId, attempts: 2, last_attempt: { status: 200, error: null } });
  const detail = (await ask('GET', `/deliveries/${one.id}`)).body;
  expect(JSON.parse(detail.body)).toEqual(receiver.received[1]?.body);
  expect(detail.attempt_list).toMatchObject([
    { attempt: 1, status: 500, error: 'The receiver answered 500.' },
    { attempt: 2, status: 200, error: null, answer: 'yes' },
  ]);
  expect(detail.attempt_list[0].answer).toBe(`no ${'x'.repeat(1_997)}`);
  expect((await ask('POST', `/deliveries/${one.id}/resend`)).status).toBe(202);
  await until(async () => (await ask('GET', `/deliveries/${one.id}`)).body.attempts).toBe(3);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect((await ask('GET', `/webhooks/${id}`)).body.last_day).toEqual({ succeeded: 2, failed: 1 });
  const hours = (await ask('GET', `/webhooks/${id}/hours`)).body.data;
  expect(hours).toHaveLength(24);
  expect(hours.reduce((sum: number, hour: { succeeded: number }) => sum + hour.succeeded, 0)).toBe(2);
  await ask('PATCH', `/webhooks/${id}`, { enabled: false });
  const since = new Date(Date.now() - 60_000).toISOString();
  for (const again of [
    await ask('POST', `/deliveries/${one.id}/resend`),
    await ask('POST', `/webhooks/${id}/replay`, { since }),
  ])
    expect([again.status, again.body.type]).toEqual([409, '/problems/webhook_disabled']);
});

test('events held for a disabled webhook are counted when it is enabled, and a replay delivers them all', async () => {
  const { id } = await hook({ events: ['lead.updated'] });
  await ask('PATCH', `/webhooks/${id}`, { enabled: false });
  const since = new Date(Date.now() - 60_000).toISOString();
  const events = await world.query<{ id: string }>(
    `INSERT INTO events (workspace_id, id, type, payload, created_at)
     SELECT $1, gen_random_uuid(), 'lead.updated', '{"changed": ["name"], "submission_id": null}', now()
     FROM generate_series(1, 150) RETURNING id`,
    [world.workspaceId],
  );
  expect((await ask('PATCH', `/webhooks/${id}`, { enabled: true })).body).toMatchObject({ held: 150, pending: 0 });
  const job = await ask('POST', `/webhooks/${id}/replay`, { since });
  expect([job.status, job.body.total]).toEqual([202, 150]);
  await until(() => receiver.received.length).toBe(150);
  await until(async () => (await ask('GET', `/webhooks/${id}`)).body.held).toBe(0);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(events.length);
  await until(async () => (await ask('GET', `/jobs/${job.body.id}`)).body).toMatchObject({ state: 'done', done: 150 });
  expect((await ask('POST', `/webhooks/${id}/replay`, { since })).body.total).toBe(0);
});

test('a replay ends when its webhook is disabled', async () => {
  const { id } = await hook();
  const since = new Date(Date.now() - 60_000).toISOString();
  await ask('PATCH', `/webhooks/${id}`, { enabled: false });
  await lead();
  const params = { webhook_id: fromTypeId('hook', id), since, until: '2999-01-01T00:00:00Z', states: ['held'] };
  const order = { kind: 'replay-deliveries' as const, params, total: 1, member_id: null, actor: 'system' };
  const job = await world.database.tx(world.workspaceId, (tx) => enqueue(tx, order, world.parts.clock()));
  await until(() => world.query('SELECT state, result FROM jobs WHERE id = $1', [job.id])).toEqual([
    { state: 'done', result: { stopped: 'The webhook was disabled.' } },
  ]);
  expect(await states(id)).toEqual(['held']);
});

test('a filter passes events of matching leads and of deleted leads', async () => {
  const [website, other] = (await ask('GET', '/sources')).body.data;
  const { id } = await hook({ events: ['*'], filter: { sources: [website.id] } });
  const mine = await lead({ source: website.name });
  const theirs = await lead({ source: other.name });
  await lead();
  await ask('DELETE', `/leads/${theirs.id}`);
  await ask('POST', '/leads', { name: '' });
  const told = async () =>
    [...new Set((await deliveries(id)).map((one: Reply['body']) => [one.lead_id, one.type].join(' ')))].sort();
  expect(await told()).toEqual(
    [`${mine.id} lead.created`, `${mine.id} touch.added`, `${theirs.id} lead.deleted`].sort(),
  );
});

test('an erasure covers the stored answers of receivers, and old deliveries go with their events', async () => {
  const { id } = await hook();
  receiver.answering = status(200, {}, 'Stored Erin Echo <erin@example.com>.');
  await lead({ name: 'Erin Echo', email: 'erin@example.com' });
  await until(() => states(id)).toEqual(['delivered']);
  await ask('POST', '/erasures', { email: 'erin@example.com' });
  await world.parts.jobs.runDue();
  const answers = () =>
    world.query('SELECT answer FROM webhook_attempts WHERE webhook_id = $1', [fromTypeId('hook', id)]);
  expect(await answers()).toEqual([{ answer: 'Stored [erased] <[erased]>.' }]);
  const [{ event_id: event }] = await deliveries(id);
  await enqueueDue(world.parts);
  // Other tests of the same worker may have moved the ids of events into the future.
  world.setClock(new Date(timeOfId(fromTypeId('evt', event) ?? '').getTime() + 91 * 86_400_000));
  await enqueueDue(world.parts);
  await until(async () => [await answers(), await states(id)]).toEqual([[], []]);
  world.setClock(undefined);
});

test('a workspace does not see the webhooks of another, nor do those get its events', async () => {
  const { id } = await hook();
  await lead();
  const [delivery] = await deliveries(id);
  const stranger = client(world, (await world.anotherHome('stranger')).tokens.get('native'));
  expect((await stranger('GET', '/webhooks')).body.data).toEqual([]);
  expect((await stranger('GET', `/deliveries/${delivery.id}`)).status).toBe(404);
  expect((await stranger('POST', `/deliveries/${delivery.id}/resend`)).status).toBe(404);
  const theirs = await stranger('POST', '/webhooks', { url: `${receiver.url}/theirs`, events: ['*'] });
  expect((await ask('POST', '/leads', { name: 'Ours' })).status).toBe(201);
  const made = await world.query('SELECT 1 FROM webhook_deliveries WHERE webhook_id = $1', [
    fromTypeId('hook', theirs.body.id),
  ]);
  expect(made).toEqual([]);
});

test('the late result of a process that was taken for dead does not count', async () => {
  const { id } = await hook();
  await ask('PATCH', `/webhooks/${id}`, { enabled: false });
  await lead();
  const event_id = fromTypeId('evt', (await deliveries(id))[0].event_id) ?? '';
  const lease = new Date(Date.now() + 3_600_000);
  await world.query("UPDATE webhook_deliveries SET state = 'sending', due_at = $2 WHERE event_id = $1", [
    event_id,
    lease,
  ]);
  const bring = (of: Date) =>
    world.database.tx(world.workspaceId, (tx) =>
      saveResults(tx, fromTypeId('hook', id) ?? '', [
        { event_id, lease: of, state: 'delivered', due_at: new Date(), attempts: 1 },
      ]),
    );
  const stored = () => world.query('SELECT state FROM webhook_deliveries WHERE event_id = $1', [event_id]);
  await bring(new Date(lease.getTime() - 30_000));
  expect(await stored()).toEqual([{ state: 'sending' }]);
  await bring(lease);
  expect(await stored()).toEqual([{ state: 'delivered' }]);
});
