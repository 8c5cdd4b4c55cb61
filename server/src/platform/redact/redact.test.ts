import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RequestParts, redact, type Secrets } from './redact.ts';

const TOKEN = 'gl_4f1c9a7e02b85d6360f7c1e9a4b2d8f05e6a7b8c9d0e1f2a3b4c5d6e7f8091a2';
const names = { query: ['token', 'key'], body: ['token', 'password'] };
const noNames = { query: [], body: [] };

function redacted(
  parts: Partial<Omit<RequestParts, 'body'>> & { body?: string | Buffer },
  secrets: Partial<Secrets> = {},
) {
  const body = Buffer.isBuffer(parts.body) ? parts.body : Buffer.from(parts.body ?? '');
  const request = { path: '/', query: '', headers: {}, ...parts, body };
  const kept = redact(request, { secrets: [TOKEN], names, ...secrets });
  return { ...kept, text: kept.body.toString() };
}
const query = (text: string, secrets?: Partial<Secrets>) => redacted({ query: text }, secrets).query;
const body = (text: string, secrets?: Partial<Secrets>) => redacted({ body: text }, secrets).text;

describe('a named query parameter', () => {
  test.each([
    ['token=x&note=y', 'token=[redacted]&note=y'],
    ['a=1&token=x', 'a=1&token=[redacted]'],
    ['token=x=y&key=', 'token=[redacted]&key='],
    [
      'Token=x&%74oken=y&token%5B%5D=z&+token=w',
      'Token=[redacted]&%74oken=[redacted]&token%5B%5D=[redacted]&+token=[redacted]',
    ],
    ['token&a=token', 'token&a=token'],
    ['mytoken=x&tokens=y&%zztoken=z', 'mytoken=x&tokens=y&%zztoken=z'],
    ['a=%20b+c%zz&&é', 'a=%20b+c%zz&&é'],
    ['', ''],
  ])('loses its value: %s', (sent, kept) => {
    expect(query(sent)).toBe(kept);
  });
});

describe('a named member of a JSON body', () => {
  test.each([
    ['{"token":"x","a":1}', '{"token":"[redacted]","a":1}'],
    ['{ "a": { "list": [ { "password" : "p\\"q\\\\" } ] } }', '{ "a": { "list": [ { "password" : "[redacted]" } ] } }'],
    ['{"token":123,"password":{"a":["]}"]},"b":2}', '{"token":"[redacted]","password":"[redacted]","b":2}'],
    ['{"token":null,"password":"","TOKEN":true}', '{"token":null,"password":"","TOKEN":"[redacted]"}'],
    ['{"\\u0074oken":"x"}', '{"\\u0074oken":"[redacted]"}'],
    [
      '{"note":"my \\"token\\": \\"x\\" and token","tokens":"y"}',
      '{"note":"my \\"token\\": \\"x\\" and token","tokens":"y"}',
    ],
  ])('loses its value: %s', (sent, kept) => {
    expect(body(sent)).toBe(kept);
  });

  test.each([
    ['{"token":"x" "test":true}', '{"token":"[redacted]" "test":true}'],
    ['{"a":1,"token":"x', '{"a":1,"token":"[redacted]"'],
    ['{"token": x}', '{"token": "[redacted]"}'],
    ['{"password":{"a":1', '{"password":"[redacted]"'],
  ])('loses its value when the JSON is broken: %s', (sent, kept) => {
    expect(body(sent)).toBe(kept);
  });
});

describe('a named form field', () => {
  test('loses its value', () => {
    expect(body('token=x&name="A"&password=y')).toBe('token=[redacted]&name="A"&password=[redacted]');
  });

  test('loses its value in a multipart form', () => {
    const part = (name: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name=${name}\r\n\r\n${value}\r\n`;
    const form = (token: string, password: string) =>
      `${part('"token"', token)}${part('"a"', 'token')}${part('password; x=y', password)}--b--\r\n`;
    expect(body(form('x\r\ny', 'z'))).toBe(form('[redacted]', '[redacted]'));
    expect(body('--b\r\nContent-Disposition: form-data; name="token"\r\n')).toContain('token');
  });
});

describe('a presented secret', () => {
  const hex = (char: string) => char.charCodeAt(0).toString(16);
  const percent = [...TOKEN].map((char) => `%${hex(char)}`).join('');
  const spellings: Record<string, string> = {
    plain: TOKEN,
    'percent-encoded': percent,
    'percent-encoded in capitals': percent.toUpperCase(),
    'percent-encoded here and there': `g%6c_${TOKEN.slice(3, 20)}%${hex(TOKEN.charAt(20))}${TOKEN.slice(21)}`,
    'percent-encoded twice': percent.replaceAll('%', '%25'),
    'JSON-escaped': [...TOKEN].map((char) => `\\u00${hex(char)}`).join(''),
    'JSON-escaped in part': `\\u0067${TOKEN.slice(1)}`,
    'JSON-escaped, then percent-encoded': `%5Cu0067${TOKEN.slice(1)}`,
    'JSON-escaped, then as HTML, then percent-encoded': `%26%2392%3Bu0067${TOKEN.slice(1)}`,
    'percent-encoded, then as HTML, then JSON-escaped': `\\u0026#37;67${TOKEN.slice(1)}`,
  };

  test.each(Object.entries(spellings))('is replaced when it is %s', (_, spelling) => {
    expect(redacted({ path: `/api/${spelling}/x` }).path).toBe('/api/[redacted]/x');
    expect(query(`a=${spelling}&b=%20`)).toBe('a=[redacted]&b=%20');
    expect(redacted({ headers: { origin: `x ${spelling} y` } }).headers['origin']).toBe('x [redacted] y');
    expect(body(`{"a":"${spelling}","b":"\\u0041"}`)).toBe('{"a":"[redacted]","b":"\\u0041"}');
    expect(body(`a=${spelling}&a=${spelling}`)).toBe('a=[redacted]&a=[redacted]');
  });

  test('is replaced everywhere even if it does not look like a token, also in URL-safe Base64', () => {
    const secret = 'Hunter-2-and-3-and-4-and-5';
    expect(query(`a=${secret}&b=${secret}`, { secrets: [secret], names: noNames })).toBe('a=[redacted]&b=[redacted]');
    const odd = '~?>'.repeat(9);
    for (const before of ['', 'a', 'ab']) {
      const sent = Buffer.from(`${before}${odd}`).toString('base64url');
      expect(sent).toMatch(/[-_]/);
      expect(query(`a=${sent}`, { secrets: [odd], names: noNames })).toMatch(/^a=[\w-]{0,6}\[redacted\][\w-]{0,4}$/);
    }
  });

  test.each([`${TOKEN}:`, `:${TOKEN}`, `me:${TOKEN}`, `u2:${TOKEN}`, `${TOKEN}:x`])(
    'is replaced in Base64 of %s',
    (pair) => {
      const base64 = Buffer.from(pair).toString('base64');
      const kept = body(`{"auth":"Basic ${base64}"}`);
      expect(kept).toMatch(/^\{"auth":"Basic [\w+/]{0,6}\[redacted\][\w+/=]{0,4}"\}$/);
      expect(redacted({ headers: { 'user-agent': base64 } }).headers['user-agent']).toContain('[redacted]');
    },
  );

  test.each([
    ['utf16le', 'LE'],
    ['utf16le', 'BE'],
  ] as const)('is replaced in UTF-16 (%s %s)', (encoding, order) => {
    const bytes = (text: string) =>
      order === 'LE' ? Buffer.from(text, encoding) : Buffer.from(text, encoding).swap16();
    const kept = redacted({ body: bytes(`{"a":"é ${TOKEN}","password":"x"}`) }).body;
    expect(kept).toEqual(bytes('{"a":"é [redacted]","password":"[redacted]"}'));
  });

  test('that is empty, or part of the replacement text, changes nothing', () => {
    for (const secret of ['', 'redacted', '[redacted]'])
      expect(body('{"a":"redacted %41"}', { secrets: [secret] })).toBe('{"a":"redacted %41"}');
    expect(query('a=d][r%41', { secrets: ['d][r'] })).toBe('a=[redacted]%41');
  });
});

describe('text that looks like a token', () => {
  const jwt = 'eyJ0eXAiOiJKV1QifQ.eyJ1c3IiOiJ4In0.c2lnbmF0dXJl-_x';

  test.each([['gl_0123456789abcdefghij'], ['sk_test_0123456789abcdefghij'], ['lw_0123456789-_abcdefghij'], [jwt]])(
    'is replaced even if nobody presented it: %s',
    (token) => {
      const secrets: Partial<Secrets> = { secrets: [], names: noNames };
      expect(query(`a=${token}&b=%20${token}`, secrets)).toBe('a=[redacted]&b=%20[redacted]');
      expect(body(`{"a":"x\\n${token}","b":"${token}"}`, secrets)).toBe('{"a":"x\\n[redacted]","b":"[redacted]"}');
    },
  );

  test.each([
    'task_category_identifier_x',
    'gl_short',
    'gl-website-contacts',
    'risk_0123456789abcdefghij',
    'eyJa.b',
    'a.b.c',
  ])('does not include words that are merely similar: %s', (word) => {
    expect(query(`${word}=${word}`)).toBe(`${word}=${word}`);
  });
});

describe('headers', () => {
  test.each([
    ...['proxy-authorization', 'x-auth-token', 'x-access-token', 'x-api-token', 'api-key', 'apikey', 'token'],
    ...['x-forwarded-authorization', 'x-amz-security-token', 'x-csrf-token', 'x-session', 'cookie2', 'x-anything'],
  ])('that may hold a credential are not kept: %s', (name) => {
    expect(redacted({ headers: { [name]: 'k', accept: '*/*' } }).headers).toEqual({ accept: '*/*' });
  });

  test('are kept only if listed, the referer without its query', () => {
    const sent = {
      authorization: `Bearer ${TOKEN}`,
      cookie: 'a=b',
      'x-api-key': 'k',
      'content-type': 'application/json',
      'user-agent': 'curl/8',
      referer: 'https://shop.example/a?token=x#y',
      'x-forwarded-for': '203.0.113.7',
      'leadwell-test': 'true',
      'set-cookie': ['a', 'b'],
    };
    expect(redacted({ headers: sent }).headers).toEqual({
      'content-type': 'application/json',
      'user-agent': 'curl/8',
      referer: 'https://shop.example/a',
      'x-forwarded-for': '203.0.113.7',
      'leadwell-test': 'true',
    });
  });
});

describe('everything else', () => {
  test('stays as it was sent, byte for byte and in the same buffer', () => {
    const bytes = Buffer.from([0x7b, 0xff, 0xe9, 0x01, 0x80, 0x22, 0x0a]);
    expect(redacted({ body: bytes }).body).toBe(bytes);
  });

  // Too few different letters for the surrounding text ever to be taken for a token.
  const around = fc.string({
    unit: fc.constantFrom('é', ' ', '!', '{', '"', ':', ',', '%', '&', '=', '\\', '/', '\r\n', '--', 'n'),
    maxLength: 40,
  });
  const letters = fc.constantFrom(...'abcdefghijklmopqrstvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.');
  const secret = fc.string({ unit: letters, minLength: 24, maxLength: 70 }).map((text) => `lw_${text}`);
  const spell = (text: string, how: readonly number[]) =>
    [...text]
      .map((char, at) => {
        const code = char.charCodeAt(0).toString(16).padStart(2, '0');
        return [char, `%${code}`, `%${code.toUpperCase()}`, `\\u00${code}`, `%25${code}`][how[at % how.length] ?? 0];
      })
      .join('');
  const escapes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 9 });

  test('is untouched around a secret, however the secret is encoded and wherever it is', () => {
    fc.assert(
      fc.property(
        around.filter((text) => !text.endsWith('\\')), // a backslash would escape what follows
        secret,
        around,
        escapes,
        (before, token, after, how) => {
          const text = before + spell(token, how) + after;
          const kept = redacted(
            { path: text, query: text, headers: { origin: text }, body: Buffer.from(text, 'latin1') },
            { secrets: [token], names: noNames },
          );
          const expected = `${before}[redacted]${after}`;
          expect([kept.path, kept.query, kept.headers['origin'], kept.body.toString('latin1')]).toEqual(
            Array(4).fill(expected),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  test('is untouched when there is no secret', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), secret, (bytes, token) => {
        const sent = Buffer.from(bytes);
        expect(redacted({ body: sent }, { secrets: [token], names: noNames }).body).toEqual(sent);
      }),
    );
  });

  test('is untouched around a secret in Base64', () => {
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 9 }), secret, (user, token) => {
        const kept = body(JSON.stringify({ a: Buffer.from(`${user}:${token}`).toString('base64') }), {
          secrets: [token],
        });
        const left = kept.replace('{"a":"', '').replace('"}', '').split('[redacted]');
        expect(left).toHaveLength(2);
        expect(Buffer.from(left.join(''), 'base64').toString('latin1')).not.toContain(token.slice(2));
        expect(left[0]?.length).toBeLessThanOrEqual(Math.ceil(((user.length + 2) * 4) / 3) + 1);
      }),
    );
  });
});

test('malicious bodies of 250 kB are redacted in bounded CPU time', () => {
  const size = 250_000;
  const fill = (text: string) => text.repeat(Math.ceil(size / text.length)).slice(0, size);
  const parts = [
    'eyJ',
    'gl_',
    '"token"',
    '"token":{',
    '"token" ',
    '--name="token"\r\n',
    '%41',
    '\\u0041',
    '%2525',
    'token=&',
    'name=',
    '\\"',
    'eyJaaaaaa.',
  ];
  // Only the CPU time of this process, whatever else the machine does.
  const started = process.cpuUsage();
  for (const part of parts) redacted({ body: fill(part), query: '' });
  for (const part of parts) redacted({ body: fill(`{${part}`), query: '' });
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(8_000);
});
