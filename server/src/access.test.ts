import { beforeAll, describe, expect, test } from 'vitest';
import { addressOf, createOneOfEach } from '../test/create-one-of-each.ts';
import { digest } from '../test/digest.ts';
import { bodiesOf } from '../test/sample-body.ts';
import { client, testWorld } from '../test/world.ts';
import { memberMay, type PolicyName, policies, roles, scopes, tokenMay } from './workspaces/access/policies.ts';

const world = await testWorld();
const other = await world.anotherHome('other');
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const bodies = await bodiesOf(world.app);
const ids = await createOneOfEach(world, owner, world);

/** Every route of our own API as registered; the document writes parameters in braces. */
const routes = world.routes
  .filter(({ url, method }) => url.startsWith('/v1/') && (method as string) !== 'HEAD')
  .map(({ method, url, policy }) => ({ method, path: url.replace(/:(\w+)/g, '{$1}'), policy: policy as PolicyName }));
const guarded = routes.filter(({ policy }) => policy !== 'public');
const addressIn = (path: string, unknown = false) => addressOf(path, ids, unknown) ?? plain(path);
const plain = (path: string) =>
  path
    .replace('/v1', '')
    .replace('{kind}', 'product')
    .replace('{column}', 'status')
    .replace(/\{\w+\}/g, 'x');

type As = string | { cookie: string } | undefined;
interface Caller {
  name: string;
  as: () => Promise<As>;
  may: (policy: PolicyName) => boolean;
}

const members = new Map<string, string>();
const tokens = new Map<string, string>();
const never = () => false;
/** Requests are stored even when refused, and sessions change with each request. */
const kept = ['submissions', 'submissions_default', 'sessions'];
const callers: Caller[] = [
  { name: 'nobody', as: async () => undefined, may: never },
  { name: 'an unknown token', as: async () => `lw_${'0'.repeat(64)}`, may: never },
  { name: 'an unknown session', as: async () => ({ cookie: `leadwell=${'x'.repeat(43)}` }), may: never },
  { name: 'a token of a dialect', as: async () => world.tokens.get('getlead'), may: never },
  { name: 'a member who may no more', as: async () => ({ cookie: members.get('gone') ?? '' }), may: never },
  ...scopes.map((scope) => ({
    name: `a token that may ${scope}`,
    as: async () => tokens.get(scope),
    may: (policy: PolicyName) => tokenMay([scope], policy),
  })),
  ...roles.map((role) => ({
    name: `a member who is ${role}`,
    as: async () => ({ cookie: await world.signIn(members.get(role) ?? '') }),
    may: (policy: PolicyName) => memberMay(role, policy),
  })),
];

beforeAll(async () => {
  for (const role of roles) members.set(role, await world.member({ role }));
  for (const scope of scopes) tokens.set(scope, await world.token('native', { scopes: [scope] }));
  const gone = await world.member({ role: 'owner' });
  members.set('gone', await world.signIn(gone));
  await world.query('UPDATE members SET active = false WHERE id = $1', [gone]);
  await world.parts.changed(world.workspaceId);
});

test('every route says who may use it, and only a few are for everybody', () => {
  expect(routes.filter(({ policy }) => policy === undefined)).toEqual([]);
  expect(routes.filter(({ policy }) => policy === 'public').map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /v1/openapi.json',
    'POST /v1/session',
    'GET /v1/invitations/{secret}',
    'POST /v1/invitations/{secret}',
  ]);
  expect(guarded.length).toBeGreaterThan(100);
  expect(new Set(guarded.map(({ policy }) => policy)).size).toBeGreaterThan(Object.keys(policies).length - 3);
});

describe('what the policy does not allow', () => {
  let before = '';
  beforeAll(async () => {
    before = await digest(world, world.workspaceId, kept);
  });

  test.each(callers)('is refused to $name', async ({ as, may }) => {
    const ask = client(world, await as());
    const passed: string[] = [];
    for (const { method, path } of guarded.filter(({ policy }) => !may(policy))) {
      const { status } = await ask(method, addressIn(path), bodies.sampleFor(method, path));
      if (status !== 401 && status !== 403) passed.push(`${method} ${path} ${status}`);
    }
    expect(passed).toEqual([]);
  });

  test('changed nothing in all those tries', async () => {
    expect(await digest(world, world.workspaceId, kept)).toBe(before);
  });
});

test('a page of another site changes nothing in the name of somebody who is signed in', async () => {
  const cookie = await world.signIn(members.get('owner') ?? '');
  const before = await digest(world, world.workspaceId);
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    {},
  ];
  const passed: string[] = [];
  for (const { method, path } of routes.filter((route) => route.method !== 'GET'))
    for (const headers of foreign) {
      const body = bodies.sampleFor(method, path) ?? {};
      const type = { 'content-type': 'application/json' };
      const url = `/v1${addressIn(path)}`;
      const { statusCode } = await world.app.inject({
        method,
        url,
        headers: { ...headers, ...type, cookie },
        payload: body,
      });
      if (statusCode !== 403) passed.push(`${method} ${path} ${JSON.stringify(headers)} ${statusCode}`);
    }
  expect(passed).toEqual([]);
  expect(await digest(world, world.workspaceId)).toBe(before);
});

test('no field that a body does not name is taken', async () => {
  const columns = await world.query<{ name: string }>(
    "SELECT DISTINCT attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT attisdropped",
  );
  const before = await digest(world, world.workspaceId, kept);
  const taken: string[] = [];
  const cookie = await world.signIn(world.ownerId);
  for (const { method, path } of guarded) {
    const body = bodies.sampleFor(method, path);
    if (!body) continue;
    const known = new Set(bodies.namesFor(method, path));
    const more = columns.flatMap(({ name }) => (known.has(name) ? [] : [[name, null] as const]));
    const reply = await client(world, { cookie })(method, addressIn(path), { ...body, ...Object.fromEntries(more) });
    const fields = new Set(reply.body?.errors?.map(({ field }: { field: string }) => field));
    if (reply.status !== 422) taken.push(`${method} ${path} ${reply.status}`);
    else if (fields.size < 50) taken.push(`${method} ${path} ${[...fields]}`);
  }
  expect(taken).toEqual([]);
  expect(await digest(world, world.workspaceId, kept)).toBe(before);
});

describe('what a member sees', () => {
  const sightless = ['own', 'team'] as const;
  test.each(sightless)(
    'who sees %s gets others’ leads and what hangs on them as what nobody has',
    async (visibility) => {
      const cookie = await world.signIn(await world.member({ role: 'manager', visibility }));
      const ask = client(world, { cookie });
      const apart = Object.fromEntries(
        ['/v1/leads', '/v1/calls', '/v1/notes', '/v1/deals', '/v1/submissions'].map((place) => [
          place,
          ids[place] ?? '',
        ]),
      );
      const before = await digest(world, world.workspaceId, kept);
      let asked = 0;
      for (const { method, path, policy } of guarded) {
        const there = addressOf(path, apart);
        if (!there || !memberMay('manager', policy) || path.startsWith('/v1/submissions/replays')) continue;
        const body = bodies.sampleFor(method, path);
        const hidden = await ask(method, there, body);
        const unknown = await ask(method, addressOf(path, apart, true) ?? '', body);
        const told = (text: string) => text.replace(/submissions\/[0-9a-f-]{36}/g, '');
        expect([hidden.status, told(hidden.text)], `${method} ${path}`).toEqual([unknown.status, told(unknown.text)]);
        if (hidden.status === 404) asked += 1;
      }
      expect(asked).toBeGreaterThan(25);
      expect(await digest(world, world.workspaceId, kept)).toBe(before);
      for (const list of ['/leads', '/calls', '/deals', '/submissions', '/tasks'])
        expect((await ask('GET', list)).body.data, list).toEqual([]);
    },
  );
});

test('a member of another workspace gets nothing, whichever id they name', async () => {
  const cookie = await world.signIn(other.ownerId, other.workspaceId);
  const text: string[] = [];
  for (const { method, path } of guarded.filter((route) => route.method === 'GET' && route.path !== '/v1/live'))
    text.push((await client(world, { cookie })(method, addressIn(path))).text);
  expect(text.filter((one) => one.includes('Theirs') || one.includes('default.example'))).toEqual([]);
});

// Last, because allowed requests change data.
test.each(callers)('what the policy allows is not refused to $name', async ({ as, may }) => {
  const refused: string[] = [];
  let who = await as();
  for (const { method, path } of guarded.filter(({ policy, path: at }) => may(policy) && at !== '/v1/live')) {
    const reply = await client(world, who)(method, addressIn(path, true), bodies.sampleFor(method, path));
    if (reply.status === 401 || reply.status === 403) refused.push(`${method} ${path} ${reply.text}`);
    expect(reply.status, `${method} ${path} ${reply.text}`).toBeLessThan(500);
    if (path.startsWith('/v1/session')) who = await as();
  }
  expect(refused).toEqual([]);
});
