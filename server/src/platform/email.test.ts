import { describe, expect, test } from 'vitest';
import { emailKey } from './email.ts';

describe('the key of an email address', () => {
  test.each([
    ['capitals', 'Ann@Example.COM', 'ann@example.com'],
    ['blanks around it', ' \u00a0ann@example.com\u3000\n', 'ann@example.com'],
    ['quotation marks', '“ann@example.com”', 'ann@example.com'],
    ['a blank before the sign', 'ann @example.com', 'ann@example.com'],
    ['a mark of direction', '\u200eann@example.com', 'ann@example.com'],
    ['an embedding', '\u202aann@example.com\u202c', 'ann@example.com'],
    ['an isolate', '\u2066ann@example.com\u2069', 'ann@example.com'],
    ['a soft hyphen', 'ann@exam\u00adple.com', 'ann@example.com'],
    ['a variation selector', 'ann@example.com\ufe0f', 'ann@example.com'],
    ['a zero-width space', 'a\u200bnn@example.com', 'ann@example.com'],
    ['full width', 'ａｎｎ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ann@example.com'],
    ['a domain in letters', 'info@müller-shop.de', 'info@xn--mller-shop-9db.de'],
    ['its capitals, decomposed', 'INFO@MU\u0308LLER-SHOP.DE', 'info@xn--mller-shop-9db.de'],
    ['its punycode in capitals', 'info@XN--MLLER-SHOP-9DB.de', 'info@xn--mller-shop-9db.de'],
    ['a Chinese domain', '用户@例子.测试', '用户@xn--fsqu00a.xn--0zwm56d'],
    ['a Greek domain', 'a@ΠΑΡΆΔΕΙΓΜΑ.gr', 'a@xn--hxajbheg2az3al.gr'],
  ])('is normalised if the address has %s', (_, sent, key) => {
    expect(emailKey(sent)).toBe(key);
  });

  test('differs for addresses that are really different', () => {
    expect(emailKey('ann+shop@example.com')).not.toBe(emailKey('ann@example.com'));
    expect(emailKey('a@faß.de')).not.toBe(emailKey('a@fass.de'));
  });

  test.each(['', 'n/a', '-', 'ann', '@', 'ann@', '@example.com', 'a b@example.com', 'a@b@example.com'])(
    'is undefined for text that is not an address: %j',
    (sent) => {
      expect(emailKey(sent)).toBeUndefined();
    },
  );
});
