import Value from 'typebox/value';
import { expect, test } from 'vitest';
import { PASSWORD, withPassword } from '../../test/people.ts';
import { settingsSteps } from '../../test/settings-steps.ts';
import { callsOf, workSteps } from '../../test/work-steps.ts';
import { client, testWorld } from '../../test/world.ts';
import { writingScene } from '../../test/writing-scene.ts';
import { catalogue, type EventType } from '../events/catalogue.ts';
import { announce } from '../events/event-store.ts';
import { touches } from '../events/screens.ts';
import { uuidv7 } from '../platform/ids.ts';
import type { Change } from './live.ts';

const world = await testWorld();
const { workspaceId, parts } = world;
const scene = await writingScene(world);
const { owner, lead, furnished, id } = scene;
const { claim, onCall } = callsOf(scene);
const heard: Change[] = [];
let wake = () => {};
parts.live.hear(workspaceId, (change) => {
  heard.push(change);
  wake();
});

/** Every route of `/v1` that changes something shown on a screen. */
const steps = { ...workSteps(scene), ...settingsSteps(scene) };

const replies: object[] = [];
/** The end of a secret that nothing stored may contain, because even a part makes it easier to guess. */
const LEAST_PART = 12;

/** What a reply gives out in secret: in the fields for it, at the end of links, and in cookies. */
function secretsIn(reply: object): string[] {
  return Object.entries(reply).flatMap(([name, value]): string[] => {
    if (['token', 'secret', 'recovery_codes'].includes(name)) return [value].flat().filter(isLong);
    if (name === 'invitation_url' && value) return [value.split('/').at(-1)];
    if (name === 'set-cookie') return [value].flat().flatMap((cookie: string) => cookie.split(/[=;]/)[1] || []);
    return typeof value === 'object' && value !== null ? secretsIn(value) : [];
  });
}

const isLong = (value: unknown) => typeof value === 'string' && value.length >= LEAST_PART;

/**
 * Returns the changes announced since the last call, in order. The test sends a marker to know that all have arrived.
 */
async function told(): Promise<Change[]> {
  await parts.jobs.runDue();
  await parts.live.close();
  const marker = uuidv7();
  await world.database.tx(workspaceId, async (tx) => touches(tx, 'leads', marker));
  await parts.live.close();
  const at = await arrived(marker);
  return heard.splice(0, at + 1).slice(0, -1);
}

async function arrived(marker: string): Promise<number> {
  for (;;) {
    const at = heard.findIndex(({ lead_ids }) => lead_ids.includes(marker));
    if (at >= 0) return at;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}

const topicsOf = (changes: readonly Change[]) => [...new Set(changes.flatMap(({ topics }) => topics))].sort();

/** Routes that change nothing shown on a screen. */
const quiet: Readonly<Record<string, () => Promise<{ status: number }>>> = {
  'POST /agents/me/heartbeat': () => owner('POST', '/agents/me/heartbeat'),
  'POST /views/:id/use': () => owner('POST', `/views/${furnished('/v1/views')}/use`),
  'POST /person-records': () => owner('POST', '/person-records', { email: 'nobody@example.com' }),
  'POST /tasks/parse': () => owner('POST', '/tasks/parse', { text: 'Call Ann tomorrow' }),
  'POST /members/:id/invitation': () => owner('POST', `/members/${id('member')}/invitation`),
  'POST /webhooks/:id/test': async () => {
    const { hook } = await testedHook();
    await told();
    return owner('POST', `/webhooks/${hook}/test`);
  },
  'POST /deliveries/:id/resend': async () => {
    const { delivery } = await testedHook();
    await told();
    return owner('POST', `/deliveries/${delivery}/resend`);
  },
  'POST /calls/:id/extend': async () => {
    await owner('PUT', '/agents/me', { state: 'ready' });
    await claim();
    await told();
    return onCall('extend', { lease_seconds: 60 });
  },
};

async function testedHook(): Promise<{ hook: string; delivery: string }> {
  const { body } = await owner('POST', '/webhooks', { url: 'https://example.com/', events: ['call.logged'] });
  return { hook: body.id, delivery: (await owner('POST', `/webhooks/${body.id}/test`)).body.id };
}

/** Routes that sign in or join a workspace, and others whose effect only the caller sees. */
const own = [
  ...['POST /invitations/:secret/join', 'POST /me/totp', 'POST /session', 'POST /session/workspace'],
  ...['POST /demo/session', 'DELETE /demo/session'],
];

/** Routes of mail: only the page that sends the request shows what has changed, and that page reloads by itself. */
const refreshed = [
  ...['POST /outbox/:id/resend', 'PATCH /me/mail'],
  ...['POST /lead-messages/preview', 'POST /password-resets', 'POST /unsubscriptions/:token'],
];

test('every route that writes is covered', () => {
  const writing = world.routes
    .filter(({ method, url }) => url.startsWith('/v1/') && !['GET', 'HEAD', 'OPTIONS'].includes(method))
    .map(({ method, url }) => `${method} ${url.slice('/v1'.length)}`);
  expect([...Object.keys(steps), ...Object.keys(quiet), ...own, ...refreshed].sort()).toEqual(
    [...new Set(writing)].sort(),
  );
});

test.each(Object.entries(steps))('%s notifies open screens', async (_, { before, run, tells }) => {
  await withPassword(world, world.ownerId);
  await before?.();
  await told();
  const reply = await run();
  replies.push(reply);
  expect(reply.status, JSON.stringify(reply)).toBeLessThan(300);
  expect(topicsOf(await told())).toEqual([...tells].sort());
});

test('no secret that these routes took or gave out is stored so that it can be read', async () => {
  const secrets = [PASSWORD, ...replies.flatMap((reply) => secretsIn(reply))];
  expect(secrets.length).toBeGreaterThan(15);
  const tables = await world.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await world.query<{ text: string }>(`SELECT row_to_json(t)::text AS text FROM ${name} t`);
    for (const secret of secrets)
      if (rows.some(({ text }) => text.includes(secret.slice(-LEAST_PART)))) found.push(`${name}: ${secret}`);
  }
  expect(found).toEqual([]);
});

test.each(Object.entries(quiet))('%s notifies nobody', async (_, run) => {
  await told();
  expect((await run()).status).toBeLessThan(300);
  expect(await told()).toEqual([]);
});

const aCall = { type: 'call.cancelled', lead_id: uuidv7(), payload: { call_id: 'call_x' }, at: new Date() } as const;

test('changes of a transaction or savepoint that is rolled back are not announced', async () => {
  await told();
  const failing = world.database.tx(workspaceId, async (tx) => {
    await announce(tx, aCall);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await world.database.tx(workspaceId, async (tx) => {
    const start = await tx.savepoint();
    await announce(tx, aCall);
    await start.undo();
  });
  expect(await told()).toEqual([]);
});

test('a retried transaction is announced once, with its lead', async () => {
  await told();
  let tries = 0;
  const work = async (tx: Parameters<typeof announce>[0]) => {
    tries += 1;
    if (tries === 1) touches(tx, 'deals', aCall.lead_id);
    await announce(tx, aCall);
    if (tries === 1) await tx.query('DO $$ BEGIN RAISE serialization_failure; END $$');
  };
  await world.database.tx(workspaceId, work, { retry: true });
  expect(tries).toBe(2);
  expect(await told()).toEqual([{ topics: ['calls', 'leads'], lead_ids: [aCall.lead_id] }]);
});

test('every announced event matches the schema of its type', async () => {
  await owner('PATCH', lead, { owner: world.ownerId });
  const { body: task } = await owner('POST', `${lead}/tasks`, { name: 'Visit' });
  for (const change of [{ done: true }, { done: false, name: 'Visit them' }])
    await owner('PATCH', `/tasks/${task.id}`, change);
  const merging = client(world, await world.token('native', { policy: 'merge' }));
  for (const city of ['York', 'Hull'])
    await merging('POST', '/leads', { email: 'again@example.com', city, note: 'Hi' });
  const events = await world.query<{ type: EventType; payload: unknown }>('SELECT type, payload FROM events');
  const wrong = events.filter(
    ({ type, payload }) => payload !== undefined && !Value.Check(catalogue[type].data, payload),
  );
  expect(wrong.filter(({ payload }) => (payload as { call_id?: string }).call_id !== 'call_x')).toEqual([]);
  const types = new Set(events.map(({ type }) => type));
  expect(Object.keys(catalogue).filter((type) => !types.has(type as EventType))).toEqual([
    'submission.failed',
    'webhook.disabled',
  ]);
});
