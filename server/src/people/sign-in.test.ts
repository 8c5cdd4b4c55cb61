import { describe, expect, test } from 'vitest';
import { joinElsewhere, newBrowser, PASSWORD, steppingClock, withPassword } from '../../test/people.ts';
import { client, testWorld } from '../../test/world.ts';
import { openDatabase } from '../platform/database/database.ts';
import { checkCredentials } from '../workspaces/access/identify.ts';

const world = await testWorld();
const login = await withPassword(world, world.ownerId);
const later = steppingClock(world);
const defaults = () => undefined;

async function someone(role: 'agent' | 'admin' = 'agent') {
  const id = await world.member({ role });
  return { id, login: await withPassword(world, id) };
}

describe('signing in', () => {
  test('a right password sets a cookie that scripts cannot read, and it opens the API', async () => {
    const browser = newBrowser(world);
    const reply = await browser.signIn(login);
    expect(reply.status).toBe(204);
    const [session] = [reply.headers['set-cookie']].flat();
    expect(session).toMatch(/^leadwell=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/);
    expect((await browser.ask('GET', '/me')).body.user.email).toBe(login);
  });

  test('the host and protocol claimed by a request do not change the cookie', async () => {
    const { app } = world;
    const reply = await app.inject({
      method: 'POST',
      url: 'https://localhost/v1/session',
      headers: { 'sec-fetch-site': 'same-origin', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' },
      payload: { login, password: PASSWORD },
    });
    const cookies = [reply.headers['set-cookie']].flat();
    expect(reply.statusCode).toBe(204);
    expect(cookies.every((cookie) => cookie?.startsWith('leadwell') && !cookie.includes('Secure'))).toBe(true);
  });

  test('the email or username is accepted in either case', async () => {
    expect((await newBrowser(world).signIn(login.toUpperCase())).status).toBe(204);
    expect((await newBrowser(world).signIn('Owner-Default')).status).toBe(204);
  });

  test('wrong passwords, unknown names and members without a password or access get the same answer', async () => {
    const gone = await someone();
    await world.query('UPDATE members SET active = false WHERE id = $1', [gone.id]);
    await world.parts.changed(world.workspaceId);
    const invited = await world.member({ invited: true });
    const [user] = await world.query<{ email: string }>('SELECT email FROM members WHERE id = $1', [invited]);
    const answers = [
      await newBrowser(world).signIn(login, 'wrong'),
      await newBrowser(world).signIn('nobody@example.com', 'wrong'),
      await newBrowser(world).signIn(user?.email ?? '', 'wrong'),
      await newBrowser(world).signIn(gone.login),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]?.body.type).toBe('/problems/wrong_password');
    expect(answers.every(({ headers }) => headers['set-cookie'] === undefined)).toBe(true);
  });

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling', { 'sec-fetch-site': 'same-site' }],
    ['nobody says where', { 'sec-fetch-site': '' }],
    ['a foreign origin', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
  ])('a page of another site cannot sign anybody in: %s', async (_, headers) => {
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
    const reply = await world.app.inject({
      method: 'POST',
      url: '/v1/session',
      headers: sent,
      payload: { login, password: PASSWORD },
    });
    expect(reply.statusCode).toBe(403);
    expect(reply.headers['set-cookie']).toBeUndefined();
  });

  test('text/plain is refused', async () => {
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'text/plain' };
    const payload = JSON.stringify({ login, password: PASSWORD });
    expect((await world.app.inject({ method: 'POST', url: '/v1/session', headers, payload })).statusCode).toBe(415);
  });
});

test('a password reset is answered before the account is looked up', async () => {
  const { login: known } = await someone();
  const locking = await openDatabase(world.connections.owner, { size: 1, asOwner: true });
  await locking.global(async (tx) => {
    await tx.query('LOCK TABLE members, users IN ACCESS EXCLUSIVE MODE');
    for (const email of [known, 'nobody@example.com'])
      expect((await newBrowser(world).ask('POST', '/password-resets', { email })).status).toBe(202);
  });
  await locking.close();
  const sent = "SELECT to_email FROM mails WHERE kind = 'password_reset'";
  await expect.poll(() => world.query(sent)).toEqual([{ to_email: known }]);
});

describe('a session', () => {
  test('is a new one at each sign-in, and the previous one of the browser ends', async () => {
    const browser = newBrowser(world);
    await browser.signIn(login);
    const before = browser.cookies.get('leadwell') ?? '';
    await browser.signIn(login);
    expect(browser.cookies.get('leadwell')).not.toBe(before);
    expect((await client(world, { cookie: `leadwell=${before}` })('GET', '/me')).status).toBe(401);
  });

  test('is never opened with a secret planted in the browser', async () => {
    const browser = newBrowser(world);
    browser.cookies.set('leadwell', 'planted-by-somebody-else');
    await browser.signIn(login);
    expect(browser.cookies.get('leadwell')).not.toBe('planted-by-somebody-else');
    expect((await client(world, { cookie: 'leadwell=planted-by-somebody-else' })('GET', '/me')).status).toBe(401);
  });

  test('is not opened by the secret of a device or of a link', async () => {
    const browser = newBrowser(world);
    const { id, login: theirs } = await someone();
    await browser.signIn(theirs);
    const device = browser.cookies.get('leadwell_device') ?? '';
    const owner = client(world, { cookie: await world.signIn(world.ownerId) });
    const { invitation_url: link } = (await owner('POST', `/members/${id}/invitation`)).body;
    for (const secret of [device, link.split('/').at(-1)]) {
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect((await client(world, { cookie: `leadwell=${secret}` })('GET', '/me')).status).toBe(401);
    }
  });

  test('a browser is remembered for each person who used it', async () => {
    const browser = newBrowser(world);
    await browser.signIn(login);
    const first = browser.cookies.get('leadwell_device');
    await browser.signIn(login);
    expect(browser.cookies.get('leadwell_device')).toBe(first);
    await browser.signIn((await someone()).login);
    expect(browser.cookies.get('leadwell_device')).not.toBe(first);
  });

  test('ends on sign-out', async () => {
    const browser = newBrowser(world);
    await browser.signIn(login);
    const cookie = `leadwell=${browser.cookies.get('leadwell')}`;
    expect((await browser.ask('DELETE', '/session')).status).toBe(204);
    expect(browser.cookies.has('leadwell')).toBe(false);
    expect((await client(world, { cookie })('GET', '/me')).status).toBe(401);
  });

  test('ends after twelve hours without use', async () => {
    const browser = newBrowser(world);
    await browser.signIn(login);
    later(11 * 60);
    expect((await browser.ask('GET', '/me')).status).toBe(200);
    later(11 * 60);
    expect((await browser.ask('GET', '/me')).status).toBe(200);
    later(12 * 60);
    expect((await browser.ask('GET', '/me')).status).toBe(401);
  });

  test('is extended by a use that comes while an earlier one is being stored', async () => {
    const browser = newBrowser(world);
    await browser.signIn(login);
    const secret = browser.cookies.get('leadwell') ?? '';
    const { database, parts, workspaceId } = world;
    const checker = checkCredentials(database, parts.referenceCache, defaults, () => parts.clock().getTime());
    const isKnown = async () => {
      checker.forget();
      return (await checker.identifyMember(secret)).caller !== undefined;
    };
    expect(await isKnown()).toBe(true);
    const stored = await database.tx(workspaceId, async (tx) => {
      await tx.query('SELECT 1 FROM sessions WHERE workspace_id = $1 AND ended_at IS NULL FOR UPDATE', [workspaceId]);
      const storing = { done: checker.noteUse() };
      later(8 * 60);
      expect(await isKnown()).toBe(true);
      return storing;
    });
    await stored.done;
    later(8 * 60);
    expect(await isKnown()).toBe(true);
  });

  test('is extended, and a token noted, by a use that the database at first refuses to store', async () => {
    const browser = newBrowser(world);
    await browser.signIn(login);
    const [session, token] = [browser.cookies.get('leadwell') ?? '', await world.token('native', { name: 'Noted' })];
    const { database, parts } = world;
    const checker = checkCredentials(database, parts.referenceCache, defaults, () => parts.clock().getTime());
    later(60);
    expect((await checker.identifyMember(session)).caller).toBeDefined();
    expect((await checker.identify(token, 'native', '192.0.2.1')).caller).toBeDefined();
    await world.query('REVOKE UPDATE ON sessions, tokens FROM leadwell_app');
    await expect(checker.noteUse()).rejects.toThrow('permission denied');
    await world.query('GRANT UPDATE ON sessions, tokens TO leadwell_app');
    await checker.noteUse();
    const used = "SELECT last_used_at AS at, last_used_address AS address FROM tokens WHERE name = 'Noted'";
    expect(await world.query(used)).toEqual([{ at: parts.clock(), address: '192.0.2.1' }]);
    later(11.5 * 60);
    expect((await browser.ask('GET', '/me')).status).toBe(200);
  });

  test('that was never used ends after twelve hours too', async () => {
    const browser = newBrowser(world);
    await browser.signIn(login);
    later(12 * 60);
    expect((await browser.ask('GET', '/me')).status).toBe(401);
  });

  test('ends after seven days, used or not', async () => {
    const browser = newBrowser(world);
    await browser.signIn(login);
    for (let hours = 0; hours < 7 * 24; hours += 8) {
      expect((await browser.ask('GET', '/me')).status, `after ${hours} h`).toBe(200);
      later(8 * 60);
    }
    expect((await browser.ask('GET', '/me')).status).toBe(401);
  });

  test('reflects a deactivation or a new role of its member on the next request', async () => {
    const { id, login: theirs } = await someone('admin');
    const browser = newBrowser(world);
    await browser.signIn(theirs);
    const owner = client(world, { cookie: await world.signIn(world.ownerId) });
    expect((await browser.ask('GET', '/tokens')).status).toBe(200);
    await owner('PATCH', `/members/${id}`, { role: 'agent' });
    expect((await browser.ask('GET', '/tokens')).status).toBe(403);
    await owner('PATCH', `/members/${id}`, { active: false });
    expect((await browser.ask('GET', '/me')).status).toBe(401);
  });

  test('is listed with its address and browser, and only its own person can end it', async () => {
    const { login: theirs } = await someone();
    const [one, two, stranger] = [newBrowser(world, { 'user-agent': 'Firefox' }), newBrowser(world), newBrowser(world)];
    await one.signIn(theirs);
    await two.signIn(theirs);
    await stranger.signIn(login);
    const list = (await two.ask('GET', '/me/sessions')).body.data;
    expect(list.map(({ current }: { current: boolean }) => current)).toEqual([true, false]);
    expect(list[1]).toMatchObject({ address: '127.0.0.1', user_agent: 'Firefox', workspace: 'default' });
    expect((await stranger.ask('DELETE', `/me/sessions/${list[1].id}`)).status).toBe(404);
    expect((await one.ask('GET', '/me')).status).toBe(200);
    expect((await two.ask('DELETE', `/me/sessions/${list[1].id}`)).status).toBe(204);
    expect((await one.ask('GET', '/me')).status).toBe(401);
    expect((await two.ask('DELETE', `/me/sessions/${list[1].id}`)).status).toBe(404);
  });

  test('a changed password ends all other sessions of the person', async () => {
    const { login: theirs } = await someone();
    const [one, two] = [newBrowser(world), newBrowser(world)];
    await one.signIn(theirs);
    await two.signIn(theirs);
    const change = (old_password: string, new_password: string) =>
      one.ask('POST', '/me/password', { old_password, new_password });
    expect((await change('not it', 'another password')).body.type).toBe('/problems/wrong_password');
    expect((await change(PASSWORD, 'short')).body.errors[0].field).toBe('new_password');
    expect((await two.ask('GET', '/me')).status).toBe(200);
    expect((await change(PASSWORD, 'another password')).status).toBe(204);
    expect([(await one.ask('GET', '/me')).status, (await two.ask('GET', '/me')).status]).toEqual([200, 401]);
    expect((await newBrowser(world).signIn(theirs)).status).toBe(401);
    expect((await newBrowser(world).signIn(theirs, 'another password')).status).toBe(204);
  });

  test('can switch to another workspace of the person, and to no other', async () => {
    const { id, login: theirs } = await someone();
    const other = await joinElsewhere(world, id, 'second');
    const strange = await world.anotherHome('third');
    const browser = newBrowser(world);
    await browser.signIn(theirs, PASSWORD, { workspace_id: world.workspaceId });
    const cookie = `leadwell=${browser.cookies.get('leadwell')}`;
    const me = (await browser.ask('GET', '/me')).body;
    expect(me.workspaces.map(({ name }: { name: string }) => name)).toEqual(['default', 'second']);
    const go = (workspace_id: string) => browser.ask('POST', '/session/workspace', { workspace_id });
    const [foreign, unknown] = [await go(strange.workspaceId), await go('019ab000-0000-7000-8000-000000000000')];
    expect(foreign.status).toBe(404);
    expect(foreign.body).toEqual(unknown.body);
    expect((await go(other.workspaceId)).status).toBe(204);
    expect((await browser.ask('GET', '/me')).body).toMatchObject({
      workspace: { name: 'second' },
      member: { id: other.memberId },
    });
    expect((await client(world, { cookie })('GET', '/me')).status).toBe(401);
  });

  test('opens no workspace that has shut the person out, by whichever way they try', async () => {
    const { id, login: theirs } = await someone();
    const other = await joinElsewhere(world, id, 'shut');
    const browser = newBrowser(world);
    await browser.signIn(theirs, PASSWORD, { workspace_id: world.workspaceId });
    await world.query('UPDATE members SET active = false WHERE id = $1', [other.memberId]);
    await world.parts.changed(other.workspaceId);
    expect((await browser.ask('POST', '/session/workspace', { workspace_id: other.workspaceId })).status).toBe(404);
    const ways = [{ workspace_id: other.workspaceId }, { workspace: 'shut' }];
    for (const way of ways) expect((await newBrowser(world).signIn(theirs, PASSWORD, way)).status).toBe(401);
    const unnamed = newBrowser(world);
    await unnamed.signIn(theirs);
    expect((await unnamed.ask('GET', '/me')).body).toMatchObject({ workspace: { name: 'default' }, workspaces: [{}] });
  });
});
