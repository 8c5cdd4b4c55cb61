import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { client, testWorld, type World } from '../../../test/world.ts';
import { allDialects } from '../../dialects/all-dialects.ts';
import { readCurl } from './read-curl.ts';

const run = promisify(execFile);
let world: World;
let ask: ReturnType<typeof client>;
let origin = '';

beforeAll(async () => {
  world = await testWorld();
  ask = client(world, { cookie: await world.signIn(world.ownerId) });
  origin = await world.app.listen({ host: '127.0.0.1', port: 0 });
});

const names = [...allDialects.map(({ name }) => name), 'native'];
const make = async (dialect: string) => (await ask('POST', '/tokens', { dialect, name: `For ${dialect}` })).body;
const leads = async () => (await ask('GET', '/leads/count')).body;

async function outcomes(tokenId: string): Promise<string[]> {
  const rows = await world.query<{ outcome: string }>('SELECT outcome FROM submissions WHERE token_id = $1', [tokenId]);
  return rows.map(({ outcome }) => outcome);
}

describe.each(names)('the spec of %s', (dialect) => {
  test('has an example that is accepted once the secret is filled in', async () => {
    const token = await make(dialect);
    const { body: spec } = await ask('GET', `/tokens/${token.id}/spec`);
    const command = spec.example.curl.replaceAll(spec.placeholder, token.token).replaceAll(spec.base_url, origin);
    const { stdout } = await run('/bin/sh', ['-c', command]);
    expect(await outcomes(token.id), stdout).toEqual(['accepted']);
    await ask('DELETE', `/leads/${(await ask('GET', '/leads?limit=1')).body.data[0].id}`);
  });

  test('marks exactly those fields as required without which the example is refused', async () => {
    const token = await make(dialect);
    const { body: spec } = await ask('GET', `/tokens/${token.id}/spec`);
    for (const { name, required } of spec.fields as { name: string; required: boolean }[]) {
      const sent = without(spec.example, name);
      if (!sent) continue;
      const url = sent.url.replaceAll(spec.placeholder, token.token);
      const headers = Object.fromEntries(
        Object.entries(sent.headers).map(([key, value]) => [key, value.replaceAll(spec.placeholder, token.token)]),
      );
      const text = sent.body?.replaceAll(spec.placeholder, token.token);
      await fetch(url, { method: sent.method, headers, ...(text !== undefined && { body: text }) });
      const rows = await world.query<{ outcome: string }>('SELECT outcome FROM submissions ORDER BY id DESC LIMIT 1');
      expect([name, rows[0]?.outcome === 'refused']).toEqual([name, required]);
    }
  });

  test('can be sent as a test, which is journalled but creates no lead', async () => {
    const token = await make(dialect);
    const before = await leads();
    const { status, body } = await ask('POST', `/tokens/${token.id}/test`);
    expect(status).toBe(200);
    expect(await outcomes(token.id), body.body).toEqual(['test']);
    expect(await leads()).toEqual(before);
  });
});

/** The example without this field; undefined if it does not contain the field. */
function without(
  example: { method: string; url: string; headers: Record<string, string>; body: string | null },
  name: string,
) {
  const url = new URL(example.url.replace(/^http:\/\/[^/]+/, origin));
  if (url.searchParams.has(name)) {
    url.searchParams.delete(name);
    return { ...example, url: url.href };
  }
  const fields = new Map(Object.entries(JSON.parse(example.body ?? '{}') as object));
  if (!fields.delete(name)) return undefined;
  return { ...example, url: url.href, body: JSON.stringify(Object.fromEntries(fields)) };
}

test('requests of a token are counted by outcome', async () => {
  const token = await make('native');
  await client(world, token.token)('POST', '/leads', { name: 'Counted' });
  await client(world, token.token)('POST', '/leads', {});
  const { body } = await ask('GET', '/tokens/usage');
  const own = body.data.find(({ token_id }: { token_id: string }) => token_id === token.id);
  expect(own.outcomes).toEqual({ accepted: 1, refused: 1 });
});

test('all APIs are listed', async () => {
  const { body } = await ask('GET', '/dialects');
  expect(body.data.map(({ name }: { name: string }) => name)).toEqual(names);
});

test('a curl command with quotes is parsed', () => {
  expect(readCurl("curl -s -X POST 'http://h/a?b=c' \\\n  -H 'A-B: c: d' -d '{\"it\":\"isn'\\''t\"}'")).toEqual({
    method: 'POST',
    url: 'http://h/a?b=c',
    headers: { 'A-B': 'c: d' },
    body: '{"it":"isn\'t"}',
  });
});
