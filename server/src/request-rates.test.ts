import { beforeAll, expect, test } from 'vitest';
import { client, testWorld, type World } from '../test/world.ts';
import { checkCredentials } from './workspaces/access/identify.ts';
import { limitCredentials } from './workspaces/limits/limited-credentials.ts';

const LIMITS = { requests_of_token: 6, requests_of_workspace: 20, strangers_of_address: 5, requests_of_address: 40 };
let world: World;
let at = Date.parse('2027-03-01T12:00:00Z');

beforeAll(async () => {
  world = await testWorld({ limits: LIMITS });
});

/** Moves the clock past all rate windows, so that tests do not affect each other. */
function laterOn(): void {
  at += 120_000;
  world.setClock(new Date(at));
}

const from = (remoteAddress: string, url: string, headers: Record<string, string> = {}) =>
  world.app.inject({ method: 'GET', url, headers, remoteAddress });

test('responses tell a token its remaining quota, and beyond it how long to wait', async () => {
  laterOn();
  const token = await world.token('native');
  const ask = client(world, token);
  const first = await ask('GET', '/statuses');
  expect(first.status).toBe(200);
  expect(first.headers).toMatchObject({ 'ratelimit-policy': '"default";q=6;w=60', ratelimit: '"default";r=5;t=60' });
  for (let sent = 1; sent < LIMITS.requests_of_token; sent += 1)
    expect((await ask('GET', '/statuses')).status).toBe(200);
  const over = await ask('GET', '/statuses');
  expect(over.status).toBe(429);
  expect(over.headers).toMatchObject({
    'content-type': 'application/problem+json',
    'retry-after': '60',
    ratelimit: '"default";r=0;t=60',
  });
  expect(over.body).toMatchObject({ type: '/problems/rate_limited', status: 429 });
  laterOn();
  expect((await ask('GET', '/statuses')).status).toBe(200);
});

test('other tokens of a workspace are served until the workspace reaches its limit', async () => {
  laterOn();
  const tokens = await Promise.all([1, 2, 3, 4].map(() => world.token('native')));
  const replies = [];
  for (const token of tokens)
    for (let sent = 0; sent < LIMITS.requests_of_token; sent += 1)
      replies.push(await client(world, token)('GET', '/statuses'));
  expect(replies.map(({ status }) => status)).toEqual([...Array(20).fill(200), ...Array(4).fill(429)]);
  expect(replies.at(-1)?.headers['ratelimit-policy']).toBe('"workspace";q=20;w=60');
  const other = await world.anotherHome('elsewhere');
  expect((await client(world, other.tokens.get('native') ?? '')('GET', '/statuses')).status).toBe(200);
});

test('a token beyond its own limit does not use up the limit of its workspace', async () => {
  laterOn();
  const greedy = client(world, await world.token('native'));
  for (let sent = 0; sent <= LIMITS.requests_of_workspace; sent += 1) await greedy('GET', '/statuses');
  expect((await greedy('GET', '/statuses')).status).toBe(429);
  expect((await client(world, await world.token('native'))('GET', '/statuses')).status).toBe(200);
});

test('a signed-in member has a limit across all their sessions', async () => {
  laterOn();
  const sessions = [await world.signIn(world.ownerId), await world.signIn(world.ownerId)];
  const statuses = [];
  for (let sent = 0; sent <= LIMITS.requests_of_token; sent += 1)
    statuses.push((await client(world, { cookie: sessions[sent % 2] ?? '' })('GET', '/me')).status);
  expect(statuses).toEqual([...Array(6).fill(200), 429]);
});

test('a workspace can choose a lower limit for its callers, but not a higher one', async () => {
  laterOn();
  const home = await world.anotherHome('careful');
  const owner = client(world, { cookie: await world.signIn(home.ownerId, home.workspaceId) });
  const asToken = client(world, home.tokens.get('native') ?? '');
  expect((await owner('PATCH', '/workspace', { requests_per_minute: 2 })).body.requests_per_minute).toBe(2);
  expect((await asToken('GET', '/statuses')).headers['ratelimit-policy']).toBe('"default";q=2;w=60');
  expect((await owner('PATCH', '/workspace', { requests_per_minute: 5000 })).status).toBe(200);
  expect((await asToken('GET', '/statuses')).headers['ratelimit-policy']).toBe('"default";q=6;w=60');
  expect((await owner('PATCH', '/workspace', { requests_per_minute: 0 })).status).toBe(422);
});

test('the lower limit of a workspace holds while its settings are being read again', async () => {
  laterOn();
  const home = await world.anotherHome('busy');
  const owner = client(world, { cookie: await world.signIn(home.ownerId, home.workspaceId) });
  await owner('PATCH', '/workspace', { requests_per_minute: 2 });
  const { database, referenceCache, rates } = world.parts;
  const checker = checkCredentials(database, referenceCache, () => undefined);
  const identify = async (...asked: Parameters<typeof checker.identify>) => {
    const found = await checker.identify(...asked);
    referenceCache.forget();
    return found;
  };
  const limited = limitCredentials({ ...checker, identify }, rates, referenceCache);
  const { standing } = await limited.identify(home.tokens.get('native') ?? '', 'native', '192.0.2.6');
  expect(standing?.quota).toBe(2);
});

test('an address that guesses credentials is stopped; a token that worked before still works from it', async () => {
  laterOn();
  const address = '192.0.2.7';
  const good = { authorization: `Bearer ${await world.token('native')}` };
  expect((await from(address, '/v1/statuses', good)).statusCode).toBe(200);
  const ended = { authorization: `Bearer ${await world.token('native', { expires_at: new Date(0) })}` };
  expect((await from(address, '/v1/statuses', ended)).statusCode).toBe(401);
  const tries = [];
  for (let sent = 0; sent < LIMITS.strangers_of_address + 2; sent += 1)
    tries.push((await from(address, '/v1/statuses', { authorization: `Bearer lw_${sent}` })).statusCode);
  expect(tries).toEqual([401, 401, 401, 401, 401, 429, 429]);
  // Dialects and sessions count together with our own API.
  expect((await from(address, '/api/crm/lead', { authorization: 'Bearer sk_test_1' })).statusCode).toBe(429);
  expect((await from(address, '/v1/me', { cookie: 'leadwell=guess' })).statusCode).toBe(429);
  expect((await from(address, '/v1/statuses', good)).statusCode).toBe(200);
  // A token that never worked is treated as a stranger’s.
  expect((await from(address, '/v1/statuses', ended)).statusCode).toBe(429);
  expect((await from('192.0.2.8', '/v1/statuses', { authorization: 'Bearer lw_x' })).statusCode).toBe(401);
  laterOn();
  expect((await from(address, '/v1/statuses', { authorization: 'Bearer lw_x' })).statusCode).toBe(401);
});

test('a token that is no longer known is treated as a stranger’s, although it worked before', async () => {
  laterOn();
  const address = '192.0.2.9';
  const [secret, id] = await tokenWithId();
  const gone = { authorization: `Bearer ${secret}` };
  expect((await from(address, '/v1/statuses', gone)).statusCode).toBe(200);
  await world.query('DELETE FROM tokens WHERE id = $1', [id]);
  await world.parts.changed(world.workspaceId);
  const tries = [];
  for (let sent = 0; sent <= LIMITS.strangers_of_address; sent += 1)
    tries.push((await from(address, '/v1/statuses', gone)).statusCode);
  expect(tries).toEqual([401, 401, 401, 401, 401, 429]);
});

async function tokenWithId(): Promise<[secret: string, id: string]> {
  const secret = await world.token('native', { name: 'Short-lived' });
  const [token] = await world.query<{ id: string }>("SELECT id FROM tokens WHERE name = 'Short-lived'");
  return [secret, token?.id ?? ''];
}

test('requests per address are limited, across all callers and APIs', async () => {
  laterOn();
  const address = '192.0.2.40';
  const [used, good] = [await world.token('native'), await world.token('native')].map((token) => ({
    authorization: `Bearer ${token}`,
  }));
  // Requests beyond the limit of their token still count for the address.
  for (let sent = 1; sent < LIMITS.requests_of_address; sent += 1) await from(address, '/v1/statuses', used);
  expect((await from(address, '/v1/statuses', good)).statusCode).toBe(200);
  const over = await from(address, '/v1/statuses', good);
  expect([over.statusCode, over.headers['retry-after']]).toEqual([429, '60']);
  expect(over.headers['ratelimit-policy']).toBe('"address";q=40;w=60');
  const dialect = await from(address, '/api/crm/lead', { authorization: `Bearer ${await world.token('overplane')}` });
  expect([dialect.statusCode, dialect.headers['retry-after']]).toEqual([429, '60']);
  expect((await from('192.0.2.41', '/v1/statuses', good)).statusCode).toBe(200);
  laterOn();
  expect((await from(address, '/v1/statuses', good)).statusCode).toBe(200);
});

test('all addresses of one IPv6 network count as one', async () => {
  laterOn();
  const tries = [];
  for (let sent = 0; sent <= LIMITS.strangers_of_address; sent += 1)
    tries.push((await from(`2001:db8:1:2::${sent + 1}`, '/v1/me', { authorization: `Bearer y${sent}` })).statusCode);
  expect(tries.at(-1)).toBe(429);
  expect((await from('2001:db8:1:3::1', '/v1/me', { authorization: 'Bearer z' })).statusCode).toBe(401);
});

test('addresses of IPv4 count one by one, however they are written', async () => {
  laterOn();
  const knock = async (address: string, at = 0) =>
    (await from(address, '/v1/me', { authorization: `Bearer m${at}` })).statusCode;
  for (let sent = 0; sent < LIMITS.strangers_of_address; sent += 1)
    expect(await knock('::ffff:198.51.100.1', sent)).toBe(401);
  expect([await knock('198.51.100.1'), await knock('::ffff:198.51.100.1')]).toEqual([429, 429]);
  expect([await knock('198.51.100.2'), await knock('::ffff:198.51.100.3')]).toEqual([401, 401]);
});
