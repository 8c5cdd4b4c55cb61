import { describe, expect, test } from 'vitest';
import { madeUp, serve, TOKEN } from '../../../test/made-up-dialect.ts';
import { LARGEST_BODY } from '../../intake/receive.ts';
import { typeId } from '../../platform/ids.ts';

describe('a request', () => {
  test('is read by its dialect, performed, answered and kept', async () => {
    const { post, intake } = serve(madeUp());
    const reply = await post('{"a":1}', {}, '/vendor/add/7?x=1&x=%202');
    expect(reply.status).toBe(200);
    expect(reply.json.region).toBe('CY');
    expect(reply.json.read.lead).toEqual({ by: 'id', id: '7' });
    expect(JSON.parse(reply.json.read.text)).toEqual({
      method: 'POST',
      path: '/vendor/add/7',
      query: [
        ['x', '1'],
        ['x', ' 2'],
      ],
      body: { kind: 'json', value: { a: 1 } },
      text: '{"a":1}',
    });
    expect(intake.kept).toHaveLength(1);
    expect(intake.kept[0]?.envelope).toMatchObject({ method: 'POST', path: '/vendor/add/7', query: 'x=1&x=%202' });
    expect(intake.kept[0]?.envelope.body?.toString()).toBe('{"a":1}');
    expect(intake.kept[0]?.envelope.address).toBe('127.0.0.1');
  });

  test('is answered as JSON with its id in the journal, and headers against caching, referrers and content sniffing', async () => {
    const { post, intake } = serve(madeUp());
    expect((await post('{}')).headers).toMatchObject({
      'leadwell-request-id': typeId('sub', intake.kept[0]?.envelope.id ?? ''),
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect((await post('{}', { 'x-key': 'guess' })).headers).not.toHaveProperty('leadwell-request-id');
  });

  test('is answered with the headers of the dialect in preference to the common ones', async () => {
    const answer = () => ({ status: 201, headers: { 'Cache-Control': 'private', 'x-vendor': '1' }, body: {} });
    const { post } = serve(madeUp({}, { answer }));
    expect((await post('{}')).headers).toMatchObject({ 'cache-control': 'private', 'x-vendor': '1' });
  });

  test('finds its path despite double and trailing slashes', async () => {
    const { post } = serve(madeUp());
    for (const url of ['//vendor//add/7', '/vendor/add/7/', '/vendor/add//7?x=1'])
      expect((await post('{}', {}, url)).json.read.lead).toEqual({ by: 'id', id: '7' });
  });

  test.each(['json', 'application/json, charset=utf-8', 'nonsense;;', '/', 'application/json;charset="UTF-8"'])(
    'is read and kept whatever its content type: %s',
    async (type) => {
      const { post, intake } = serve(madeUp({ bodies: 'json' }));
      const reply = await post('{"a":1}', { 'content-type': type });
      expect(JSON.parse(reply.json.read.text).body).toEqual({ kind: 'json', value: { a: 1 } });
      expect(intake.kept[0]?.envelope.headers['content-type']).toBe(type);
    },
  );

  test('may have an empty body of any type', async () => {
    const { post } = serve(madeUp());
    for (const type of ['application/json', 'multipart/form-data', 'x'])
      expect(JSON.parse((await post('', { 'content-type': type })).json.read.text).body).toEqual({ kind: 'empty' });
  });

  test('may have a body even if it is a GET, but no larger one than other requests', async () => {
    const { send, intake } = serve(madeUp({}, { methods: ['GET'] }));
    const get = (payload: string) =>
      send({ method: 'GET', url: '/vendor/add/7', headers: { 'x-key': TOKEN }, payload });
    expect((await get('{"a":1}')).status).toBe(200);
    await get(`{"a":"${'x'.repeat(LARGEST_BODY)}"}`);
    expect(intake.kept.map(({ request }) => (request as { kind: string }).kind).at(-1)).toBe('too_large');
  });

  test('may be a form, multipart or not', async () => {
    const { post } = serve(madeUp());
    const multipart = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n';
    for (const [type, body] of [
      ['application/x-www-form-urlencoded', 'a=1'],
      ['multipart/form-data; boundary=x', multipart],
    ] as const)
      expect(JSON.parse((await post(body, { 'content-type': type })).json.read.text).body).toEqual({
        kind: 'form',
        pairs: [['a', '1']],
      });
  });

  test('may have raw UTF-8 in its query', async () => {
    const { app, send } = serve(madeUp());
    app.addHook('onRequest', async (request) => {
      request.raw.url = Buffer.from('/vendor/add/7?a=é').toString('latin1');
    });
    const reply = await send({ method: 'POST', url: '/vendor/add/7', headers: { 'x-key': TOKEN } });
    expect(JSON.parse(reply.json.read.text).query).toEqual([['a', 'é']]);
  });
});

describe('a path or method that the vendor does not have', () => {
  test.each([
    '/vendor',
    '/vendor/',
    '/vendor/nothing',
    '//vendor//add',
    '/vendor/add/7/8',
    '/vendor/%zz',
    '/vendor/add/%ff',
  ])('is refused in the format of the dialect: %s', async (url) => {
    const { send } = serve(madeUp());
    expect(await send({ method: 'POST', url })).toMatchObject({ status: 404, json: { no: 'not_found', what: 'path' } });
  });

  test('is not handled outside the prefixes of the dialect', async () => {
    const { send } = serve(madeUp());
    for (const url of ['/vendors', '/', '/elsewhere/vendor'])
      expect((await send({ method: 'GET', url })).json.no).toBeUndefined();
  });

  test('belongs to the dialect with the longest prefix', async () => {
    const [short, long] = [
      madeUp({ name: 'short', refuse: () => ({ status: 404, body: 'short' }) }),
      madeUp({
        name: 'long',
        prefixes: ['/vendor/crm'],
        endpoints: [],
        refuse: () => ({ status: 404, body: 'long' }),
      }),
    ];
    const { send } = serve(short, long);
    const answers = [
      '/vendor/x',
      '/vendor/crm',
      '/vendor/crm/x',
      '/vendor/crmx',
      '/vendor//crm//x',
      '/vendor/crm/%zz',
      '/vendor/%zz',
    ].map(async (url) => (await send({ method: 'POST', url })).json);
    expect(await Promise.all(answers)).toEqual(['short', 'long', 'long', 'short', 'long', 'long', 'short']);
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('gets 405 with allowed methods: %s', async (method) => {
    const { send } = serve(madeUp());
    const reply = await send({ method, url: '/vendor/add/7' });
    expect(reply).toMatchObject({ status: 405, json: { no: 'method_not_allowed', allowed: ['GET', 'POST'] } });
    expect(reply.headers['allow']).toBe('GET, POST');
  });

  test('is refused in the format of the endpoint that has other methods', async () => {
    const { send } = serve(madeUp());
    expect((await send({ method: 'GET', url: '/vendor/sign-in' })).json).toEqual({ signIn: 'method_not_allowed' });
  });

  test('is kept when the caller is known', async () => {
    const { send, intake } = serve(madeUp());
    const reply = await send({ method: 'PUT', url: `/vendor/add/7?key=${TOKEN}`, payload: '{"a":1}' });
    expect(reply.status).toBe(405);
    expect(intake.kept[0]?.request).toEqual({ kind: 'method_not_allowed', allowed: ['GET', 'POST'] });
    expect(intake.kept[0]?.envelope.body?.toString()).toBe('{"a":1}');
  });
});

describe('a request that must have no effect', () => {
  test('may be HEAD, which is answered without a body', async () => {
    const { send, intake } = serve(madeUp());
    const headers = { 'x-key': TOKEN };
    expect(await send({ method: 'HEAD', url: '/vendor/add/7', headers })).toMatchObject({ status: 405, text: '' });
    expect(await send({ method: 'HEAD', url: '/vendor/nothing', headers })).toMatchObject({ status: 404, text: '' });
    expect(intake.kept).toEqual([]);
  });

  test.each([
    ['sec-purpose', 'prefetch;prerender'],
    ['purpose', 'prefetch'],
  ])('may be a browser’s prefetch: %s', async (header, value) => {
    const { send, intake } = serve(madeUp());
    const reply = await send({
      method: 'GET',
      url: '/vendor/add/7',
      headers: { 'x-key': TOKEN, [header]: value },
    });
    expect(reply).toMatchObject({ status: 405, json: { allowed: ['POST'] } });
    expect(intake.kept).toEqual([]);
  });
});

describe('a browser on another origin', () => {
  const cors = { methods: ['POST', 'GET'], headers: ['Content-Type'] };

  test('passes the preflight, even on unknown paths', async () => {
    const { send, intake } = serve(madeUp({ cors }));
    for (const url of ['/vendor/add/7', '/vendor/nothing']) {
      const reply = await send({ method: 'OPTIONS', url, headers: { origin: 'https://shop.example', 'x-key': TOKEN } });
      expect(reply).toMatchObject({ status: 204, text: '' });
      expect(reply.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST, GET',
        'access-control-allow-headers': 'Content-Type',
        'access-control-max-age': '86400',
      });
    }
    expect(intake.kept).toEqual([]);
  });

  test('may read answers and refusals of every kind', async () => {
    const { post, send } = serve(madeUp({ cors }));
    const replies = [
      await post('{}'),
      await post('{', {}),
      await post('{}', { 'x-key': '' }),
      await post('x'.repeat(LARGEST_BODY + 1)),
      await send({ method: 'PUT', url: '/vendor/add/7' }),
      await send({ method: 'GET', url: '/vendor/%zz' }),
    ];
    for (const { headers } of replies) expect(headers['access-control-allow-origin']).toBe('*');
  });

  test('may read nothing if the vendor’s API is not meant for browsers', async () => {
    const { post } = serve(madeUp());
    expect((await post('{}')).headers).not.toHaveProperty('access-control-allow-origin');
  });
});
