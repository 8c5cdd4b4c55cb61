import { afterAll, expect, test } from 'vitest';
import { buildApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { newBrowser, PASSWORD, withPassword } from './people.ts';
import { testWorld } from './world.ts';

const world = await testWorld();
const login = await withPassword(world, world.ownerId);

/** Builds a second app on the same data, with other settings. */
async function serverWith(env: Record<string, string>) {
  const app = await buildApp({ config: readConfig({ LOG_LEVEL: 'silent', ...env }), parts: world.parts });
  afterAll(() => app.close());
  return app;
}

async function addressSeen(env: Record<string, string>, forwarded: string): Promise<string> {
  const browser = newBrowser({ app: await serverWith(env) }, { 'x-forwarded-for': forwarded });
  expect((await browser.signIn(login)).body).toBeUndefined();
  const { body } = await browser.ask('GET', '/me/sessions');
  return body.data.find(({ current }: { current: boolean }) => current).address;
}

test.each([
  ['no proxy', {}, '127.0.0.1'],
  ['one proxy', { TRUST_PROXY: '1' }, '198.51.100.7'],
  ['two proxies', { TRUST_PROXY: '2' }, '203.0.113.9'],
  ['proxies of a network', { TRUST_PROXY: '127.0.0.0/8, 198.51.100.0/24' }, '203.0.113.9'],
  ['a proxy that is another one', { TRUST_PROXY: '192.0.2.1' }, '127.0.0.1'],
])(
  'behind %s the sender’s address is the last one that a proxy wrote, not what the client claims',
  async (_, env, seen) => {
    expect(await addressSeen(env as Record<string, string>, '10.9.9.9, 203.0.113.9, 198.51.100.7')).toBe(seen);
  },
);

test('with an https PUBLIC_URL, cookies are bound to the host and links use it whatever the request says', async () => {
  const app = await serverWith({ PUBLIC_URL: 'https://leads.example/', TRUST_PROXY: '1' });
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
  const browser = newBrowser({ app }, headers);
  const reply = await browser.signIn(login, PASSWORD);
  for (const cookie of [reply.headers['set-cookie']].flat())
    expect(cookie).toMatch(/^__Host-leadwell\w*=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/);
  const { body } = await browser.ask('POST', '/members', { name: 'x', email: 'x@example.com' });
  expect(body.invitation_url).toMatch(/^https:\/\/leads\.example\/welcome\//);
});

test('without PUBLIC_URL, a link shown to a request for a foreign host is only a path', async () => {
  const browser = newBrowser(world, { host: 'evil.example', origin: 'http://evil.example' });
  await browser.signIn(login);
  const { body } = await browser.ask('POST', '/members', { name: 'y', email: 'y@example.com' });
  expect(body.invitation_url).toMatch(/^\/welcome\//);
  const again = await browser.ask('POST', `/members/${body.id}/invitation`);
  expect(again.body.invitation_url).toMatch(/^\/welcome\//);
  const dialects = await browser.ask('GET', '/dialects');
  expect(JSON.stringify(dialects.body)).not.toContain('evil');
});
