import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

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

  test('true is refused with what to write instead', () => {
    expect(() => readConfig({ TRUST_PROXY: 'true' })).toThrow(
      'TRUST_PROXY must no longer be "true", since anybody could then claim any address. Write the number of proxies in front of this server, such as 1, or their addresses, such as 10.0.0.0/8.',
    );
  });

  test.each(['yes', '-1', '1.5', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/8/8', 'proxy.example', '1,', '10'])(
    '%j is refused: it names no proxies',
    (text) => {
      expect(() => readConfig({ TRUST_PROXY: text })).toThrow('TRUST_PROXY must be');
    },
  );
});

test.each(['ftp://x', 'javascript:alert(1)', 'leads.example'])('PUBLIC_URL is a web address, not %j', (text) => {
  expect(() => readConfig({ PUBLIC_URL: text })).toThrow('PUBLIC_URL');
});
