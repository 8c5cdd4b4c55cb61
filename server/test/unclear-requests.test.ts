import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testWorld } from './world.ts';

const world = await testWorld();
let port = 0;

beforeAll(async () => {
  await world.app.listen({ host: '127.0.0.1', port: 0 });
  const address = world.app.server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => world.app.close());

/** Sends these bytes and returns everything received until the server closes the connection. */
function raw(text: string): Promise<{ status: number; head: string; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let got = '';
    socket.on('data', (data) => {
      got += data.toString('latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...body] = got.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), head: head.toLowerCase(), body: body.join('\r\n\r\n') });
    });
    socket.write(text, 'latin1');
  });
}

/** Sends a request with these header lines and a JSON body; the connection closes after the reply. */
function request(
  line: string,
  headers: readonly string[],
  body = '',
): Promise<{ status: number; head: string; body: string }> {
  const all = ['connection: close', 'content-type: application/json', `content-length: ${Buffer.byteLength(body)}`];
  return raw([`${line} HTTP/1.1`, ...headers, ...all, '', body].join('\r\n'));
}

const token = (dialect: string) => world.tokens.get(dialect) ?? '';
const host = 'host: leads.example';
const count = async () => Number((await world.query<{ n: number }>('SELECT count(*) AS n FROM leads'))[0]?.n);

const getlead = (query: string) => `POST /api/gl-website-contacts?${query}&countrycode=91&mobileno=9876543210&source=x`;
const refusedByGetlead = { status: 200, body: '{"status":"fail","message":"Please check the parameters."}' };
const lead = { name: 'Ann', email: 'ann@example.com', phone: '9876543210' };

describe('two different tokens in one request are refused in the API’s own format, and no lead is stored', () => {
  const gl = token('getlead');
  const bearer = (name: string) => `authorization: Bearer ${token(name)}`;

  test.each([
    ['getlead, twice in the query', getlead(`token=${gl}&token=gl_other`), [], '', refusedByGetlead],
    [
      'getlead, twice in the query, the other way round',
      getlead(`token=gl_other&token=${gl}`),
      [],
      '',
      refusedByGetlead,
    ],
    ['getlead, the same one twice in the query', getlead(`token=${gl}&%74oken=${gl}`), [], '', refusedByGetlead],
    ['getlead, in query and body', getlead(`token=${gl}`), [], '{"token":"gl_other"}', refusedByGetlead],
    ['getlead, in query and header', getlead(`token=${gl}`), ['authorization: Bearer gl_other'], '', refusedByGetlead],
    ['getlead, in two headers', getlead('a=b'), [bearer('getlead'), 'x-api-key: gl_other'], '', refusedByGetlead],
    ['getlead, twice in the body', getlead('a=b'), [], `{"token":"gl_other","\\u0074oken":"${gl}"}`, refusedByGetlead],
    [
      'the dialler',
      `POST /lead/add?key=${token('dialler')}`,
      ['x-api-key: lw_other'],
      '{}',
      { status: 401, body: '{"name":"Unauthorized","message":"Invalid Key","code":0,"status":401}' },
    ],
    [
      'CRM.COM',
      `POST /crmapi/rest/v2/leads/create?token=${token('crmcom')}`,
      [],
      '{"token":"lw_other"}',
      { status: 200, body: expect.stringContaining('More than one token was given.') },
    ],
    [
      'ISPCRM',
      'POST /api/v1/subscriber/CreateLead',
      [bearer('ispcrm'), 'authorization: Bearer lw_other'],
      JSON.stringify(lead),
      { status: 401, body: '{"success":false,"message":"Unauthorized"}' },
    ],
    [
      'Overplane',
      'POST /api/crm/lead',
      ['authorization: Bearer sk_other', bearer('overplane')],
      '{"lead_name":"x"}',
      { status: 401, body: expect.stringContaining('You provided more than one API key.') },
    ],
    [
      '/v1',
      'POST /v1/leads',
      [bearer('native'), 'authorization: Bearer lw_other'],
      '{"name":"x"}',
      { status: 401, body: expect.stringContaining('"detail":"Send one token only, and only once."') },
    ],
  ] as const)('%s', async (_, line, headers, body, expected) => {
    const before = await count();
    expect(await request(line, [host, ...headers], body)).toMatchObject(expected);
    expect(await count()).toBe(before);
  });

  test('the same token in query, body and header counts as one', async () => {
    const line = getlead(`token=${gl}`).replace('9876543210', '9876500000');
    const reply = await request(line, [host, bearer('getlead')], `{"token":"${gl}"}`);
    expect(reply.body).toContain('Lead Added Successfully.');
  });

  test('two sessions in one cookie are refused', async () => {
    const cookie = await world.signIn(world.ownerId);
    const get = async (sent: string) => (await request('GET /v1/me', [host, `cookie: ${sent}`])).status;
    expect(await get(cookie)).toBe(200);
    const [name] = cookie.split('=');
    expect(await get(`${cookie}; ${name}=another`)).toBe(401);
    expect(await get(`${name}=another; ${cookie}`)).toBe(401);
  });
});

describe('two Host headers, or none, are refused', () => {
  const places: [string, string, string[], string, object][] = [
    ['getlead', getlead(`token=${token('getlead')}`), [], '', refusedByGetlead],
    [
      'ISPCRM',
      'POST /api/v1/subscriber/CreateLead',
      [`authorization: Bearer ${token('ispcrm')}`],
      JSON.stringify(lead),
      { status: 400, body: '{"success":false,"message":"Invalid request data"}' },
    ],
    ['/v1', 'GET /v1/leads', [`authorization: Bearer ${token('native')}`], '', { status: 400 }],
    ['a public path of /v1', 'GET /v1/openapi.json', [], '', { status: 400 }],
    ['a page', 'GET /app/leads', [], '', { status: 400 }],
    ['a link', 'GET /welcome/abc', [], '', { status: 400 }],
  ];
  test.each(places)('by %s', async (_, line, headers, body, expected) => {
    for (const hosts of [[host, 'host: other.example'], [host, host], ['Host: a', 'HOST: b'], []])
      expect(await request(line, [...hosts, ...headers], body), hosts.join()).toMatchObject(expected);
    expect((await request(line, [host, ...headers], body)).status).not.toBe(400);
  });
});

describe('what Node or Fastify would answer by themselves has the headers of every other response', () => {
  const get = (path: string) => `GET ${path} HTTP/1.1\r\n${host}\r\nconnection: close\r\n\r\n`;
  const large = `x: ${'y'.repeat(20_000)}`;
  test.each([
    ['an address that cannot be decoded', get('/%ff'), 400],
    ['such an address in /v1', get('/v1/%ff'), 400],
    ['such an address of a page', get('/app/%'), 400],
    ['a parameter that is too long', get(`/welcome/${'a'.repeat(700)}`), 400],
    ['an unknown path', get('/nowhere'), 404],
    ['an unknown path of /v1', get('/v1/nowhere'), 404],
    ['an unknown file', get('/app/assets/nowhere.js'), 404],
    ['a method that a path does not have', get('/v1/me').replace('GET', 'DELETE'), 405],
    ['a method that nothing has', get('/app').replace('GET', 'PROPFIND'), 404],
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['a method that does not exist', get('/').replace('GET', 'GRAB'), 400],
    ['two lengths', `POST /v1/leads HTTP/1.1\r\n${host}\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n`, 400],
    [
      'a length and chunks',
      `POST / HTTP/1.1\r\n${host}\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n`,
      400,
    ],
    ['headers that are too large', `GET / HTTP/1.1\r\n${host}\r\n${large}\r\n\r\n`, 431],
    ['an address that is too large', get(`/${'a'.repeat(20_000)}`), 431],
    [
      'a body that is too large',
      `POST /v1/session HTTP/1.1\r\n${host}\r\nconnection: close\r\norigin: http://leads.example\r\ncontent-type: application/json\r\ncontent-length: 9000000\r\n\r\n`,
      413,
    ],
    [
      'an expectation that cannot be met',
      `GET / HTTP/1.1\r\n${host}\r\nexpect: wonders\r\nconnection: close\r\n\r\n`,
      417,
    ],
  ])('%s', async (_, text, status) => {
    const reply = await raw(text);
    expect(reply.status).toBe(status);
    expect(reply.head).toContain("frame-ancestors 'none'");
    for (const [name, value] of [
      ['x-content-type-options', 'nosniff'],
      ['referrer-policy', 'no-referrer'],
      ['x-frame-options', 'deny'],
      ['cross-origin-opener-policy', 'same-origin'],
      ['cross-origin-resource-policy', 'same-origin'],
      ['cache-control', 'no-store'],
    ])
      expect(reply.head).toContain(`\r\n${name}: ${value}`);
    expect(reply.body).not.toMatch(/fastify|FST_ERR|at .*:\d+/i);
  });

  test.each(['/api/%ff', '/lead/%ff', '/crmapi/%ff', '/api/crm/%ff', '/api/v1/subscriber/%ff'])(
    'an address of a dialect that cannot be decoded: %s',
    async (path) => {
      const { head } = await raw(get(path));
      expect(head).toContain('x-content-type-options: nosniff');
      expect(head).toContain('referrer-policy: no-referrer');
      expect(head).toContain('cache-control: no-store');
    },
  );
});
