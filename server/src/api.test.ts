import Fastify from 'fastify';
import { describe, expect, test } from 'vitest';
import { client, testWorld } from '../test/world.ts';
import { requirePolicies } from './workspaces/access/policies.ts';
import { createSession } from './workspaces/access/session-store.ts';

const world = await testWorld();
const native = world.tokens.get('native');
const ask = client(world, native);
const submissions = async () =>
  (await world.query<{ n: number }>('SELECT count(*)::int AS n FROM submissions'))[0]?.n ?? 0;

describe('access to the API', () => {
  test.each(['nobody', 'gl_unknown', ''])('an unknown caller (%s) is refused, and nothing is stored', async (token) => {
    const before = await submissions();
    const stranger = client(world, token === 'nobody' ? undefined : token);
    for (const [method, path] of [
      ['GET', '/leads'],
      ['POST', '/leads'],
      ['GET', '/tokens'],
    ] as const) {
      const reply = await stranger(method, path, method === 'POST' ? { name: 'x' } : undefined);
      expect(reply.status).toBe(401);
      expect(reply.body.type).toBe('/problems/unauthenticated');
      expect(reply.headers['www-authenticate']).toMatch(/^Bearer realm="Leadwell"/);
    }
    expect(await submissions()).toBe(before);
  });

  test('a token of another dialect is refused', async () => {
    for (const [dialect, token] of world.tokens)
      expect((await client(world, token)('GET', '/leads')).status, dialect).toBe(dialect === 'native' ? 200 : 401);
  });

  test('a session of another dialect is refused', async () => {
    const { secret } = await world.database.tx(world.workspaceId, (tx) =>
      createSession(tx, {
        kind: 'api',
        dialect: 'crmcom',
        member_id: world.ownerId,
        token_id: null,
        expires_at: new Date(Date.now() + 60_000),
      }),
    );
    expect((await client(world, secret)('GET', '/leads')).status).toBe(401);
  });

  test('a token is not accepted in the URL, in another header or by the Basic scheme', async () => {
    const replies = await Promise.all([
      world.app.inject({ url: `/v1/leads?token=${native}` }),
      world.app.inject({ url: '/v1/leads', headers: { 'x-api-key': native ?? '' } }),
      world.app.inject({
        url: '/v1/leads',
        headers: { authorization: `Basic ${Buffer.from(`${native}:`).toString('base64')}` },
      }),
    ]);
    expect(replies.map((reply) => reply.statusCode)).toEqual([401, 401, 401]);
  });

  test('the case of the Bearer scheme does not matter', async () => {
    const reply = await world.app.inject({ url: '/v1/leads', headers: { authorization: `bEARER ${native}` } });
    expect(reply.statusCode).toBe(200);
  });

  test('a request with an expired token is told so and stored without its secret', async () => {
    const token = await world.token('native', { expires_at: new Date(Date.now() - 1000) });
    const reply = await client(world, token)('POST', '/leads', { name: `My token is ${token}` });
    expect([reply.status, reply.body.detail]).toEqual([401, 'This token has expired.']);
    const kept = await ask('GET', String(reply.body.instance).replace('/v1', ''));
    expect(kept.body.outcome).toBe('refused');
    expect(kept.body.request.body).toBe('{"name":"My token is [redacted]"}');
  });

  test('each scope allows what it says and no more', async () => {
    const routes = [
      ['read', 'GET', '/leads', undefined],
      ['write', 'POST', '/tasks', { name: 'x' }],
      ['calls', 'POST', '/calls/claim', {}],
      ['admin', 'GET', '/tokens', undefined],
    ] as const;
    const allowed = { read: 'read', write: 'read write', calls: 'calls', admin: 'read write calls admin' };
    for (const [scope, expected] of Object.entries(allowed)) {
      const limited = client(world, await world.token('native', { scopes: [scope] }));
      const open: string[] = [];
      for (const [wanted, method, path, body] of routes) {
        const reply = await limited(method, path, body);
        if (reply.status < 300) open.push(wanted);
        else {
          expect(reply.status).toBe(403);
          expect(reply.headers['www-authenticate']).toContain('insufficient_scope');
        }
      }
      expect(open.join(' '), scope).toBe(expected);
    }
  });

  test('a forbidden write changes nothing and is stored in the journal', async () => {
    const limited = client(world, await world.token('native', { scopes: ['read'] }));
    const reply = await limited('POST', '/leads', { name: 'Not allowed' });
    expect([reply.status, reply.body.type]).toEqual([403, '/problems/forbidden']);
    expect((await ask('GET', '/leads?q=not%20allowed')).body.data).toEqual([]);
    expect((await ask('GET', String(reply.body.instance).replace('/v1', ''))).body.status_code).toBe(403);
  });

  test('a route that does not say who may use it prevents the server from starting', () => {
    const app = Fastify();
    requirePolicies(app);
    expect(() => app.get('/careless', () => 'x')).toThrow('GET /careless does not say who may use it.');
  });
});
