import { expect, test } from 'vitest';
import { anyAddressOf, createOneOfEach } from '../test/create-one-of-each.ts';
import { digest } from '../test/digest.ts';
import { bodiesOf } from '../test/sample-body.ts';
import { client, testWorld } from '../test/world.ts';

const world = await testWorld();
const other = await world.anotherHome('other');
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const bodies = await bodiesOf(world.app);
const ids = await createOneOfEach(world, owner, world);

/** Every route of our own API as registered, with parameters in braces, as in the OpenAPI document. */
const routes = world.routes
  .filter(({ url, method }) => url.startsWith('/v1/') && (method as string) !== 'HEAD')
  .map(({ method, url, policy }) => ({ method, path: url.replace(/:(\w+)/g, '{$1}'), policy }));
const guarded = routes.filter(({ policy }) => policy !== 'public');
const addressIn = (path: string) => anyAddressOf(path, ids);
/** Tables that may change: requests are stored or counted even when refused, and sessions change with each request. */
const kept = ['submissions', 'submissions_default', 'turned_away', 'sessions'];

test('a page of another site changes nothing on behalf of a signed-in member', async () => {
  const cookie = await world.signIn(world.ownerId);
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

test('no route accepts a body field that it does not document', async () => {
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

test('a member of another workspace reads nothing, whichever id they request', async () => {
  const cookie = await world.signIn(other.ownerId, other.workspaceId);
  const text: string[] = [];
  for (const { method, path } of guarded.filter((route) => route.method === 'GET' && route.path !== '/v1/live'))
    text.push((await client(world, { cookie })(method, addressIn(path))).text);
  expect(text.filter((one) => one.includes('Theirs') || one.includes('default.example'))).toEqual([]);
});
