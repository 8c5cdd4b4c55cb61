import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { securityHeaders } from './http/browser-edge.ts';
import { webRoutes } from './web-routes.ts';

let folder = '';
let app: FastifyInstance;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadwell-web-'));
  await mkdir(join(folder, 'assets'));
  app = Fastify();
  securityHeaders(app);
  await webRoutes(app, folder);
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

async function build(): Promise<void> {
  await writeFile(join(folder, 'index.html'), '<meta property="csp-nonce" nonce="{{nonce}}">');
  await writeFile(join(folder, 'theme.js'), '// theme');
  await writeFile(join(folder, 'assets', 'app-1a2b.js'), 'plain');
  await writeFile(join(folder, 'assets', 'app-1a2b.js.br'), 'brotli');
}

test('the app answers 503 and says so until it is built', async () => {
  const reply = await app.inject('/app/leads');
  expect(reply.statusCode).toBe(503);
  expect(reply.body).toContain('has not been built');
});

test('the front page redirects to the app', async () => {
  const reply = await app.inject('/');
  expect([reply.statusCode, reply.headers['location']]).toEqual([302, '/app/']);
});

test('a one-time link redirects to the app’s page, and its secret is not sent as a referrer', async () => {
  const reply = await app.inject('/welcome/abc_DEF-123');
  expect([reply.statusCode, reply.headers['location']]).toEqual([302, '/app/welcome/abc_DEF-123']);
  expect(reply.headers['referrer-policy']).toBe('no-referrer');
  expect(reply.headers['cache-control']).toBe('no-store');
});

test('every URL of the app returns the page, each time with a new nonce that its policy allows', async () => {
  await build();
  const nonces = new Set<string | undefined>();
  for (const path of ['/app', '/app/', '/app/leads', '/app/settings/fields']) {
    const reply = await app.inject(path);
    const nonce = /nonce="([\w-]{20,})"/.exec(reply.body)?.[1];
    const policy = String(reply.headers['content-security-policy']);
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(reply.headers['cache-control']).toBe('no-store');
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(4);
});

test('hashed files of the app are sent compressed and cached for ever', async () => {
  await build();
  const reply = await app.inject({ url: '/app/assets/app-1a2b.js', headers: { 'accept-encoding': 'br' } });
  expect(reply.body).toBe('brotli');
  expect(reply.headers['content-encoding']).toBe('br');
  expect(reply.headers['vary']).toBe('accept-encoding');
  expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(reply.headers['content-type']).toContain('javascript');
});

test('a file with a fixed name is cached for an hour', async () => {
  await build();
  const reply = await app.inject('/app/theme.js');
  expect([reply.statusCode, reply.headers['cache-control']]).toEqual([200, 'public, max-age=3600']);
});

test('a missing file is 404, and files outside the assets folder cannot be requested', async () => {
  await build();
  for (const path of ['/app/assets/gone.js', '/app/assets/../index.html', '/app/assets/%2e%2e/index.html'])
    expect((await app.inject(path)).body).not.toContain('plain');
  expect((await app.inject('/app/assets/gone.js')).statusCode).toBe(404);
});
