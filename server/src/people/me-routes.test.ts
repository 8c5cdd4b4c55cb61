import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const agentId = await world.member({ name: 'Annie Agent', role: 'agent', visibility: 'own' });
const agent = client(world, { cookie: await world.signIn(agentId) });

test('whoever is signed in learns who and where they are, and what they may do', async () => {
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

test('a token is nobody', async () => {
  expect((await client(world, world.tokens.get('native'))('GET', '/me')).status).toBe(403);
  expect((await client(world, undefined)('GET', '/me')).status).toBe(401);
});

test('a person changes their name, and nothing else of themselves', async () => {
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
