import { generate } from 'otplib';
import { describe, expect, test } from 'vitest';
import { newBrowser, PASSWORD, withPassword } from '../../test/people.ts';
import { client, testWorld } from '../../test/world.ts';
import { createSession } from '../workspaces/access/session-store.ts';
import { makeLink } from '../workspaces/first-run.ts';

const world = await testWorld();
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
let people = 0;

async function invite(more: object = {}) {
  people += 1;
  const email = `new-${people}@example.com`;
  const { body } = await owner('POST', '/members', { name: 'New Person', email, role: 'agent', ...more });
  return { id: body.id as string, email, url: body.invitation_url as string, secret: secretOf(body.invitation_url) };
}
const secretOf = (url: string) => url.split('/').at(-1) ?? '';
const read = (secret: string) => newBrowser(world).ask('GET', `/invitations/${secret}`);
const join = (secret: string, body: object) => newBrowser(world).ask('POST', `/invitations/${secret}`, body);

describe('an invitation', () => {
  test('says who is invited where; accepting it sets name and password and signs in', async () => {
    const { secret, url, email } = await invite();
    expect(url).toMatch(/^http:\/\/localhost:80\/welcome\/[\w-]{43}$|^http:\/\/localhost\/welcome\/[\w-]{43}$/);
    expect((await read(secret)).body).toMatchObject({
      name: 'New Person',
      email,
      workspace: 'default',
      joined: false,
      first_run: false,
    });
    const browser = newBrowser(world);
    const taken = await browser.ask('POST', `/invitations/${secret}`, { name: 'Nora New', password: PASSWORD });
    expect(taken.status).toBe(204);
    expect((await browser.ask('GET', '/me')).body).toMatchObject({
      user: { name: 'Nora New' },
      member: { role: 'agent' },
    });
    expect((await newBrowser(world).signIn(email)).status).toBe(204);
    expect((await owner('GET', '/members')).body.data).toContainEqual(expect.objectContaining({ email, joined: true }));
  });

  test('works once: used, replaced, expired and invented links get the same answer', async () => {
    const used = await invite();
    await join(used.secret, { name: 'x', password: PASSWORD });
    const replaced = await invite();
    const again = await owner('POST', `/members/${replaced.id}/invitation`);
    const gone = [await read(used.secret), await read(replaced.secret), await read('x'.repeat(43))];
    expect(gone.map(({ status }) => status)).toEqual([410, 410, 410]);
    expect(new Set(gone.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect((await join(used.secret, { name: 'x', password: PASSWORD })).status).toBe(410);
    expect((await read(secretOf(again.body.invitation_url))).status).toBe(200);
    world.setClock(new Date(Date.now() + 8 * 86_400_000));
    expect((await read(secretOf(again.body.invitation_url))).status).toBe(410);
    world.setClock(undefined);
  });

  test('is accepted once even if two browsers use it at the same moment', async () => {
    const { secret } = await invite();
    const both = await Promise.all([1, 2].map(() => join(secret, { name: 'x', password: PASSWORD })));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 410]);
  });

  test('ends when another one for the member is accepted, as resending mail creates several', async () => {
    const { id } = await invite();
    const sendOne = () =>
      world.database.tx(world.workspaceId, (tx) =>
        createSession(tx, {
          kind: 'welcome_link',
          dialect: null,
          member_id: id,
          token_id: null,
          expires_at: new Date(Date.now() + 86_400_000),
        }),
      );
    const [first, second] = [await sendOne(), await sendOne()];
    expect((await join(second.secret, { name: 'x', password: PASSWORD })).status).toBe(204);
    expect((await read(first.secret)).status).toBe(410);
    expect((await join(first.secret, { password: 'a new password' })).status).toBe(410);
  });

  test.each([
    [{ name: 'x', password: 'short' }, 'password too_small'],
    [{ name: ' ', password: PASSWORD }, 'name required'],
    [{ name: 'x', password: PASSWORD, email: 'other@example.com' }, 'email not_applicable'],
    [{ name: 'x', password: PASSWORD, role: 'owner' }, 'role unknown_field'],
    [{ name: 'x' }, 'password required'],
  ])('stays valid after a refused request: %j', async (body, fault) => {
    const { secret } = await invite();
    const refused = await join(secret, body);
    expect([refused.status, `${refused.body.errors[0].field} ${refused.body.errors[0].code}`]).toEqual([422, fault]);
    expect((await read(secret)).status).toBe(200);
  });

  test('ends when its member is deactivated', async () => {
    const { id, secret } = await invite();
    await owner('PATCH', `/members/${id}`, { active: false });
    expect((await read(secret)).status).toBe(410);
    expect((await owner('POST', `/members/${id}/invitation`)).status).toBe(409);
    const later = await world.database.tx(world.workspaceId, (tx) => makeLink(tx, id, new Date()));
    expect((await read(later.secret)).status).toBe(410);
    expect((await join(later.secret, { name: 'x', password: PASSWORD })).status).toBe(410);
  });

  test('is not a session or vice versa, and a page of another site cannot accept it', async () => {
    const { id, secret } = await invite();
    const [, session = ''] = (await world.signIn(id)).split('=');
    expect((await read(session)).status).toBe(410);
    expect((await client(world, { cookie: `leadwell=${secret}` })('GET', '/me')).status).toBe(401);
    expect((await client(world, secret)('GET', '/leads')).status).toBe(401);
    const reply = await world.app.inject({
      method: 'POST',
      url: `/v1/invitations/${secret}`,
      headers: { 'sec-fetch-site': 'cross-site' },
      payload: { name: 'x', password: PASSWORD },
    });
    expect(reply.statusCode).toBe(403);
  });
});

describe('a member who has a password', () => {
  test('chooses a new one through a link of their only workspace, which ends their sessions', async () => {
    const id = await world.member();
    const email = await withPassword(world, id);
    const before = newBrowser(world);
    await before.signIn(email);
    const { body } = await owner('POST', `/members/${id}/invitation`);
    const secret = secretOf(body.invitation_url);
    expect((await read(secret)).body.joined).toBe(true);
    expect((await join(secret, { password: 'a new password' })).status).toBe(204);
    expect((await before.ask('GET', '/me')).status).toBe(401);
    expect((await newBrowser(world).signIn(email, 'a new password')).status).toBe(204);
  });

  test('chooses only once through each link, even with two requests at once', async () => {
    const id = await world.member();
    const email = await withPassword(world, id);
    const { body } = await owner('POST', `/members/${id}/invitation`);
    const chosen = ['one new password', 'two new passwords'];
    const both = await Promise.all(chosen.map((password) => join(secretOf(body.invitation_url), { password })));
    expect(both.map(({ status }) => status).sort()).toEqual([204, 410]);
    const opened = await Promise.all(chosen.map((password) => newBrowser(world).signIn(email, password)));
    expect(opened.map(({ status }) => status)).toEqual(both.map(({ status }) => (status === 204 ? 204 : 401)));
  });

  test('needs their code too, even with a link from the command line', async () => {
    const id = await world.member();
    const email = await withPassword(world, id);
    const browser = newBrowser(world);
    await browser.signIn(email);
    const { secret: totp } = (await browser.ask('POST', '/me/totp', { password: PASSWORD })).body;
    await browser.ask('POST', '/me/totp/confirm', { code: await generate({ secret: totp }) });
    const { secret } = await world.database.tx(world.workspaceId, (tx) => makeLink(tx, id, new Date(), 'reset_link'));
    expect((await join(secret, { password: 'a new password' })).body.type).toBe('/problems/code_needed');
    expect((await join(secret, { password: 'a new password', code: '000000' })).body.type).toBe('/problems/wrong_code');
    const epoch = Math.floor(Date.now() / 1000) + 30;
    const code = await generate({ secret: totp, epoch });
    expect((await join(secret, { password: 'a new password', code })).status).toBe(204);
  });
});

test('the owner of a new server gives name, email and password, then sets up the workspace', async () => {
  const home = await world.anotherHome('fresh');
  await world.query(
    "UPDATE members SET email = 'owner@leadwell.invalid', folded_email = 'owner@leadwell.invalid', user_id = NULL WHERE id = $1",
    [home.ownerId],
  );
  await world.parts.changed(home.workspaceId);
  const link = await world.database.tx(home.workspaceId, (tx) => makeLink(tx, home.ownerId, new Date()));
  expect((await read(link.secret)).body).toMatchObject({ first_run: true, email: '' });
  const incoming = { name: 'Olga', password: PASSWORD };
  expect((await join(link.secret, incoming)).body.errors[0]).toMatchObject({ field: 'email', code: 'required' });
  expect((await join(link.secret, { ...incoming, email: 'nonsense' })).body.errors[0].code).toBe('bad_email');
  const browser = newBrowser(world);
  expect(
    (await browser.ask('POST', `/invitations/${link.secret}`, { ...incoming, email: 'olga@example.com' })).status,
  ).toBe(204);
  const settled = { region: 'CY', time_zone: 'Asia/Nicosia', currency: 'EUR' };
  expect((await browser.ask('PATCH', '/workspace', settled)).body).toMatchObject({ name: 'fresh', ...settled });
  expect((await browser.ask('GET', '/me')).body).toMatchObject({
    workspace: settled,
    user: { email: 'olga@example.com' },
  });
  expect((await newBrowser(world).signIn('olga@example.com')).status).toBe(204);
});

test.each([
  [{ time_zone: 'Mars/Olympus' }, 'time_zone'],
  [{ currency: 'XXQ' }, 'currency'],
  [{ region: 'ZZ' }, 'region'],
  [{ name: ' ' }, 'name'],
  [{ folded_name: 'x' }, 'folded_name'],
])('a workspace accepts only known values: %j', async (body, field) => {
  expect((await owner('PATCH', '/workspace', body)).body.errors[0].field).toBe(field);
});

test('a workspace may take the name of another one without learning that it exists', async () => {
  expect((await owner('PATCH', '/workspace', { name: 'FRESH' })).status).toBe(200);
});
