import { expect, test } from 'vitest';
import { addressOf, createOneOfEach } from '../test/create-one-of-each.ts';
import { digest } from '../test/digest.ts';
import { bodiesOf } from '../test/sample-body.ts';
import { client, testWorld } from '../test/world.ts';

const world = await testWorld();
const other = await world.anotherHome('other');
const token = client(world, world.tokens.get('native'));
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const theirs = client(world, { cookie: await world.signIn(other.ownerId, other.workspaceId) });
const bodies = await bodiesOf(world.app);
const ids = await createOneOfEach(world, theirs, other);

test.each([
  ['a token', token],
  ['an owner who is signed in', owner],
])(
  '%s gets exactly the same bytes for another workspace’s items as for unknown ones, and changes nothing',
  async (_, ask) => {
    const before = await digest(world, other.workspaceId);
    let asked = 0;
    const uncovered: string[] = [];
    for (const [path, methods] of Object.entries(bodies.paths)) {
      const foreignPath = addressOf(path, ids);
      if (!foreignPath) {
        if (path.includes('{id}')) uncovered.push(path);
        continue;
      }
      for (const method of Object.keys(methods)) {
        const verb = method.toUpperCase() as 'GET';
        const body = bodies.sampleFor(method, path);
        const foreign = await ask(verb, foreignPath, body);
        const unknown = await ask(verb, addressOf(path, ids, true) ?? '', body);
        const plain = (text: string) => text.replace(/submissions\/[0-9a-f-]{36}/g, '');
        expect([foreign.status, plain(foreign.text)], `${method} ${path}`).toEqual([
          unknown.status,
          plain(unknown.text),
        ]);
        if (foreign.status === 404) asked += 1;
      }
    }
    expect(uncovered).toEqual([]);
    expect(asked).toBeGreaterThan(40);
    expect(await digest(world, other.workspaceId)).toBe(before);
  },
);
test('a list shows only items of the caller’s workspace', async () => {
  for (const path of [
    '/leads',
    '/submissions',
    '/calls',
    '/tasks',
    '/statuses',
    '/sources',
    '/tags',
    '/members',
    '/tokens',
    '/custom-fields',
  ]) {
    const text = (await token('GET', path)).text;
    expect(text, path).not.toMatch(/theirs|of other|other\.example/i);
  }
});

test('references in a body are resolved only within the caller’s workspace', async () => {
  const { body: status } = await theirs('POST', '/statuses', { name: 'Only theirs' });
  const { body: department } = await theirs('POST', '/departments', { name: 'Only theirs' });
  const { body: tag } = await theirs('POST', '/tags', { name: 'Only theirs' });
  const lead = (await token('POST', '/leads', { name: 'Ours' })).body;
  for (const [method, path, body] of [
    ['POST', '/leads', { name: 'x', status: 'Only theirs' }],
    ['POST', '/leads', { name: 'x', status: status.id }],
    ['PATCH', `/leads/${lead.id}`, { owner: other.ownerId }],
    ['PATCH', `/leads/${lead.id}`, { add_tags: [tag.id] }],
    ['POST', '/tasks', { name: 'x', assignee: 'owner@other.example' }],
    ['POST', '/departments', { name: 'x', member_ids: [other.ownerId] }],
    ['PATCH', `/members/${world.ownerId}`, { department_ids: [department.id] }],
    ['POST', '/lead-types', { name: 'x', default_status_id: status.id }],
  ] as const) {
    const reply = await token(method, path, body);
    expect([reply.status, reply.body.errors?.[0]?.code], path).toEqual([422, 'unknown_reference']);
  }
});
