import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const agentId = await world.member({ name: 'Annie Agent', role: 'agent', visibility: 'own' });
const agent = client(world, { cookie: await world.signIn(agentId) });

test('GET /me returns the signed-in user, their workspaces and their permissions', async () => {
  const { status, body } = await agent('GET', '/me');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    user: { name: 'Annie Agent', totp: false },
    member: { id: agentId, role: 'agent', visibility: 'own' },
    workspace: { id: world.workspaceId, name: 'default', region: 'GB', time_zone: 'UTC', currency: 'GBP' },
    workspaces: [{ id: world.workspaceId, name: 'default', role: 'agent' }],
  });
  expect(body.permissions).toContain('work leads');
  expect(body.permissions).not.toContain('administer');
});

test('GET /me is refused to a token and without a sign-in', async () => {
  expect((await client(world, world.tokens.get('native'))('GET', '/me')).status).toBe(403);
  expect((await client(world, undefined)('GET', '/me')).status).toBe(401);
});

test('members can change their own name and nothing else', async () => {
  expect((await agent('PATCH', '/me', { name: ' Ann Agent ' })).body.user.name).toBe('Ann Agent');
  expect((await agent('GET', '/me')).body.user.name).toBe('Ann Agent');
  for (const [body, field] of [
    [{ name: ' ' }, 'name'],
    [{ role: 'owner' }, 'role'],
    [{ password_hash: 'x' }, 'password_hash'],
    [{ visibility: 'all' }, 'visibility'],
  ] as const)
    expect((await agent('PATCH', '/me', body)).body.errors[0].field).toBe(field);
});

test('an owner can act as a sample member and return, but not as a real member', async () => {
  const cookie = await world.signIn(world.ownerId);
  const owner = client(world, { cookie });
  const sampleId = await world.member({ name: 'Sam Sample' });
  expect((await owner('POST', '/demo/session', { member_id: sampleId })).status).toBe(404);
  // Sample members have no account.
  await world.query('UPDATE members SET user_id = NULL WHERE id = $1', [sampleId]);
  await world.query("INSERT INTO demo_items (workspace_id, kind, id) VALUES ($1, 'member', $2)", [
    world.workspaceId,
    sampleId,
  ]);
  await owner('PATCH', `/members/${sampleId}`, { role: 'viewer' });
  expect((await owner('GET', '/demo/members')).body.data).toEqual([
    { id: sampleId, name: 'Sam Sample', role: 'viewer' },
  ]);
  expect((await agent('GET', '/demo/members')).status).toBe(403);
  expect((await agent('POST', '/demo/session', { member_id: sampleId })).status).toBe(403);
  expect((await owner('POST', '/demo/session', { member_id: agentId })).status).toBe(404);
  // A sample member with the rights of an administrator would be a way round the audit log.
  for (const role of ['admin', 'owner']) {
    await world.query('UPDATE members SET role = $2 WHERE id = $1', [sampleId, role]);
    await world.parts.changed(world.workspaceId);
    expect((await owner('GET', '/demo/members')).body.data).toEqual([]);
    expect((await owner('POST', '/demo/session', { member_id: sampleId })).status).toBe(404);
  }
  await owner('PATCH', `/members/${sampleId}`, { role: 'viewer' });
  const entered = await owner('POST', '/demo/session', { member_id: sampleId });
  const sample = client(world, { cookie: cookieIn(entered) });
  expect((await sample('GET', '/me')).body).toMatchObject({
    user: { name: 'Sam Sample', sample: true },
    workspaces: [],
  });
  expect((await sample('GET', '/leads')).status).toBe(200);
  // There is no account whose sessions could be listed.
  expect((await sample('GET', '/me/sessions')).status).toBe(403);
  expect((await owner('DELETE', '/demo/session')).status).toBe(404);
  const back = client(world, { cookie: cookieIn(await sample('DELETE', '/demo/session')) });
  expect((await back('GET', '/me')).body.member.id).toBe(world.ownerId);
  for (const ended of [owner, sample]) expect((await ended('GET', '/me')).status).toBe(401);
  const log = (await back('GET', '/audit-log?limit=2')).body.data;
  expect(log.map(({ text }: { text: string }) => text)).toEqual([
    expect.stringContaining('stopped looking around as the sample member Sam Sample.'),
    expect.stringContaining('began to look around as the sample member Sam Sample.'),
  ]);
});

test('a session as a sample member ends with the session it was opened from', async () => {
  const cookie = await world.signIn(world.ownerId);
  const owner = client(world, { cookie });
  const [one] = (await owner('GET', '/demo/members')).body.data;
  const sample = client(world, { cookie: cookieIn(await owner('POST', '/demo/session', { member_id: one.id })) });
  await owner('DELETE', '/session');
  expect((await sample('GET', '/me')).status).toBe(401);
});

function cookieIn({ headers }: { headers: Record<string, unknown> }): string {
  return [headers['set-cookie']].flat().join().split(';')[0] ?? '';
}
