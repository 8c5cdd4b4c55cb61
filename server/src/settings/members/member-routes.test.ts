import { describe, expect, test } from 'vitest';
import { client, testWorld } from '../../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const owner = client(world, { cookie: await world.signIn(world.ownerId) });

describe('members', () => {
  test('a member is created with a password and shown without it', async () => {
    const departments = (await ask('GET', '/departments')).body.data as { id: string }[];
    const made = await ask('POST', '/members', {
      ...{ name: 'Ann Agent', email: 'Ann@Example.com', username: 'ann', role: 'agent', password: 'correct horse' },
      department_ids: [departments[0]?.id],
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      name: 'Ann Agent',
      email: 'Ann@Example.com',
      username: 'ann',
      role: 'agent',
      active: true,
      department_ids: [departments[0]?.id],
    });
    expect(made.text).not.toContain('horse');
    const { invitation_url, mailed, ...member } = made.body;
    expect([invitation_url, mailed]).toEqual([null, false]);
    expect((await ask('GET', `/members/${made.body.id}`)).body).toEqual(member);
    expect((await ask('GET', '/members')).body.data).toContainEqual(member);
    const [user] = await world.query<{ password_hash: string }>(
      "SELECT u.password_hash FROM users u JOIN members m ON m.user_id = u.id WHERE m.username = 'ann'",
    );
    expect(user?.password_hash).toMatch(/^\$argon2id\$/);
  });

  test('nobody is a member twice, and a username is unique in its workspace but not across workspaces', async () => {
    const namesake = await world.anotherHome('namesake');
    const theirs = client(world, namesake.tokens.get('native'));
    const free = await theirs('POST', '/members', { name: 'B', email: 'b@example.com', username: 'bee' });
    expect(free.status).toBe(201);
    await ask('POST', '/members', { name: 'B', email: 'b@example.com', username: 'bee' });
    const again = await ask('POST', '/members', { name: 'B', email: 'B@EXAMPLE.com' });
    const other = await ask('POST', '/members', { name: 'C', email: 'c@example.com', username: 'BEE' });
    expect([again.status, other.status]).toEqual([409, 409]);
  });

  test.each([
    [{ name: 'x', email: 'nonsense' }, 'email'],
    [{ name: ' ', email: 'd@example.com' }, 'name'],
    [{ name: 'x', email: 'd@example.com', password: 'short' }, 'password'],
    [{ name: 'x', email: 'd@example.com', role: 'king' }, 'role'],
    [{ name: 'x', email: 'd@example.com', active: false }, 'active'],
    [{ name: 'x', email: 'd@example.com', department_ids: ['x'] }, 'department_ids'],
  ])('invalid input is refused: %j', async (body, field) => {
    const reply = await ask('POST', '/members', body);
    expect([reply.status, reply.body.errors[0].field]).toEqual([422, field]);
  });

  test('role and departments can change, and an inactive member gets no more leads', async () => {
    const { body: member } = await ask('POST', '/members', {
      name: 'E',
      email: 'e@example.com',
      password: 'long enough',
    });
    const { body: department } = await ask('POST', '/departments', { name: 'Only E', member_ids: [member.id] });
    const changed = await ask('PATCH', `/members/${member.id}`, { role: 'manager' });
    expect(changed.body).toMatchObject({ role: 'manager', active: true, department_ids: [department.id] });
    const routed = async () => (await ask('POST', '/leads', { name: 'x', department: 'Only E' })).body;
    expect(await routed()).toMatchObject({ department: 'Only E', owner: 'E' });
    await ask('PATCH', `/members/${member.id}`, { active: false });
    expect(await routed()).toMatchObject({ department: 'Only E', owner: null });
    expect((await ask('PATCH', `/members/${member.id}`, { department_ids: [] })).status).toBe(200);
  });

  test('the last owner stays', async () => {
    for (const body of [{ role: 'agent' }, { active: false }]) {
      const reply = await owner('PATCH', `/members/${world.ownerId}`, body);
      expect([reply.status, reply.body.type]).toEqual([409, '/problems/last_owner']);
    }
  });

  test('one of two owners who resign at once stays', async () => {
    const ids = [world.ownerId, await world.member({ role: 'owner' })];
    let resigning: ReturnType<typeof owner>[] = [];
    // Both wait for the same rows, so neither ends before the other has begun.
    await world.database.tx(world.workspaceId, async (tx) => {
      const both = 'SELECT FROM members WHERE workspace_id = $1 AND id = ANY ($2) FOR UPDATE';
      await tx.query(both, [tx.workspaceId, ids]);
      resigning = ids.map((id) => owner('PATCH', `/members/${id}`, { role: 'admin' }));
      const waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
      await expect.poll(async () => (await world.query(waiting)).length, { interval: 5 }).toBe(2);
    });
    const statuses = (await Promise.all(resigning)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 409]);
    const restore = "UPDATE members SET role = CASE id WHEN $1 THEN 'owner' ELSE 'agent' END WHERE id = ANY ($2)";
    await world.query(restore, [world.ownerId, ids]);
    await world.parts.changed(world.workspaceId);
  });

  test('only owners make or change owners; admins and tokens cannot', async () => {
    const adminId = await world.member({ role: 'admin' });
    const agentId = await world.member({ role: 'agent' });
    const admin = client(world, { cookie: await world.signIn(adminId) });
    for (const who of [admin, ask]) {
      const made = await who('POST', '/members', { name: 'G', email: 'g@example.com', role: 'owner' });
      const raised = await who('PATCH', `/members/${agentId}`, { role: 'owner' });
      const lowered = await who('PATCH', `/members/${world.ownerId}`, { role: 'viewer' });
      const shut = await who('PATCH', `/members/${world.ownerId}`, { active: false });
      const linked = await who('POST', `/members/${world.ownerId}/invitation`);
      const signedOut = await who('DELETE', `/members/${world.ownerId}/sessions`);
      const all = [made, raised, lowered, shut, linked, signedOut];
      expect(all.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    }
    expect((await admin('PATCH', `/members/${adminId}`, { role: 'owner' })).status).toBe(403);
    expect((await owner('PATCH', `/members/${agentId}`, { role: 'owner' })).status).toBe(200);
  });

  test('a change to a member’s visibility takes effect at once', async () => {
    const { body: lead } = await ask('POST', '/leads', { name: 'Nobody’s' });
    const id = await world.member({ role: 'agent' });
    const agent = client(world, { cookie: await world.signIn(id) });
    expect((await agent('GET', `/leads/${lead.id}`)).status).toBe(200);
    expect((await ask('PATCH', `/members/${id}`, { visibility: 'own' })).body.visibility).toBe('own');
    expect((await agent('GET', `/leads/${lead.id}`)).status).toBe(404);
  });

  test('sessions ended by deactivation stay ended when the member is reactivated', async () => {
    const id = await world.member({ role: 'agent' });
    const agent = client(world, { cookie: await world.signIn(id) });
    expect((await agent('GET', '/me')).status).toBe(200);
    await ask('PATCH', `/members/${id}`, { active: false });
    await ask('PATCH', `/members/${id}`, { active: true });
    expect((await agent('GET', '/me')).status).toBe(401);
  });
});

describe('tokens', () => {
  test('a token is shown once, works at once, and stops working when it is revoked', async () => {
    const made = await ask('POST', '/tokens', {
      dialect: 'native',
      name: 'Website',
      scopes: ['write'],
      policy: 'merge',
      region: 'IN',
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      dialect: 'native',
      name: 'Website',
      scopes: ['write'],
      policy: 'merge',
      region: 'IN',
      test_mode: false,
      may_extend: false,
    });
    expect(made.body.token).toMatch(/^lw_[0-9a-f]{64}$/);
    const list = await ask('GET', '/tokens');
    expect(list.text).not.toContain(made.body.token);
    expect(list.body.data.at(-1)).toMatchObject({
      id: made.body.id,
      hint: `${made.body.token.slice(0, 7)}…${made.body.token.slice(-4)}`,
    });
    const holder = client(world, made.body.token);
    expect((await holder('POST', '/leads', { phone: '9895912345' })).body.phone).toBe('+919895912345');
    expect((await ask('DELETE', `/tokens/${made.body.id}`)).status).toBe(204);
    expect((await holder('GET', '/leads')).status).toBe(401);
    expect((await ask('DELETE', `/tokens/${made.body.id}`)).status).toBe(204);
  });

  test('the tokens of each dialect have the prefix that its clients expect', async () => {
    for (const [dialect, prefix] of [
      ['getlead', 'gl_'],
      ['overplane', 'sk_'],
      ['crmcom', 'lw_'],
      ['ispcrm', 'lw_'],
      ['dialler', 'lw_'],
    ])
      expect((await ask('POST', '/tokens', { dialect, name: 'x' })).body.token.slice(0, 3)).toBe(prefix);
  });

  test.each([
    [{ dialect: 'nonsense', name: 'x' }, 'dialect'],
    [{ dialect: 'native' }, 'name'],
    [{ dialect: 'native', name: 'x', policy: 'guess' }, 'policy'],
    [{ dialect: 'native', name: 'x', scopes: ['public'] }, 'scopes.0'],
    [{ dialect: 'native', name: 'x', region: 'Britain' }, 'region'],
    [{ dialect: 'native', name: 'x', expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    [{ dialect: 'native', name: 'x', hash: 'x' }, 'hash'],
  ])('invalid input is refused: %j', async (body, field) => {
    const reply = await ask('POST', '/tokens', body);
    expect([reply.status, reply.body.errors[0].field]).toEqual([422, field]);
  });
});
