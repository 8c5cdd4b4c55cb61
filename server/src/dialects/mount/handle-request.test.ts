import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { madeUp, REVOKED, serve, TOKEN } from '../../../test/made-up-dialect.ts';
import { LARGEST_BODY } from '../../intake/receive.ts';

describe('a credential', () => {
  test('never appears in the envelope', async () => {
    const { post, send, intake } = serve(madeUp());
    await post(`{"key":"other","note":"${TOKEN}"}`, {
      authorization: `Bearer ${TOKEN}`,
      referer: `http://x/?key=${TOKEN}`,
    });
    await send({ method: 'GET', url: `/vendor/add/${TOKEN}?key=${TOKEN}&a=1` });
    await post(`{"broken":"${TOKEN}`, {}, `/vendor/add/7?key=${TOKEN}`);
    await post(`{"a":"${TOKEN}"}`, {}, '/vendor/unknown');
    expect(intake.kept).toHaveLength(4);
    const kept = intake.kept.map(({ envelope }) =>
      JSON.stringify({ ...envelope, body: envelope.body?.toString('latin1') }),
    );
    expect(kept.join()).not.toContain(TOKEN.slice(3));
    expect(intake.kept[0]?.envelope.headers).not.toHaveProperty('x-key');
    expect(intake.kept[0]?.envelope.body?.toString()).toBe('{"key":"[redacted]","note":"[redacted]"}');
    expect(intake.kept[1]?.envelope).toMatchObject({ path: '/vendor/add/[redacted]', query: 'key=[redacted]&a=1' });
  });

  test('that is missing or unknown is refused, and nothing is kept', async () => {
    const { post, intake } = serve(madeUp());
    expect(await post('{}', { 'x-key': '' })).toMatchObject({ status: 401, json: { reason: 'missing' } });
    expect(await post('{bad', { 'x-key': 'guess' })).toMatchObject({ status: 401, json: { reason: 'unknown' } });
    expect(intake.kept).toEqual([]);
  });

  test('that was revoked is refused, and the request kept', async () => {
    const { post, intake } = serve(madeUp());
    expect(await post('{"a":1}', { 'x-key': REVOKED })).toMatchObject({ status: 401, json: { reason: 'revoked' } });
    expect(intake.kept[0]?.request).toEqual({ kind: 'unauthenticated', reason: 'revoked' });
    expect(intake.kept[0]?.envelope.body?.toString()).toBe('{"a":1}');
  });
});

describe('a body that cannot be read', () => {
  test.each([
    ['broken JSON', '{"a":1,}', {}, 'malformed'],
    [
      'bytes that are no text in any charset',
      Buffer.from('{"a":"\x81"}', 'latin1'),
      { 'content-type': 'application/json; charset=utf-8' },
      'malformed',
    ],
    ['JSON nested too deep', '['.repeat(40), {}, 'malformed'],
    ['a charset that nobody knows', '{}', { 'content-type': 'application/json; charset=klingon' }, 'unsupported_media'],
    ['a compressed one', gzipSync('{}'), { 'content-encoding': 'gzip' }, 'unsupported_media'],
  ])('is refused in the format of the dialect and kept as sent: %s', async (_, body, headers, kind) => {
    const { post, intake } = serve(madeUp());
    expect(await post(body, headers)).toMatchObject({ status: 400, json: { no: kind } });
    expect(intake.kept[0]?.request).toMatchObject({ kind });
    expect(intake.kept[0]?.envelope.body).toEqual(Buffer.from(body));
  });

  test('may be ignored by a dialect that has all it needs in the query', async () => {
    const { post, intake } = serve(madeUp());
    const reply = await post('{"a":', {}, '/vendor/add/7?anyway');
    expect(JSON.parse(reply.json.read.text).body).toMatchObject({ kind: 'unreadable', problem: { kind: 'malformed' } });
    expect(intake.kept[0]?.envelope.body?.toString()).toBe('{"a":');
  });

  test('is never ignored if it is too large or incomplete', async () => {
    const { post } = serve(madeUp());
    const url = '/vendor/add/7?anyway';
    expect(await post('x'.repeat(LARGEST_BODY + 1), {}, url)).toMatchObject({ status: 413 });
    expect(await post('{}', { 'content-length': '9' }, url)).toMatchObject({ json: { no: 'malformed' } });
    expect(await post('x'.repeat(LARGEST_BODY + 1), { 'x-key': '' }, url)).toMatchObject({ status: 413 });
  });

  test('is refused if it exceeds the limit, and the request is kept without it', async () => {
    const { post, intake } = serve(madeUp());
    const fits = `"${'x'.repeat(LARGEST_BODY - 2)}"`;
    expect(await post(fits)).toMatchObject({ status: 200 });
    expect(await post(`${fits} `)).toMatchObject({ status: 413, json: { no: 'too_large', limitBytes: LARGEST_BODY } });
    expect(intake.kept[1]?.request).toEqual({ kind: 'too_large', limitBytes: LARGEST_BODY });
    expect(intake.kept[1]?.envelope.body).toHaveLength(0);
  });

  test('is refused if its length differs from the content-length', async () => {
    const { post } = serve(madeUp());
    expect(await post('{}', { 'content-length': '9' })).toMatchObject({ status: 400, json: { no: 'malformed' } });
  });

  test('a query with more than 1000 parameters is refused too', async () => {
    const { send } = serve(madeUp());
    const reply = await send({ method: 'GET', url: `/vendor/add/7?${'a&'.repeat(1001)}`, headers: { 'x-key': TOKEN } });
    expect(reply).toMatchObject({ status: 400, json: { no: 'malformed' } });
  });
});

describe('the body of a GET', () => {
  const get = (payload: string | Buffer, url = '/vendor/add/7', headers = {}) =>
    ({
      method: 'GET',
      url,
      payload,
      headers: { 'x-key': TOKEN, 'content-type': 'application/json', ...headers },
    }) as const;

  test('is read like any other, and kept', async () => {
    const { send, intake } = serve(madeUp());
    const reply = await send(get('{"a":1}'));
    expect(JSON.parse(reply.json.read.text).body).toEqual({ kind: 'json', value: { a: 1 } });
    expect(intake.kept[0]?.envelope.body?.toString()).toBe('{"a":1}');
  });

  test('is kept byte for byte if it cannot be read or the path is unknown', async () => {
    const { send, intake } = serve(madeUp());
    const body = Buffer.from([0x7b, 0xff, 0x00, 0x80]);
    expect(await send(get(body, '/vendor/add/7', { 'content-type': 'application/json; charset=utf-8' }))).toMatchObject(
      {
        json: { no: 'malformed' },
      },
    );
    expect(await send(get('{"a":1}', '/vendor/nothing'))).toMatchObject({ status: 404 });
    expect(intake.kept.map(({ envelope }) => envelope.body)).toEqual([body, Buffer.from('{"a":1}')]);
  });

  test('is refused if it exceeds the limit or its length differs from the content-length', async () => {
    const { send } = serve(madeUp());
    expect(await send(get('x'.repeat(LARGEST_BODY + 1)))).toMatchObject({ status: 413, json: { no: 'too_large' } });
    expect(await send(get('{}', '/vendor/add/7', { 'content-length': '9' }))).toMatchObject({
      json: { no: 'malformed' },
    });
  });
});

describe('an internal fault', () => {
  const breaks = (): never => {
    throw new Error('out of order');
  };

  test('while reading is answered in the format of the dialect, and the request is kept', async () => {
    const { post, intake, logged } = serve(madeUp({}, { read: breaks }));
    expect(await post('{"name":"Ann"}')).toMatchObject({ status: 500, json: { no: 'internal', kind: 'internal' } });
    expect(intake.kept[0]?.request).toEqual({ kind: 'internal' });
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain(`made-up add, submission ${intake.kept[0]?.envelope.id}: Error: out of order`);
  });

  test.each(['credentials', 'identify', 'answer'])('in %s leaks nothing', async (where) => {
    const dialect = madeUp(
      where === 'credentials' ? { credentials: breaks } : {},
      where === 'answer' ? { answer: breaks } : {},
    );
    const { post, intake, logged } = serve(dialect);
    if (where === 'identify') intake.fault = new Error('out of order');
    const reply = await post('{"name":"Ann"}', {}, `/vendor/add/7?key=${TOKEN}`);
    expect(reply).toMatchObject({ status: 500, text: '{"no":"internal","kind":"internal"}' });
    expect(logged.join()).toContain('out of order');
    expect(logged.join()).not.toMatch(/Ann|lw_|key=/);
  });

  test('because the database is away is answered as unavailable', async () => {
    const { post, intake } = serve(madeUp());
    intake.fault = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    const reply = await post('{}');
    expect(reply.json).toMatchObject({ no: 'unavailable' });
    expect(reply.headers['retry-after']).toBe('2');
  });

  test('while refusing is answered with a bare 500', async () => {
    const { post } = serve(madeUp({ refuse: breaks }));
    expect(await post('{}', { 'x-key': '' })).toMatchObject({ status: 500, text: '{}' });
  });

  test('reported by a parser is logged without the parsed text', async () => {
    const { post, logged } = serve(madeUp({}, { read: ({ text }) => JSON.parse(text) }));
    await post('a=Ann', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(logged.join()).toContain('SyntaxError');
    expect(logged.join()).not.toContain('Ann');
  });
});

describe('a sign-in', () => {
  test('is performed without a caller, and its body is not kept', async () => {
    const { post, intake } = serve(madeUp());
    const reply = await post('{"password":"hunter2"}', { 'x-key': '' }, '/vendor/sign-in?a=1&key=abc');
    expect(reply.json).toEqual({ did: 'signed_out' });
    expect(intake.opened[0]).toMatchObject({ dialect: 'made-up', request: { kind: 'signIn', username: 'u' } });
    expect(intake.opened[0]?.envelope).toMatchObject({ body: null, query: 'a=1&key=[redacted]' });
  });

  test('that cannot be read is refused in the format of its endpoint', async () => {
    const { post } = serve(madeUp());
    expect((await post('{', {}, '/vendor/sign-in')).json).toEqual({ signIn: 'malformed' });
  });
});
