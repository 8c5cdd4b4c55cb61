import { describe, expect, test } from 'vitest';
import { currentSettings, readConfig } from './config.ts';

describe('TRUST_PROXY', () => {
  test.each([
    ['', false],
    ['false', false],
    ['0', false],
    ['1', 1],
    ['2', 2],
    ['10.0.0.0/8', ['10.0.0.0/8']],
    ['127.0.0.1, fd00::/8', ['127.0.0.1', 'fd00::/8']],
  ])('%j is read as %j', (text, expected) => {
    expect(readConfig({ TRUST_PROXY: text }).http.trustProxy).toEqual(expected);
  });

  test('true is refused, and the error says what to write instead', () => {
    expect(() => readConfig({ TRUST_PROXY: 'true' })).toThrow(
      'TRUST_PROXY must no longer be "true", since anybody could then claim any address. Write the number of proxies in front of this server, such as 1, or their addresses, such as 10.0.0.0/8.',
    );
  });

  test.each(['yes', '-1', '1.5', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', '1,', '10'])(
    '%j is refused because it names no proxies',
    (text) => {
      expect(() => readConfig({ TRUST_PROXY: text })).toThrow('TRUST_PROXY must be');
    },
  );
});

test.each(['ftp://x', 'javascript:alert(1)', 'leads.example'])('PUBLIC_URL must be a web address, not %j', (text) => {
  expect(() => readConfig({ PUBLIC_URL: text })).toThrow('PUBLIC_URL');
});

test('DATABASE_READ_URL requires DATABASE_URL, and its lag must be within bounds', () => {
  const DATABASE_URL = 'postgres://u:p@one/crm';
  const DATABASE_READ_URL = 'postgres://u:p@two/crm';
  expect(readConfig({ DATABASE_URL }).reading).toBeNull();
  expect(readConfig({ DATABASE_URL, DATABASE_READ_URL }).reading).toEqual({ url: DATABASE_READ_URL, lag: 10_000 });
  expect(() => readConfig({ DATABASE_READ_URL })).toThrow('DATABASE_READ_URL needs DATABASE_URL');
  expect(() => readConfig({ DATABASE_URL, DATABASE_READ_URL: 'two' })).toThrow('DATABASE_READ_URL must start');
  for (const DATABASE_READ_LAG of ['0', '1.9', '3601', 'ten', '-5'])
    expect(() => readConfig({ DATABASE_READ_LAG })).toThrow('DATABASE_READ_LAG must be a number of seconds');
});

test('workspace administrators see that the database, mail and proxies are set, but not their addresses', () => {
  const set = {
    HOST: '10.1.2.3',
    DATA_DIR: '/srv/secret-place',
    DATABASE_URL: 'postgres://u:s3cr@t@one.lan,two.lan/crm',
    DATABASE_READ_URL: 'postgres:///crm?user=u&password=s3cret&host=/run',
    SMTP_URL: 'smtps://user:s3cret@mail.lan:465',
    TRUST_PROXY: '10.1.0.0/16',
    EGRESS_ALLOW: 'erp.lan',
    EGRESS_PROXY: 'http://user:s3cret@proxy.lan:3128',
  };
  const shown = currentSettings({ ...set, PORT: '4001' });
  expect(JSON.stringify(shown)).not.toMatch(/s3cr|\.lan|10\.1|secret-place|\/run/);
  const values = Object.fromEntries(shown.map(({ name, value }) => [name, value]));
  expect(values).toMatchObject({ ...Object.fromEntries(Object.keys(set).map((name) => [name, null])), PORT: '4001' });
  expect(shown.find(({ name }) => name === 'DATABASE_URL')?.from_environment).toBe(true);
  expect(currentSettings({}).find(({ name }) => name === 'HOST')?.value).toBe('127.0.0.1');
});

test('a wrong setting that may hold a password is not repeated in the error', () => {
  const wrong = {
    DATABASE_URL: 'mysql://user:s3cret@host/crm',
    DATABASE_READ_URL: 'mysql://user:s3cret@host/crm',
    SMTP_URL: 'imap://user:s3cret@host',
    EGRESS_PROXY: 'socks://user:s3cret@host',
  };
  for (const [name, value] of Object.entries(wrong)) {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(name);
    expect(read).not.toThrow(/s3cret/);
  }
});

test('links in mail point to this server, even when it listens on an IPv6 address', () => {
  expect(readConfig({ HOST: '::', PORT: '3000' }).mail.base).toBe('http://[::]:3000');
  expect(readConfig({ HOST: '0.0.0.0', PORT: '3000' }).mail.base).toBe('http://0.0.0.0:3000');
});
