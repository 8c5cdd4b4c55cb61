import { generate } from 'otplib';
import { describe, expect, test } from 'vitest';
import { joinElsewhere, newBrowser, PASSWORD, steppingClock, withPassword } from '../../test/people.ts';
import { client, testWorld } from '../../test/world.ts';
import { getAccount, joinAccount, openAccount } from '../workspaces/access/account-store.ts';
import { makeLink } from '../workspaces/first-run.ts';
import { findInvitation } from './invitation.ts';
import { joinWorkspace } from './join-workspace.ts';

const world = await testWorld();
const later = steppingClock(world);
const OTHER = 'another password';
let number = 0;

/** Creates two workspaces, with a client for the owner of each. */
async function tenants() {
  number += 1;
  const [alpha, beta] = [await world.anotherHome(`alpha-${number}`), await world.anotherHome(`beta-${number}`)];
  const adminOf = async ({ ownerId, workspaceId }: typeof alpha) =>
    client(world, { cookie: await world.signIn(ownerId, workspaceId) });
  const [alphaAdmin, betaAdmin] = [await adminOf(alpha), await adminOf(beta)];
  return { alpha, beta, alphaAdmin, betaAdmin, email: `ann-${number}@example.com` };
}

const secretOf = (url: string) => url.split('/').at(-1) ?? '';
const workspacesOf = (me: { body: { workspaces: { name: string }[] } }) => me.body.workspaces.map(({ name }) => name);

/** Accepts an invitation with a new account. */
async function accept(invitationUrl: string, password = PASSWORD) {
  const browser = newBrowser(world);
  await browser.ask('POST', `/invitations/${secretOf(invitationUrl)}`, { name: 'Ann', password });
  return browser;
}

describe('an email address proves nothing', () => {
  test('inviting an address that another workspace invited first creates a separate account', async () => {
    const { alphaAdmin, betaAdmin, email, beta } = await tenants();
    await alphaAdmin('POST', '/members', { name: 'Ann', email, role: 'admin' });
    const invited = await betaAdmin('POST', '/members', { name: 'Ann', email });
    const browser = await accept(invited.body.invitation_url);
    const me = await browser.ask('GET', '/me');
    expect(me.body.workspace.id).toBe(beta.workspaceId);
    expect(me.body.workspaces).toHaveLength(1);
    const [there] = (await alphaAdmin('GET', '/members')).body.data.slice(-1);
    expect(there).toMatchObject({ email, joined: false });
  });

  test('a password set by one workspace does not open a workspace that invites the address later', async () => {
    const { alpha, alphaAdmin, betaAdmin, email } = await tenants();
    await betaAdmin('POST', '/members', { name: 'Ann', email, password: PASSWORD });
    await alphaAdmin('POST', '/members', { name: 'Ann', email, role: 'admin' });
    const browser = newBrowser(world);
    await browser.signIn(email);
    expect((await browser.ask('GET', '/me')).body.workspaces).toHaveLength(1);
    const go = await browser.ask('POST', '/session/workspace', { workspace_id: alpha.workspaceId });
    expect(go.status).toBe(404);
    expect((await newBrowser(world).signIn(email, PASSWORD, { workspace: alpha.workspaceId })).status).toBe(401);
    expect((await newBrowser(world).signIn(email, PASSWORD, { workspace_id: alpha.workspaceId })).status).toBe(401);
  });

  test('an address or username used elsewhere gets the same answer as any other', async () => {
    const { alphaAdmin, betaAdmin, email } = await tenants();
    await alphaAdmin('POST', '/members', { name: 'Ann', email, username: 'ann', password: PASSWORD });
    const known = await betaAdmin('POST', '/members', { name: 'Other', email, username: 'ann' });
    const free = await betaAdmin('POST', '/members', { name: 'Other', email: `new-${email}`, username: 'new' });
    expect([known.status, free.status]).toEqual([201, 201]);
    expect(known.body).toMatchObject({ name: 'Other', joined: false });
    expect(Object.keys(known.body)).toEqual(Object.keys(free.body));
  });

  test('of several accounts with one address, each password opens its own', async () => {
    const { alpha, beta, alphaAdmin, betaAdmin, email } = await tenants();
    await alphaAdmin('POST', '/members', { name: 'Ann', email, password: PASSWORD });
    await betaAdmin('POST', '/members', { name: 'Ann', email, password: OTHER });
    const opened = async (password: string, more = {}) => {
      const browser = newBrowser(world);
      const { status } = await browser.signIn(email, password, more);
      return status === 204 ? (await browser.ask('GET', '/me')).body.workspace.id : status;
    };
    expect(await opened(PASSWORD)).toBe(alpha.workspaceId);
    expect(await opened(OTHER)).toBe(beta.workspaceId);
    later(60);
    expect(await opened(OTHER, { workspace: `Beta-${number}` })).toBe(beta.workspaceId);
    expect(await opened(OTHER, { workspace: `alpha-${number}` })).toBe(401);
  });
});

describe('membership', () => {
  test('begins with acceptance: until then, the member cannot sign in or be assigned leads', async () => {
    const { alphaAdmin, email, alpha } = await tenants();
    const { body: member } = await alphaAdmin('POST', '/members', { name: 'Ann', email });
    const { body: place } = await alphaAdmin('POST', '/departments', { name: 'Only Ann', member_ids: [member.id] });
    const session = await world.signIn(member.id, alpha.workspaceId);
    expect((await client(world, { cookie: session })('GET', '/me')).status).toBe(401);
    const routed = async () => (await alphaAdmin('POST', '/leads', { name: 'x', department: 'Only Ann' })).body.owner;
    expect(await routed()).toBeNull();
    expect((await alphaAdmin('GET', `/members/${member.id}`)).body.department_ids).toEqual([place.id]);
    await accept(member.invitation_url);
    expect(await routed()).toBe('Ann');
  });

  test('is granted by the database only in its own workspace and to active members without an account', async () => {
    const { alpha, beta } = await tenants();
    const [invited, joined, left] = [
      await world.member({ workspaceId: beta.workspaceId, invited: true }),
      await world.member({ workspaceId: beta.workspaceId }),
      await world.member({ workspaceId: beta.workspaceId, invited: true }),
    ];
    await world.query('UPDATE members SET active = false WHERE id = $1', [left]);
    const accountOf = async (member: string) =>
      (await world.query<{ id: string | null }>('SELECT user_id AS id FROM members WHERE id = $1', [member]))[0]?.id;
    const before = await Promise.all([invited, joined, left].map(accountOf));
    const account = (await accountOf(alpha.ownerId)) ?? '';
    const { database } = world;
    for (const [workspaceId, member] of [
      [alpha.workspaceId, invited],
      [beta.workspaceId, joined],
    ] as const) {
      expect(await database.tx(workspaceId, (tx) => openAccount(tx, member, 'hash'))).toBeUndefined();
      expect(await database.tx(workspaceId, (tx) => joinAccount(tx, account, member))).toBe(false);
    }
    expect(await database.tx(beta.workspaceId, (tx) => joinAccount(tx, account, left))).toBe(false);
    expect(await Promise.all([invited, joined, left].map(accountOf))).toEqual(before);
  });

  test('can be accepted with an account that is signed in, which then belongs to both workspaces', async () => {
    const { alphaAdmin, betaAdmin, email } = await tenants();
    const ann = await accept((await alphaAdmin('POST', '/members', { name: 'Ann', email })).body.invitation_url);
    const { body: invited } = await betaAdmin('POST', '/members', { name: 'A. Other', email: `b-${email}` });
    const path = `/invitations/${secretOf(invited.invitation_url)}/join`;
    expect((await newBrowser(world).ask('POST', path, { password: PASSWORD })).status).toBe(401);
    expect((await ann.ask('POST', path, { password: 'not it' })).body.type).toBe('/problems/wrong_password');
    expect((await ann.ask('POST', path, { password: PASSWORD })).body.errors[0]).toMatchObject({
      field: 'new_password',
      code: 'required',
    });
    const same = await ann.ask('POST', path, { password: PASSWORD, new_password: PASSWORD });
    expect(same.body.errors[0].field).toBe('new_password');
    expect((await ann.ask('POST', path, { password: PASSWORD, new_password: OTHER })).status).toBe(204);
    const me = await ann.ask('GET', '/me');
    expect(workspacesOf(me)).toEqual([`alpha-${number}`, `beta-${number}`]);
    expect(me.body.user).toMatchObject({ name: 'A. Other', managed: false });
    expect((await ann.ask('POST', path, { password: OTHER })).status).toBe(410);
    for (const login of [email, `b-${email}`]) expect((await newBrowser(world).signIn(login, OTHER)).status).toBe(204);
  });

  test('in a second workspace ends the password, sessions and links of the first', async () => {
    const { alpha, alphaAdmin, betaAdmin, email } = await tenants();
    const { body: member } = await alphaAdmin('POST', '/members', { name: 'Ann', email, password: PASSWORD });
    const spy = newBrowser(world);
    await spy.signIn(email);
    const link = (await alphaAdmin('POST', `/members/${member.id}/invitation`)).body.invitation_url;
    const ann = newBrowser(world);
    await ann.signIn(email);
    const { body: invited } = await betaAdmin('POST', '/members', { name: 'Ann', email });
    const consent = { password: PASSWORD, new_password: OTHER };
    const joined = await ann.ask('POST', `/invitations/${secretOf(invited.invitation_url)}/join`, consent);
    expect(joined.status).toBe(204);
    expect((await spy.ask('GET', '/me')).status).toBe(401);
    expect((await newBrowser(world).signIn(email)).status).toBe(401);
    expect((await newBrowser(world).ask('GET', `/invitations/${secretOf(link)}`)).status).toBe(410);
    const taken = await newBrowser(world).ask('POST', `/invitations/${secretOf(link)}`, { password: 'mine from now' });
    expect(taken.status).toBe(410);
    const [open] = await world.query<{ open: number }>(
      'SELECT count(*)::int AS open FROM sessions WHERE workspace_id = $1 AND member_id = $2 AND ended_at IS NULL',
      [alpha.workspaceId, member.id],
    );
    expect(open?.open).toBe(0);
  });

  test('is given to only one of two accounts that use a link at the same moment', async () => {
    const { alphaAdmin, betaAdmin, email } = await tenants();
    const both = [];
    for (const who of ['one', 'two'])
      both.push(
        await accept(
          (await alphaAdmin('POST', '/members', { name: who, email: `${who}-${email}` })).body.invitation_url,
        ),
      );
    const { body: invited } = await betaAdmin('POST', '/members', { name: 'Ann', email });
    const path = `/invitations/${secretOf(invited.invitation_url)}/join`;
    const consent = { password: PASSWORD, new_password: OTHER };
    const answers = await Promise.all(both.map((browser) => browser.ask('POST', path, consent)));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 410]);
    const managed = await Promise.all(both.map((browser) => browser.ask('GET', '/me')));
    expect(managed.map(({ body }) => body.user.managed).sort()).toEqual([false, true]);
  });

  test('is not accepted by a link that was replaced, or a password that was changed, after the check', async () => {
    const { alpha, alphaAdmin, betaAdmin, email } = await tenants();
    const ann = await accept((await alphaAdmin('POST', '/members', { name: 'Ann', email })).body.invitation_url);
    const { id } = (await ann.ask('GET', '/me')).body.user;
    const account = await world.database.tx(alpha.workspaceId, (tx) => getAccount(tx, id));
    if (!account) throw new Error('Ann has no account.');
    const { body: invited } = await betaAdmin('POST', '/members', { name: 'Ann', email });
    const browser = { address: '203.0.113.7', user_agent: null, at: world.parts.clock() };
    const find = (url: string) => findInvitation(secretOf(url), browser, world.parts);
    const replaced = await find(invited.invitation_url);
    const current = await find((await betaAdmin('POST', `/members/${invited.id}/invitation`)).body.invitation_url);
    const consent = { account, hash: undefined, code: undefined, browser };
    await expect(joinWorkspace(replaced, consent, world.parts)).rejects.toThrow('link_ended');
    await ann.ask('POST', '/me/password', { old_password: PASSWORD, new_password: OTHER });
    await expect(joinWorkspace(current, consent, world.parts)).rejects.toThrow('not_signed_in');
    expect((await betaAdmin('GET', `/members/${invited.id}`)).body.joined).toBe(false);
  });

  test('needs the code of an account with two-step sign-in, and is refused to existing members', async () => {
    const { alphaAdmin, betaAdmin, email } = await tenants();
    const ann = await accept((await alphaAdmin('POST', '/members', { name: 'Ann', email })).body.invitation_url);
    const { secret } = (await ann.ask('POST', '/me/totp', { password: PASSWORD })).body;
    const code = () => generate({ secret, epoch: Math.floor(world.parts.clock().getTime() / 1000) });
    await ann.ask('POST', '/me/totp/confirm', { code: await code() });
    later(2);
    const invite = async (address: string) =>
      secretOf((await betaAdmin('POST', '/members', { name: 'Ann', email: address })).body.invitation_url);
    const path = `/invitations/${await invite(email)}/join`;
    const consent = { password: PASSWORD, new_password: OTHER };
    expect((await ann.ask('POST', path, consent)).body.type).toBe('/problems/code_needed');
    expect((await ann.ask('POST', path, { ...consent, code: '000000' })).body.type).toBe('/problems/wrong_code');
    expect((await ann.ask('POST', path, { ...consent, code: await code() })).status).toBe(204);
    later(2);
    const again = `/invitations/${await invite(`b-${email}`)}/join`;
    const refused = await ann.ask('POST', again, { password: OTHER, code: await code() });
    expect([refused.status, refused.body.type]).toEqual([409, '/problems/in_use']);
  });
});

describe('an account that another workspace uses', () => {
  async function shared() {
    const { alphaAdmin, alpha } = await tenants();
    const id = await world.member({ workspaceId: alpha.workspaceId });
    const login = await withPassword(world, id);
    const other = await joinElsewhere(world, id, `other-${number}`);
    await world.parts.changed(alpha.workspaceId);
    return { alphaAdmin, alpha, id, login, other };
  }

  test('is reset by neither workspace, not even after the person has left the other', async () => {
    const { alphaAdmin, alpha, id, login, other } = await shared();
    const otherAdmin = client(world, { cookie: await world.signIn(other.ownerId, other.workspaceId) });
    for (const [admin, member] of [
      [alphaAdmin, id],
      [otherAdmin, other.memberId],
    ] as const) {
      expect((await admin('POST', `/members/${member}/invitation`)).body.type).toBe('/problems/needed');
      expect((await admin('DELETE', `/members/${member}/totp`)).body.type).toBe('/problems/needed');
      expect((await admin('GET', `/members/${member}/access`)).body).toMatchObject({ managed: false, totp: false });
    }
    const link = await world.database.tx(alpha.workspaceId, (tx) =>
      makeLink(tx, id, world.parts.clock(), 'reset_link'),
    );
    expect((await newBrowser(world).ask('GET', `/invitations/${link.secret}`)).status).toBe(410);
    await otherAdmin('PATCH', `/members/${other.memberId}`, { active: false });
    expect((await alphaAdmin('POST', `/members/${id}/invitation`)).status).toBe(409);
    expect((await newBrowser(world).signIn(login)).status).toBe(204);
  });

  test('keeps its password and its other workspace when one gives the member a new account', async () => {
    const { alphaAdmin, alpha, id, login, other } = await shared();
    const before = newBrowser(world);
    await before.signIn(login, PASSWORD, { workspace_id: alpha.workspaceId });
    const { body } = await alphaAdmin('POST', `/members/${id}/replacement`);
    expect((await before.ask('GET', '/me')).status).toBe(401);
    expect((await alphaAdmin('GET', `/members/${id}`)).body.joined).toBe(false);
    const again = await accept(body.invitation_url, OTHER);
    expect((await before.ask('GET', '/me')).status).toBe(401);
    expect((await again.ask('GET', '/me')).body).toMatchObject({
      member: { id },
      workspaces: [{ id: alpha.workspaceId }],
      user: { managed: true },
    });
    const [there] = await world.query<{ email: string }>('SELECT email FROM members WHERE id = $1', [other.memberId]);
    const own = newBrowser(world);
    expect((await own.signIn(there?.email ?? '')).status).toBe(204);
    expect((await own.ask('GET', '/me')).body.workspaces).toMatchObject([{ id: other.workspaceId }]);
  });

  test('has a name of its own in each workspace', async () => {
    const { alphaAdmin, alpha, id, login, other } = await shared();
    const browser = newBrowser(world);
    await browser.signIn(login, PASSWORD, { workspace_id: alpha.workspaceId });
    await browser.ask('PATCH', '/me', { name: 'Called so here' });
    expect((await alphaAdmin('GET', `/members/${id}`)).body.name).toBe('Called so here');
    const otherAdmin = client(world, { cookie: await world.signIn(other.ownerId, other.workspaceId) });
    expect((await otherAdmin('GET', `/members/${other.memberId}`)).body.name).toBe('Annie Agent');
  });
});

test('an administrator cannot give a new account to an owner, and nobody to themselves', async () => {
  const { alpha, alphaAdmin } = await tenants();
  const adminId = await world.member({ workspaceId: alpha.workspaceId, role: 'admin' });
  const admin = client(world, { cookie: await world.signIn(adminId, alpha.workspaceId) });
  expect((await admin('POST', `/members/${alpha.ownerId}/replacement`)).status).toBe(403);
  expect((await admin('POST', `/members/${adminId}/replacement`)).status).toBe(409);
  expect((await alphaAdmin('POST', `/members/${alpha.ownerId}/replacement`)).status).toBe(409);
});
