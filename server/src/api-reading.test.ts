import { describe, expect, test } from 'vitest';
import { checkAgainstDocument } from '../test/check-against-document.ts';
import { client, testWorld } from '../test/world.ts';

const world = await testWorld();
const native = world.tokens.get('native');
const ask = client(world, native);

describe('unreadable requests', () => {
  const post = (payload: string | Buffer, type: string | undefined, headers: Record<string, string> = {}) =>
    client(world, native)('POST', '/leads', payload, { 'content-type': type ?? '', ...headers });

  test.each([
    ['{"name":', 400],
    ['{"name":"x",}', 400],
    ['nonsense', 400],
    ['['.repeat(40), 400],
    ['{"target_amount":1e400}', 400],
    ['[]', 422],
    ['null', 422],
    ['"text"', 422],
    ['3', 422],
    ['', 422],
  ])('the body %j is refused with %i and stored byte for byte', async (body, status) => {
    const reply = await post(body, 'application/json');
    expect(reply.status).toBe(status);
    const kept = await ask('GET', String(reply.body.instance).replace('/v1', ''));
    expect(kept.body.request.body).toBe(body);
  });

  test('bytes that are not text in any charset are refused and stored unchanged', async () => {
    const bytes = Buffer.from([0x7b, 0x22, 0x81, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
    const reply = await post(bytes, 'application/json; charset=utf-8');
    expect(reply.status).toBe(400);
    const kept = await ask('GET', String(reply.body.instance).replace('/v1', ''));
    expect(kept.body.request).toMatchObject({ body: null, body_base64: bytes.toString('base64') });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined])(
    'media type %s is refused with 415',
    async (type) => {
      const reply = await post('{"name":"x"}', type);
      expect([reply.status, reply.body.type]).toEqual([415, '/problems/unsupported_media']);
    },
  );

  test('a compressed body is refused with 415', async () => {
    expect((await post('{"name":"x"}', 'application/json', { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  test('a lead larger than 256 kB is refused with 413', async () => {
    const reply = await post(JSON.stringify({ name: 'x'.repeat(262_144) }), 'application/json');
    expect([reply.status, reply.body.type]).toEqual([413, '/problems/too_large']);
  });

  const FORM = 'application/x-www-form-urlencoded';

  test('no other path takes more than 1 MB, and the link that ends mail no more than 4 kB', async () => {
    const writes = world.routes.filter(({ method }) => ['POST', 'PUT', 'PATCH'].includes(method));
    const ours = writes.filter(({ url, policy }) => policy || url.startsWith('/unsubscribe'));
    expect(ours.length).toBeGreaterThan(60);
    const cookie = await world.signIn(world.ownerId);
    const wrong: string[] = [];
    for (const { method, url, policy } of ours) {
      const size = policy ? 1_048_577 : 4_097;
      const headers = { cookie, 'sec-fetch-site': 'same-origin', 'content-type': policy ? 'application/json' : FORM };
      const { statusCode } = await world.app.inject({
        method,
        url: url.replace(/:\w+/g, 'x'),
        // The stated length is enough to refuse it.
        headers: { ...headers, 'content-length': String(size) },
        payload: ' ',
      });
      if (statusCode !== 413) wrong.push(`${method} ${url}: ${statusCode}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('unknown paths and methods', () => {
  test.each(['/nothing', '/leads/a/b/c', '/', '', '/Leads', '/leads.json'])('/v1%s is a 404 problem', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      const reply = await world.app.inject({ method, url: `/v1${path}`, payload: method === 'POST' ? 'x' : undefined });
      expect([reply.statusCode, reply.json().type]).toEqual([404, '/problems/not_found']);
      expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
  });

  test.each([
    ['PUT', '/leads', 'GET, POST'],
    ['POST', '/leads/x', 'DELETE, GET, PATCH'],
    ['HEAD', '/leads', 'GET, POST'],
    ['DELETE', '//tokens', 'GET, POST'],
  ] as const)('%s /v1%s is answered with 405 and the allowed methods', async (method, path, allow) => {
    const reply = await world.app.inject({ method, url: `/v1${path}`, headers: { authorization: `Bearer ${native}` } });
    expect([reply.statusCode, reply.headers['allow']]).toEqual([405, allow]);
  });
});

describe('the OpenAPI document', () => {
  test('the tests catch a response that does not match it', async () => {
    const hold = checkAgainstDocument(world.app);
    const said = (status: number, text: string) => hold({ method: 'GET', path: '/v1/leads', status, text });
    expect(await said(200, '{"data":[],"next_cursor":null,"sorted_within":null}')).toBe(undefined);
    expect(await said(418, '{}')).toContain('not documented');
    expect(await said(200, '')).toContain('without a body');
    expect(await said(200, '{"data":[]}')).toContain('next_cursor');
    expect(await said(200, '{"data":[{"id":"x"}],"next_cursor":null,"sorted_within":null}')).toContain('against');
    expect(await said(200, '{"data":[],"next_cursor":null,"sorted_within":null,"more":1}')).toContain('more');
  });

  test('it needs no token, is OpenAPI 3.1 and names every schema once', async () => {
    const reply = await world.app.inject('/v1/openapi.json');
    const document = reply.json();
    expect(document.openapi).toBe('3.1.0');
    expect(document.info.title).toBe('Leadwell');
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['LeadView', 'LeadCreate', 'Problem', 'CallView']),
    );
    expect(document.components.securitySchemes.token).toMatchObject({ type: 'http', scheme: 'bearer' });
    expect(reply.body).not.toMatch(/"def-\d|"shape-\d|~kind/);
    const refs = [...reply.body.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1] ?? '');
    for (const ref of refs) expect(document.components.schemas).toHaveProperty([ref]);
  });
});
