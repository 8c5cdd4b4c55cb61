import { beforeAll, describe, expect, test } from 'vitest';
import { allDialects } from '../../src/dialects/all-dialects.ts';
import { ownerOf } from '../../src/dialects/mount/mounted-route.ts';
import { anyAddressOf, createOneOfEach } from '../create-one-of-each.ts';
import { digest } from '../digest.ts';
import { bodiesOf } from '../sample-body.ts';
import { client, testWorld } from '../world.ts';
import { linesFor, memberSenders, strangers, tokenSenders } from './callers.ts';
import { type Line, otherLines, routeLines } from './table.ts';

const world = await testWorld();
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const bodies = await bodiesOf(world.app);
const ids = await createOneOfEach(world, owner, world);
const senders = [...(await strangers(world)), ...(await tokenSenders(world)), ...(await memberSenders(world))];

const lines = routeLines.filter(({ special }) => special === undefined);
const served = world.routes
  .filter(({ method }) => (method as string) !== 'HEAD')
  .map(({ method, url }) => ({ method, path: url.replace(/:(\w+)/g, '{$1}') }));
const named = ({ method, path }: (typeof served)[number]) => `${method} ${path}`;

const partsOf = ({ name }: Line) => name.split(' ') as ['GET', string];
const addressIn = (path: string, unknown = false) => anyAddressOf(path, ids, unknown);
/** Tables left out of the comparison: refused requests are stored too, and every request updates its session. */
const kept = ['submissions', 'submissions_default', 'turned_away', 'sessions'];

test('the table has a line for every route, and a route for every line', () => {
  const own = served.filter(({ path }) => path.startsWith('/v1/'));
  expect(lines.map(({ name }) => name).sort()).toEqual(own.map(named).sort());
  const others = served.filter(({ path }) => !path.startsWith('/v1/') && !ownerOf(path, allDialects));
  expect(otherLines.map(({ name }) => name).sort()).toEqual(others.map(named).sort());
});

test('every special line narrows a line of its own route', () => {
  const special = routeLines.filter((line) => line.special !== undefined);
  expect(special.filter(({ name }) => !lines.some((line) => line.name === name))).toEqual([]);
});

describe('what the table does not allow', () => {
  let before = '';
  beforeAll(async () => {
    before = await digest(world, world.workspaceId, kept);
  });

  test.each(senders)('is refused to $name', async ({ as, who }) => {
    const ask = client(world, await as());
    const passed: string[] = [];
    for (const line of linesFor(lines, who, false)) {
      const [method, path] = partsOf(line);
      const { status } = await ask(method, addressIn(path), bodies.sampleFor(method, path));
      if (status !== (who ? 403 : 401)) passed.push(`${line.name} ${status}`);
    }
    expect(passed).toEqual([]);
  });

  test('changes nothing in any of these attempts', async () => {
    expect(await digest(world, world.workspaceId, kept)).toBe(before);
  });
});

test('a refused write is stored in the journal with its sender', async () => {
  const viewerId = await world.member({ role: 'viewer' });
  const viewer = client(world, { cookie: await world.signIn(viewerId) });
  const reader = client(world, await world.token('native', { scopes: ['read'], name: 'Reader' }));
  for (const ask of [viewer, reader]) expect((await ask('POST', '/leads', { name: 'Refused to me' })).status).toBe(403);
  const stored = await world.query<{ body: Buffer; member_id: string | null; outcome: string; status_code: number }>(
    "SELECT body, member_id, outcome, status_code FROM submissions WHERE problem->>'kind' = 'forbidden' ORDER BY id DESC LIMIT 2",
  );
  expect(stored.map(({ member_id }) => member_id)).toEqual([null, viewerId]);
  for (const { body, outcome, status_code } of stored) {
    expect([outcome, status_code]).toEqual(['refused', 403]);
    expect(body.toString()).toContain('Refused to me');
  }
});

test('a token in test mode changes nothing, whatever it requests', async () => {
  const ask = client(world, await world.token('native', { scopes: [], test_mode: true }));
  const before = await digest(world, world.workspaceId, kept);
  for (const line of lines.filter(({ name, members }) => !name.startsWith('GET') && members !== 'everybody')) {
    const [method, path] = partsOf(line);
    const reply = await ask(method, addressIn(path), bodyFor(method, path));
    expect(reply.status, `${line.name} ${reply.text}`).toBeLessThan(500);
  }
  await world.parts.jobs.runDue();
  expect(await digest(world, world.workspaceId, kept)).toBe(before);
});

/** The smallest valid body, except for the job that creates sample leads: it would create many. */
const bodyFor = (method: string, path: string) =>
  path === '/v1/demo' && method === 'POST' ? { leads: 1 } : bodies.sampleFor(method, path);

// This test is the last, because allowed requests change data.
test.each(senders)(
  'what the table allows is not refused to $name',
  async ({ as, who }) => {
    const refused: string[] = [];
    let credential = await as();
    for (const line of linesFor(lines, who, true)) {
      const [method, path] = partsOf(line);
      if (path === '/v1/live' || line.members === 'everybody') continue;
      const reply = await client(world, credential)(method, addressIn(path, true), bodyFor(method, path));
      if (reply.status === 401 || reply.status === 403) refused.push(`${line.name} ${reply.text}`);
      expect(reply.status, `${line.name} ${reply.text}`).toBeLessThan(500);
      if (path.startsWith('/v1/session')) credential = await as();
    }
    expect(refused).toEqual([]);
  },
  120_000,
);
