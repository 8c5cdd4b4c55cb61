import { generate } from 'otplib';
import { expect, test } from 'vitest';
import { joinElsewhere, newBrowser, PASSWORD, withPassword } from '../../test/people.ts';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const adminId = await world.member({ role: 'admin', name: 'Ada Admin' });
const admin = client(world, { cookie: await world.signIn(adminId) });

/** Turns on two-step sign-in for a member, in a browser that is signed in. */
async function inTwoSteps(memberId: string) {
  const login = await withPassword(world, memberId);
  const browser = newBrowser(world);
  await browser.signIn(login);
  const { secret } = (await browser.ask('POST', '/me/totp', { password: PASSWORD })).body;
  await browser.ask('POST', '/me/totp/confirm', { code: await generate({ secret }) });
  expect((await newBrowser(world).signIn(login)).body.type).toBe('/problems/code_needed');
  return { login, browser };
}

test('after an admin turns two-step sign-in off, the member is signed out and the password is enough', async () => {
  const id = await world.member({ name: 'Lena Lost' });
  const { login, browser } = await inTwoSteps(id);
  expect((await admin('GET', `/members/${id}/access`)).body.totp).toBe(true);
  expect((await admin('DELETE', `/members/${id}/totp`)).status).toBe(204);
  expect((await browser.ask('GET', '/me')).status).toBe(401);
  expect((await newBrowser(world).signIn(login)).status).toBe(204);
  expect((await admin('GET', `/members/${id}/access`)).body.totp).toBe(false);
  const [entry] = (await owner('GET', '/audit-log?action=two_step_reset')).body.data;
  expect([entry.actor, entry.text]).toEqual([
    `member:${adminId}`,
    'Ada Admin turned off two-step sign-in for Lena Lost and signed them out.',
  ]);
});

test('only owners reset the two-step sign-in of an owner; agents reset none, and nobody resets their own', async () => {
  const second = await world.member({ role: 'owner', name: 'Otto Owner' });
  await inTwoSteps(second);
  expect((await admin('DELETE', `/members/${second}/totp`)).status).toBe(403);
  expect((await admin('DELETE', `/members/${second}/sessions`)).status).toBe(403);
  expect((await admin('POST', `/members/${second}/invitation`)).status).toBe(403);
  expect((await admin('POST', `/members/${second}/replacement`)).status).toBe(403);
  const own = await admin('DELETE', `/members/${adminId}/totp`);
  expect([own.status, own.body.type]).toEqual([409, '/problems/needed']);
  const agent = client(world, { cookie: await world.signIn(await world.member()) });
  expect((await agent('DELETE', `/members/${second}/totp`)).status).toBe(403);
  expect((await owner('DELETE', `/members/${second}/totp`)).status).toBe(204);
});

test('a workspace cannot reset an account that another workspace uses', async () => {
  const id = await world.member({ name: 'Wanda Both' });
  const { login } = await inTwoSteps(id);
  await joinElsewhere(world, id, 'Elsewhere');
  const refused = await owner('DELETE', `/members/${id}/totp`);
  expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('account of their own')]);
  expect((await owner('GET', `/members/${id}/access`)).body).toMatchObject({ managed: false, totp: false });
  expect((await newBrowser(world).signIn(login)).body.type).toBe('/problems/code_needed');
});
