import { beforeAll, expect, test } from 'vitest';
import { client, testWorld, type World } from '../../test/world.ts';
import { revokeToken } from '../workspaces/tokens/token-store.ts';

const LIMITS = { turned_away_of_token: 5, bytes_turned_away_of_token: 600_000, requests_of_token: 30 };
let world: World;
let owner: ReturnType<typeof client>;

beforeAll(async () => {
  world = await testWorld({ limits: LIMITS });
  owner = client(world, { cookie: await world.signIn(world.ownerId) });
});

const post = (secret: string, payload: object, url = '/api/crm/lead') =>
  world.app.inject({ method: 'POST', url, headers: { authorization: `Bearer ${secret}` }, payload });

async function idOf(name: string): Promise<string> {
  const [token] = await world.query<{ id: string }>('SELECT id FROM tokens WHERE name = $1', [name]);
  return token?.id ?? '';
}

async function kept(name: string): Promise<{ rows: number; bytes: number }> {
  const [found] = await world.query<{ rows: number; bytes: number }>(
    `SELECT count(*)::int AS rows, coalesce(sum(length(body)), 0)::int AS bytes FROM submissions WHERE token_id = $1`,
    [await idOf(name)],
  );
  return found ?? { rows: 0, bytes: 0 };
}

const ended = async (name: string) =>
  (await owner('GET', '/submissions/not-kept?days=2')).body.data.find(
    (one: { token_name: string }) => one.token_name === name,
  );

async function revoked(name: string, dialect = 'overplane'): Promise<string> {
  const secret = await world.token(dialect, { name });
  const id = await idOf(name);
  await world.database.tx(world.workspaceId, (tx) => revokeToken(tx, id));
  await world.parts.changed(world.workspaceId);
  return secret;
}

test('the journal keeps requests of a revoked token up to a quota, and counts the rest', async () => {
  const secret = await revoked('Gone');
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => post(secret, { first_name: 'x'.repeat(250_000) })),
  );
  expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1);
  expect(answers[0]?.statusCode).toBe(401);
  const { rows, bytes } = await kept('Gone');
  expect(rows).toBe(2);
  expect(bytes).toBeLessThan(LIMITS.bytes_turned_away_of_token);
  expect(await ended('Gone')).toMatchObject({
    reason: 'revoked',
    kept: 2,
    counted: 18,
    detail: '18 more requests of the revoked token Gone were counted, not kept.',
  });
  const narrow = client(world, {
    cookie: await world.signIn(await world.member({ role: 'manager', visibility: 'own' })),
  });
  expect((await narrow('GET', '/submissions/not-kept?days=2')).body.data).toEqual([]);
});

test('small requests are limited by number, and some are kept again the next day', async () => {
  const secret = await revoked('Chatty');
  for (let sent = 0; sent < 8; sent += 1) await post(secret, { first_name: 'Ann' });
  expect((await kept('Chatty')).rows).toBe(LIMITS.turned_away_of_token);
  // Read twice, because counts that have been stored must not be stored again.
  for (let read = 0; read < 2; read += 1) expect((await ended('Chatty')).counted).toBe(3);
  const knock = {
    workspace_id: world.workspaceId,
    caller: { token_id: await idOf('Chatty'), member_id: null, session_id: null },
    dialect: 'overplane',
    reason: 'revoked',
    bytes: 100,
  };
  const keeps = (at: number) => world.parts.turnedAway.mayKeep({ ...knock, at: new Date(at) });
  expect([await keeps(Date.now()), await keeps(Date.now() + 86_400_000)]).toEqual([false, true]);
});

test('what is turned away while counts are being stored is counted too', async () => {
  const secret = await revoked('Busy');
  const caller = { token_id: await idOf('Busy'), member_id: null, session_id: null };
  for (let sent = 0; sent <= LIMITS.turned_away_of_token; sent += 1) await post(secret, { first_name: 'Ann' });
  const { turnedAway } = world.parts;
  let storing: Promise<void> | undefined;
  // The counts cannot be stored while their row is locked.
  await world.database.tx(world.workspaceId, async (tx) => {
    await tx.query('SELECT FROM turned_away WHERE workspace_id = $1 AND sender_id = $2 FOR UPDATE', [
      tx.workspaceId,
      caller.token_id,
    ]);
    storing = turnedAway.flush();
    const isWaiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    await expect.poll(async () => (await world.query(isWaiting)).length, { interval: 5 }).toBe(1);
    await Promise.all([1, 2].map(() => post(secret, { first_name: 'Ann' })));
  });
  await storing;
  expect((await ended('Busy')).counted).toBe(3);
});

test('a token of another API is limited in every API, and on unknown paths too', async () => {
  const secret = await world.token('overplane', { name: 'Stray' });
  for (let sent = 0; sent < 3; sent += 1) {
    expect((await post(secret, { name: 'Ann' }, '/v1/leads')).statusCode).toBe(401);
    expect((await post(secret, { name: 'Ann' }, '/api/v1/subscriber/CreateLead')).statusCode).toBe(401);
    expect((await post(secret, {}, '/api/v1/subscriber/Nothing')).statusCode).toBe(404);
  }
  expect((await kept('Stray')).rows).toBe(LIMITS.turned_away_of_token);
  expect((await ended('Stray')).counted).toBe(4);
});

test('every request with a valid token is kept, accepted or not', async () => {
  const secret = await world.token('overplane', { name: 'Valid' });
  for (let sent = 0; sent < 10; sent += 1) await post(secret, { first_name: 'Ann' });
  for (let sent = 0; sent < 10; sent += 1) expect((await post(secret, { first_name: 7 })).statusCode).toBe(400);
  expect((await kept('Valid')).rows).toBe(20);
  const reader = await world.token('native', { name: 'Reader', scopes: ['read'] });
  for (let sent = 0; sent < 10; sent += 1)
    expect((await post(reader, { name: 'A' }, '/v1/leads')).statusCode).toBe(403);
  expect((await kept('Reader')).rows).toBe(10);
});

test('a token beyond its rate is refused in its API’s own format, and some requests are kept for replay', async () => {
  const secret = await world.token('overplane', { name: 'Fast' });
  for (let sent = 0; sent < LIMITS.requests_of_token; sent += 1)
    expect((await post(secret, { first_name: 'Ann' })).statusCode).toBe(200);
  const over = await Promise.all(Array.from({ length: 9 }, () => post(secret, { first_name: 'Ann' })));
  expect(over[0]?.statusCode).toBe(429);
  expect(over[0]?.headers['retry-after']).toMatch(/^\d+$/);
  expect(over[0]?.json()).toMatchObject({ error: { type: 'rate_limit_error' } });
  expect((await kept('Fast')).rows).toBe(LIMITS.requests_of_token + LIMITS.turned_away_of_token);
  expect(await ended('Fast')).toMatchObject({ reason: 'rate_limited', counted: 4 });
});

test('a sign-in with a wrong password is counted, but not kept in the journal of the named workspace', async () => {
  const count = async () => (await world.query('SELECT id FROM submissions WHERE dialect = $1', ['crmcom'])).length;
  const before = await count();
  for (const username of ['owner-default', 'nobody', 'nobody-else'])
    await world.app.inject({
      method: 'POST',
      url: '/crmapi/rest/v2/authentication/token',
      payload: { username, password: 'wrong', organisation: 'default', unit: 'x'.repeat(100) },
    });
  expect(await count()).toBe(before);
  const counted = (await owner('GET', '/submissions/not-kept')).body.data.find(
    (one: { reason: string }) => one.reason === 'wrong_password',
  );
  expect(counted).toMatchObject({
    reason: 'wrong_password',
    counted: 3,
    detail: '3 sign-ins with a wrong password were counted, not kept.',
  });
});
