import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BodyHeaders, type BodyMode, decodeBody } from './decode.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

async function decode(body: string | Buffer, headers: BodyHeaders = JSON_TYPE, mode: BodyMode = 'json') {
  return decodeBody(Buffer.isBuffer(body) ? body : Buffer.from(body), headers, mode);
}
const json = async (...args: Parameters<typeof decode>) => (await decode(...args)).body;
const form = async (body: string | Buffer, headers: BodyHeaders = FORM_TYPE) =>
  (await decode(body, headers, 'json_or_form')).body;
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const malformed = { kind: 'unreadable', problem: { kind: 'malformed', detail: expect.any(String) } };
const unsupported = { kind: 'unreadable', problem: { kind: 'unsupported_media', detail: expect.any(String) } };

describe('an empty body', () => {
  test.each([JSON_TYPE, FORM_TYPE, {}, { 'content-type': 'multipart/form-data' }, { 'content-encoding': 'gzip' }])(
    'is empty and not an error, whatever its headers say: %j',
    async (headers) => {
      expect(await decode('', headers, 'json_or_form')).toEqual({ body: { kind: 'empty' }, text: '' });
      expect(await json('', headers)).toEqual({ kind: 'empty' });
    },
  );

  test('may consist of white space', async () => {
    expect(await json(' \r\n')).toEqual({ kind: 'empty' });
    expect(await json('\ufeff')).toEqual({ kind: 'empty' });
  });
});

describe('a JSON body', () => {
  test('is parsed, and its text is kept', async () => {
    expect(await decode('{"a":[1,"é😀"]}')).toEqual({
      body: { kind: 'json', value: { a: [1, 'é😀'] } },
      text: '{"a":[1,"é😀"]}',
    });
  });

  test('loses its byte order mark', async () => {
    expect(await json('\ufeff{"a":1}')).toEqual({ kind: 'json', value: { a: 1 } });
  });

  test.each(['text/plain', 'json', 'application/vnd.api+json', 'application/json; charset="utf-8"', 'nonsense;;', ''])(
    'is parsed with content type %j when the dialect speaks JSON only',
    async (type) => {
      expect(await json('{"a":1}', { 'content-type': type })).toEqual({ kind: 'json', value: { a: 1 } });
    },
  );

  test('need not be an object', async () => {
    expect(await json('[]')).toEqual({ kind: 'json', value: [] });
    expect(await json('null')).toEqual({ kind: 'json', value: null });
  });

  test('keeps members named like special JavaScript properties', async () => {
    const body = await json('{"__proto__":{"x":1},"constructor":2}');
    const value = body.kind === 'json' ? body.value : undefined;
    expect(Object.entries(value as object)).toEqual([
      ['__proto__', { x: 1 }],
      ['constructor', 2],
    ]);
  });

  test.each([
    '{"a":1,}',
    '{"delays": 600\n "test": true}',
    "{'a':1}",
    '{"a":"\\x"}',
    'nope',
    '{"a":1',
    '"',
    'a=b',
    '{"a":1}{',
    '[NaN]',
  ])('that is broken is malformed: %j', async (text) => {
    expect(await decode(text)).toEqual({ body: malformed, text });
  });

  test('is never quoted in an error message', async () => {
    for (const text of ['gl_secretsecret', '{"token":"gl_secretsecret" x', '{"token":gl_secretsecret}', '"gl_secret'])
      expect(JSON.stringify(await json(text))).not.toContain('secret');
  });

  test('may nest 32 levels deep, but no deeper', async () => {
    expect(await json('['.repeat(32) + ']'.repeat(32))).toMatchObject({ kind: 'json' });
    expect(await json(`${'['.repeat(33)}${']'.repeat(33)}`)).toEqual(malformed);
    expect(await json('{"a":'.repeat(33))).toEqual(malformed);
    expect(await json('['.repeat(250_000))).toEqual(malformed);
    expect(await json(JSON.stringify({ a: `${'['.repeat(99)}"{` }))).toMatchObject({ kind: 'json' });
  });

  test('may have 1001 members, but no more', async () => {
    const members = (count: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [at, ':'])));
    expect(await json(members(1001))).toMatchObject({ kind: 'json' });
    expect(await json(members(1002))).toEqual(malformed);
  });

  test.each(['1e400', '-1e400', '1E+400', '{"a":[{"b":1e400}]}', `1${'0'.repeat(400)}`, `[${'9'.repeat(310)}.5]`])(
    'with a number out of range is malformed: %s',
    async (text) => {
      expect(await json(text)).toEqual(malformed);
    },
  );

  test.each(['1e308', '1e-400', '"1e400"', '{"1e400":"e999"}', '-0'])(
    'with a number in range is parsed: %s',
    async (text) => {
      expect(await json(text)).toMatchObject({ kind: 'json' });
    },
  );

  test('reads what JSON.stringify writes', async () => {
    const values = fc.jsonValue({ maxDepth: 20 });
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        expect(await json(JSON.stringify(value))).toEqual({ kind: 'json', value: JSON.parse(JSON.stringify(value)) });
      }),
    );
  });
});

describe('a compressed body', () => {
  test.each(['gzip', 'br', 'deflate, gzip'])('is refused: %s', async (encoding) => {
    expect(await json('{}', { ...JSON_TYPE, 'content-encoding': encoding })).toEqual(unsupported);
  });

  test('the encoding "identity" means that the body is not compressed', async () => {
    expect(await json('{}', { ...JSON_TYPE, 'content-encoding': 'Identity' })).toEqual({ kind: 'json', value: {} });
  });
});

describe('a form', () => {
  const pairs = (...list: [string, string][]) => ({ kind: 'form', pairs: list });

  test('keeps the order sent and repeated names', async () => {
    expect(await form('a=1&b=2&a=3&&c&=d')).toEqual(pairs(['a', '1'], ['b', '2'], ['a', '3'], ['c', ''], ['', 'd']));
  });

  test('decodes + and %20 as spaces, and keeps invalid escapes as they are', async () => {
    expect(await form('deal+name=a%20b%2Bc&x=100%&y=%zz%4')).toEqual(
      pairs(['deal name', 'a b+c'], ['x', '100%'], ['y', '%zz%4']),
    );
  });

  test('decodes each run of escapes as UTF-8, or else as windows-1252', async () => {
    expect(await form('a=%C3%A9&b=%e9&c=%E2%82%AC+%80+%zz')).toEqual(pairs(['a', 'é'], ['b', 'é'], ['c', '€ € %zz']));
    expect(await form('a=é%e9')).toEqual(pairs(['a', 'éé']));
  });

  test('may be in windows-1252 throughout', async () => {
    expect(await form(latin1('a=caf\xe9+\x80'))).toEqual(pairs(['a', 'café €']));
  });

  test('is assumed without a usable content type if the body does not look like JSON', async () => {
    expect(await form('a=1', {})).toEqual(pairs(['a', '1']));
    expect(await form('a=1', { 'content-type': 'text/plain' })).toEqual(pairs(['a', '1']));
  });

  test('is not assumed without a content type if the body looks like JSON', async () => {
    expect(await form(' {"a":1}', {})).toEqual({ kind: 'json', value: { a: 1 } });
    expect(await form('{"a":1', {})).toEqual(malformed);
    expect(await form(latin1('{"a":"\xe9"}'), {})).toEqual({ kind: 'json', value: { a: 'é' } });
  });

  test('is read as JSON if the body is JSON in spite of its content type', async () => {
    expect(await form('{"a":1}')).toEqual({ kind: 'json', value: { a: 1 } });
    expect(await form('{a=1')).toEqual(pairs(['{a', '1']));
  });

  test('sent as JSON is malformed', async () => {
    expect(await form('a=1', JSON_TYPE)).toEqual(malformed);
  });

  test('may have 1000 pairs, but no more', async () => {
    expect(await form('a&'.repeat(1000))).toMatchObject({ kind: 'form' });
    expect(await form('a&'.repeat(1001))).toEqual(malformed);
  });
});

describe('a multipart form', () => {
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const part = (head: string, value: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;

  test('is read, with only the names of its files', async () => {
    const body = `${part('name="a b"', 'é\r\n2')}${part('name="f"; filename="cv.pdf"', '\xff\x00')}--x--\r\n`;
    expect(await form(body, headers)).toEqual({
      kind: 'form',
      pairs: [
        ['a b', 'é\r\n2'],
        ['f', 'cv.pdf'],
      ],
    });
  });

  test('decodes each value as UTF-8, or else as windows-1252', async () => {
    const body = Buffer.concat([
      Buffer.from(part('name="a"', 'é')),
      latin1(part('name="b"', '\xe9')),
      Buffer.from('--x--\r\n'),
    ]);
    expect(await form(body, headers)).toEqual({
      kind: 'form',
      pairs: [
        ['a', 'é'],
        ['b', 'é'],
      ],
    });
  });

  test.each([
    ['no end', part('name="a"', '1'), headers],
    ['no boundary', `${part('name="a"', '1')}--x--\r\n`, { 'content-type': 'multipart/form-data' }],
    ['another boundary', `${part('name="a"', '1')}--x--\r\n`, { 'content-type': 'multipart/form-data; boundary=y' }],
    ['nothing of the kind', 'a=1', headers],
  ])('with %s is malformed', async (_, body, withHeaders) => {
    expect(await form(body, withHeaders)).toEqual(malformed);
  });
});

test('any bytes of any content type are decoded or refused without throwing', async () => {
  const types = fc.constantFrom(
    '',
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; charset=utf-16',
  );
  const modes = fc.constantFrom<BodyMode>('json', 'json_or_form');
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), types, modes, async (bytes, type, mode) => {
      const { body } = await decode(Buffer.from(bytes), { 'content-type': type }, mode);
      expect(['empty', 'json', 'form', 'unreadable']).toContain(body.kind);
    }),
  );
});
