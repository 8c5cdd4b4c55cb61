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
    'is empty and no error whatever its headers say: %j',
    async (headers) => {
      expect(await decode('', headers, 'json_or_form')).toEqual({ body: { kind: 'empty' }, text: '' });
      expect(await json('', headers)).toEqual({ kind: 'empty' });
    },
  );

  test('is one of blanks too', async () => {
    expect(await json(' \r\n')).toEqual({ kind: 'empty' });
    expect(await json('\ufeff')).toEqual({ kind: 'empty' });
  });
});

describe('a JSON body', () => {
  test('is parsed, and its text kept', async () => {
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

  test('may be no object', async () => {
    expect(await json('[]')).toEqual({ kind: 'json', value: [] });
    expect(await json('null')).toEqual({ kind: 'json', value: null });
  });

  test('keeps members with names that JavaScript gives a meaning', async () => {
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

  test('is never quoted in what is said of it', async () => {
    for (const text of ['gl_secretsecret', '{"token":"gl_secretsecret" x', '{"token":gl_secretsecret}', '"gl_secret'])
      expect(JSON.stringify(await json(text))).not.toContain('secret');
  });

  test('nests 32 levels deep and no deeper', async () => {
    expect(await json('['.repeat(32) + ']'.repeat(32))).toMatchObject({ kind: 'json' });
    expect(await json(`${'['.repeat(33)}${']'.repeat(33)}`)).toEqual(malformed);
    expect(await json('{"a":'.repeat(33))).toEqual(malformed);
    expect(await json('['.repeat(250_000))).toEqual(malformed);
    expect(await json(JSON.stringify({ a: `${'['.repeat(99)}"{` }))).toMatchObject({ kind: 'json' });
  });

  test('has 1001 members and no more', async () => {
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

  test('is none when it is called identity', async () => {
    expect(await json('{}', { ...JSON_TYPE, 'content-encoding': 'Identity' })).toEqual({ kind: 'json', value: {} });
  });
});

describe('a form', () => {
  const pairs = (...list: [string, string][]) => ({ kind: 'form', pairs: list });

  test('is read in the order sent, with names that come twice', async () => {
    expect(await form('a=1&b=2&a=3&&c&=d')).toEqual(pairs(['a', '1'], ['b', '2'], ['a', '3'], ['c', ''], ['', 'd']));
  });

  test('has blanks as + and %20, and keeps what looks like an escape but is none', async () => {
    expect(await form('deal+name=a%20b%2Bc&x=100%&y=%zz%4')).toEqual(
      pairs(['deal name', 'a b+c'], ['x', '100%'], ['y', '%zz%4']),
    );
  });

  test('has escapes in UTF-8, else windows-1252, each run by itself', async () => {
    expect(await form('a=%C3%A9&b=%e9&c=%E2%82%AC+%80+%zz')).toEqual(pairs(['a', 'é'], ['b', 'é'], ['c', '€ € %zz']));
    expect(await form('a=é%e9')).toEqual(pairs(['a', 'éé']));
  });

  test('may be windows-1252 throughout', async () => {
    expect(await form(latin1('a=caf\xe9+\x80'))).toEqual(pairs(['a', 'café €']));
  });

  test('is read when no type is named and it does not look like JSON', async () => {
    expect(await form('a=1', {})).toEqual(pairs(['a', '1']));
    expect(await form('a=1', { 'content-type': 'text/plain' })).toEqual(pairs(['a', '1']));
  });

  test('is JSON when no type is named and it looks like JSON', async () => {
    expect(await form(' {"a":1}', {})).toEqual({ kind: 'json', value: { a: 1 } });
    expect(await form('{"a":1', {})).toEqual(malformed);
    expect(await form(latin1('{"a":"\xe9"}'), {})).toEqual({ kind: 'json', value: { a: 'é' } });
  });

  test('is JSON after all when it was only called a form', async () => {
    expect(await form('{"a":1}')).toEqual({ kind: 'json', value: { a: 1 } });
    expect(await form('{a=1')).toEqual(pairs(['{a', '1']));
  });

  test('is no JSON when it was called JSON', async () => {
    expect(await form('a=1', JSON_TYPE)).toEqual(malformed);
  });

  test('has 1000 pairs and no more', async () => {
    expect(await form('a&'.repeat(1000))).toMatchObject({ kind: 'form' });
    expect(await form('a&'.repeat(1001))).toEqual(malformed);
  });
});

describe('a multipart form', () => {
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  const part = (head: string, value: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;

  test('is read, files by their names only', async () => {
    const body = `${part('name="a b"', 'é\r\n2')}${part('name="f"; filename="cv.pdf"', '\xff\x00')}--x--\r\n`;
    expect(await form(body, headers)).toEqual({
      kind: 'form',
      pairs: [
        ['a b', 'é\r\n2'],
        ['f', 'cv.pdf'],
      ],
    });
  });

  test('has each value in UTF-8, else windows-1252', async () => {
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

test('any bytes under any type are decoded or refused, never thrown over', async () => {
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
