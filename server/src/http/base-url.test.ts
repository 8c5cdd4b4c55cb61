import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { baseUrl, shownBase } from './base-url.ts';

const asked = (host: string) => ({ headers: { host } });
const unset = { publicUrl: null };

test.each(['localhost:4000', '127.0.0.1:4000', '[::1]:4000', 'LOCALHOST', `${hostname()}:80`])(
  'links use the requested host if it names this machine: %s',
  (host) => {
    expect(baseUrl(asked(host), unset)).toMatch(/^http:\/\/[^/]+$/);
  },
);

test.each([
  'evil.example',
  'localhost.evil.example',
  'localhost@evil.example',
  'evil.example#localhost',
  'localhost/x',
  '127.0.0.1.nip.io',
  '203.0.113.7',
  '',
  'local host',
  'localhost:99999',
])('no other Host header appears in a link: %j', (host) => {
  expect(baseUrl(asked(host), unset)).toBe('');
  expect(shownBase(asked(host), unset)).toBe('http://your-server');
});

test('PUBLIC_URL takes precedence over the Host header', () => {
  expect(baseUrl(asked('evil.example'), { publicUrl: 'https://leads.example' })).toBe('https://leads.example');
});
