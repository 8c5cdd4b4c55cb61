import * as zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { redact } from './redact.ts';

const TOKEN = 'gl_4f1c9a7e02b85d6360f7c1e9a4b2d8f05e6a7b8c9d0e1f2a3b4c5d6e7f8091a2';
const names = { query: [], body: [] };

function keep(body: string | Buffer, headers: Record<string, string> = {}, query = '') {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return redact({ path: '/', query, headers, body: bytes }, { secrets: [TOKEN], names });
}
const kept = (body: string) => keep(body).body.toString();

describe('a compressed body', () => {
  const secret = `{"a":"${TOKEN}","password":"x"}`;
  const safe = '{"a":"[redacted]","password":"[redacted]"}';
  const ways: [string, (bytes: Buffer) => Buffer, (bytes: Buffer) => Buffer][] = [
    ['gzip', zlib.gzipSync, zlib.gunzipSync],
    ['X-GZIP', zlib.gzipSync, zlib.gunzipSync],
    ['deflate', zlib.deflateSync, zlib.inflateSync],
    ['deflate', zlib.deflateRawSync, zlib.inflateSync],
    ['br', zlib.brotliCompressSync, zlib.brotliDecompressSync],
    [
      'gzip, br',
      (all) => zlib.brotliCompressSync(zlib.gzipSync(all)),
      (all) => zlib.gunzipSync(zlib.brotliDecompressSync(all)),
    ],
  ];

  test.each(ways)('packed with %s loses its secrets and stays compressed', (encoding, pack, unpack) => {
    const stored = keep(pack(Buffer.from(secret)), { 'content-encoding': encoding }).body;
    expect(unpack(stored).toString()).toBe(safe);
  });

  test.each(ways)('packed with %s and without a secret stays as it was sent', (encoding, pack) => {
    const bytes = pack(Buffer.from('{"a":1}'));
    expect(keep(bytes, { 'content-encoding': encoding }).body).toBe(bytes);
  });

  test('is searched even if no header declares the compression, or if it was cut off', () => {
    expect(zlib.gunzipSync(keep(zlib.gzipSync(secret)).body).toString()).toBe(safe);
    const begun = zlib.gzipSync(secret, { level: 0 }).subarray(0, -12);
    const stored = keep(begun, { 'content-encoding': 'gzip' }).body;
    expect(zlib.gunzipSync(stored).toString()).toContain('"a":"[redacted]"');
  });

  test('that hides a secret beside its data, cannot be unpacked or is far too large is not stored', () => {
    const gzip = { 'content-encoding': 'gzip' };
    const bomb = zlib.gzipSync(Buffer.alloc(3_000_000));
    // A gzip header can hold the name of a file.
    const packed = zlib.gzipSync('{"a":1}');
    const named = Buffer.concat([packed.subarray(0, 10), Buffer.from(`${TOKEN}\0`), packed.subarray(10)]);
    named.writeUInt8(0x08, 3);
    for (const [bytes, headers] of [
      [named, gzip],
      [Buffer.concat([zlib.gzipSync('{}'), Buffer.from(TOKEN)]), gzip],
      [bomb, gzip],
      [zlib.gzipSync(secret), { 'content-encoding': 'zstd' }],
      [zlib.gzipSync(secret), { 'content-encoding': 'br' }],
    ] as const)
      expect(keep(bytes, headers).body.toString()).toBe('[redacted]');
  });

  test('that is in fact not compressed is searched as text', () => {
    expect(keep(secret, { 'content-encoding': 'gzip' }).body.toString()).toBe(safe);
  });
});

describe('a presented secret is replaced', () => {
  const base64 = Buffer.from(`user:${TOKEN}`).toString('base64');
  const lines = (breakBy: string, length = 20) => base64.match(new RegExp(`.{1,${length}}`, 'g'))?.join(breakBy) ?? '';
  const coded = (write: (code: number) => string) => [...TOKEN].map((char) => write(char.charCodeAt(0))).join('');

  test.each(['\n', '\r\n', '\r\n ', '\\n', '\\r\\n', '%0A', '%0d%0a', '&#10;', '\\u000a'])(
    'in Base64 with %j between the lines',
    (breakBy) => {
      for (const length of [4, 20, 76]) {
        const stored = kept(`{"a":"${lines(breakBy, length)}","b":1}`);
        expect(stored).toMatch(/^\{"a":"[\w+/\\%&#;\s]{0,40}\[redacted\][\w+/=\\%&#;\s]{0,20}","b":1\}$/);
      }
    },
  );

  test.each([
    ['decimal HTML entities', coded((code) => `&#${code};`)],
    ['hexadecimal HTML entities', coded((code) => `&#x${code.toString(16)};`)],
    ['HTML entities with zeros and without semicolons', coded((code) => `&#X00${code.toString(16).toUpperCase()}`)],
    ['a named HTML entity', TOKEN.replace('_', '&lowbar;')],
    ['HTML entities whose ampersand is one', coded((code) => `&amp;#${code};`)],
    ['HTML entities in percent', encodeURIComponent(coded((code) => `&#${code};`))],
    ['script escapes', coded((code) => `\\x${code.toString(16)}`)],
    ['script escapes in braces', coded((code) => `\\u{${code.toString(16)}}`)],
    ['long percent escapes', coded((code) => `%u00${code.toString(16)}`)],
    ['hexadecimal digits', Buffer.from(TOKEN).toString('hex')],
    ['two lines', `${TOKEN.slice(0, 30)}\r\n${TOKEN.slice(30)}`],
  ])('in %s', (_, spelling) => {
    expect(kept(`{"a":"é ${spelling} b","c":"&eacute;\\n"}`)).toBe('{"a":"é [redacted] b","c":"&eacute;\\n"}');
    expect(keep('', {}, `a=${spelling}&b=%20`).query).toBe('a=[redacted]&b=%20');
  });
});

describe('a field named "password" or similar', () => {
  test.each([
    ...['password', 'Password', 'user_password', 'new-password', 'passwd', 'pwd', 'PASS', 'passphrase', 'passcode'],
    ...['secret', 'Passwort', 'kennwort', 'contrasena', 'contraseña', 'motDePasse', 'user_pwd', 'new-pwd', 'oldPwd'],
    ...['my_pwd', 'currentPwd', 'confirm_pwd', 'pwd2'],
  ])('loses its value in every API: %s', (name) => {
    expect(kept(JSON.stringify({ [name]: 'x', b: 1 }))).toBe(`{"${name}":"[redacted]","b":1}`);
    expect(keep('', {}, `${name}=x&user[${name}]=y&b=1`).query).toBe(`${name}=[redacted]&user[${name}]=[redacted]&b=1`);
    expect(kept(`b=1&${name}=x`)).toBe(`b=1&${name}=[redacted]`);
  });

  test.each([
    ...['client_secret', 'api_key', 'X-Api-Key', 'authorization', 'privateKey', 'credentials'],
    ...['access_token', 'refreshToken', 'auth-token', 'bearer_token', 'sessionToken', 'api_token', 'id_token'],
    ...['jwt_token', 'securityToken'],
  ])('includes other keys and tokens: %s', (name) => expect(kept(`{"${name}":"x"}`)).toBe(`{"${name}":"[redacted]"}`));

  test.each(['passport', 'secretary', 'keyword', 'passenger', 'compass', 'key_account', 'author', 'tokens', 'pin'])(
    'does not include words that only look similar: %s',
    (name) => {
      for (const body of [`{"${name}":"x"}`, `${name}=x`, `<a><${name}>x</${name}></a>`]) expect(kept(body)).toBe(body);
    },
  );

  test.each([
    ['{"data":"{\\"password\\":\\"a\\\\\\"b\\",\\"c\\":1}"}', '{"data":"{\\"password\\":\\"[redacted]\\",\\"c\\":1}"}'],
    ['{"data":"{\\"pwd\\":1234}"}', '{"data":"{\\"pwd\\":[redacted]}"}'],
    ['data={"password":"x","b":1}', 'data={"password":"[redacted]","b":1}'],
    ['data=%7B%22password%22%3A%22x%22%7D', `data=${encodeURIComponent('{"password":"[redacted]"}')}`],
    ["{password: 'x, y', b: 1}", '{password: "[redacted]", b: 1}'],
    ["{'password': \"x\", 'b': 1}", "{'password': \"[redacted]\", 'b': 1}"],
    ['<u><p:password a="1">x &amp; y</p:password></u>', '<u><p:password a="1">[redacted]</p:password></u>'],
    ['<u password="x" b=\'y\'/>', '<u password="[redacted]" b=\'y\'/>'],
    ['<password><![CDATA[x]]></password>', '<password>[redacted]</password>'],
    [
      'preamble\r\n--b\r\nContent-Disposition: form-data; name="pwd"\r\n\r\nx\r\n--b--',
      'preamble\r\n--b\r\nContent-Disposition: form-data; name="pwd"\r\n\r\n[redacted]\r\n--b--',
    ],
    [
      '--b\nContent-Disposition: form-data; name=pwd\n\nx\n--b--',
      '--b\nContent-Disposition: form-data; name=pwd\n\n[redacted]\n--b--',
    ],
  ])('loses its value inside a string, in broken JSON, XML and multipart forms: %s', (sent, stored) => {
    expect(kept(sent)).toBe(stored);
  });

  test.each([
    '{"note":"password: x"}',
    '{"note":"He said \\"password\\" twice"}',
    '{"password":null}',
    '{"password":""}',
  ])('is left alone in prose, or when it is empty: %s', (body) => expect(kept(body)).toBe(body));
});

test('malicious bodies of 250 kB are redacted in bounded CPU time', () => {
  const fill = (text: string) => text.repeat(Math.ceil(250_000 / text.length)).slice(0, 250_000);
  const parts = [
    '\\"password\\":',
    '\\"a\\":\\"',
    'password:',
    "password:'",
    '<password>',
    '<a>',
    ' password="',
    '&#',
    '\n',
    'data={',
    '\\\\"',
  ];
  // Only the CPU time of this process, whatever else the machine does.
  const started = process.cpuUsage();
  for (const part of parts)
    for (const first of ['', '{', '<', 'content-disposition: form-data;name=a\n']) keep(fill(first + part));
  expect(process.cpuUsage(started).user / 1000).toBeLessThan(8_000);
});
