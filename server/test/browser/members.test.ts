import { expect, test, vi } from 'vitest';
import { axe, looks, openBrowser, picture, sizes } from '../browser.ts';
import { joinElsewhere, newBrowser, PASSWORD, withPassword } from '../people.ts';
import { testWorld } from '../world.ts';

vi.setConfig({ testTimeout: 90_000 });
const world = await testWorld();
const { visit } = await openBrowser(world);

test('somebody is invited, joins by the link, gets another role and is deactivated', async () => {
  const { page, open, expectNoComplaints } = await visit({ cookie: await world.signIn(world.ownerId) });
  await open('/settings/members');
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite a member' });
  await dialog.getByLabel('Name').fill('Nina New');
  await dialog.getByLabel('Email').fill('nina@example.com');
  expect(await axe(page)).toEqual([]);
  await picture(page, 'members-invite');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await dialog.getByText('Send this link to Nina New.').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'members-link');
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  const link = await page.evaluate<string>('navigator.clipboard.readText()');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('row', { name: /Nina New.*Invited/ }).waitFor();

  const browser = newBrowser(world);
  await browser.ask('POST', `/invitations/${link.split('/').at(-1)}`, { name: 'Nina New', password: PASSWORD });
  await page.getByRole('row', { name: /Nina New.*Active/ }).waitFor();
  await page.getByRole('button', { name: /Nina New/ }).click();
  const panel = page.getByRole('complementary', { name: 'Nina New' });
  await panel.getByText('Has a password. Two-step sign-in is off.').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'members-panel');
  await panel.getByLabel('Role').click();
  await page.getByRole('option', { name: /^Manager/ }).click();
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /Nina New.*manager/ }).waitFor();
  expect((await browser.ask('GET', '/me')).body.member.role).toBe('manager');
  await panel.getByRole('button', { name: 'Deactivate' }).click();
  await page.getByRole('row', { name: /Nina New.*Inactive/ }).waitFor();
  expect((await browser.ask('GET', '/me')).status).toBe(401);
  expectNoComplaints();
});

test('a member who lost their second step can sign in by password alone after a reset', async () => {
  const id = await world.member({ name: 'Lena Lost' });
  const login = await withPassword(world, id);
  await world.query(
    "UPDATE users SET plain_totp_secret = 'JBSWY3DPEHPK3PXP', totp_confirmed_at = now() FROM members m WHERE m.id = $1 AND users.id = m.user_id",
    [id],
  );
  // This was written directly to the database, so the server's cache must be updated before a screen reads it.
  await world.parts.changed(world.workspaceId);
  expect((await newBrowser(world).signIn(login)).body.type).toBe('/problems/code_needed');
  const { page, open, expectNoComplaints } = await visit({ cookie: await world.signIn(world.ownerId) });
  await open('/settings/members');
  await page.getByRole('button', { name: /Lena Lost/ }).click();
  const panel = page.getByRole('complementary', { name: 'Lena Lost' });
  await panel.getByRole('button', { name: 'Reset two-step sign-in…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reset two-step sign-in?' });
  await dialog.getByText(/Make sure that the request really comes from them/).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'members-second-step');
  await dialog.getByRole('button', { name: 'Reset' }).click();
  await panel.getByText('Has a password. Two-step sign-in is off.').waitFor();
  expect((await newBrowser(world).signIn(login)).status).toBe(204);
  expectNoComplaints();
});

test('a member with an account of their own cannot be reset, but can be given a new one', async () => {
  const id = await world.member({ name: 'Olive Own' });
  await joinElsewhere(world, id, 'Elsewhere');
  await world.parts.changed(world.workspaceId);
  const { page, open, expectNoComplaints } = await visit({ cookie: await world.signIn(world.ownerId) });
  await open('/settings/members');
  await page.getByRole('button', { name: /Olive Own\b/ }).click();
  const panel = page.getByRole('complementary', { name: 'Olive Own' });
  await panel.getByText('Signs in with their own account, which only they can change.').waitFor();
  expect(await panel.getByRole('button', { name: 'Create a password reset link' }).count()).toBe(0);
  await panel.getByRole('button', { name: 'Give them a new account…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Give them a new account?' });
  await dialog.waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'members-replace');
  await dialog.getByRole('button', { name: 'Create link' }).click();
  await panel.getByText('Send this link to Olive Own.').waitFor();
  await panel.getByText(/Has not accepted the invitation yet/).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'members-replaced');
  expectNoComplaints();
});

test('an admin sees owners but cannot change them', async () => {
  const id = await world.member({ name: 'Adam Admin', role: 'admin' });
  const { page, open } = await visit({ cookie: await world.signIn(id) });
  await open('/settings/members');
  await page.getByRole('button', { name: /Olive Owner/ }).click();
  const panel = page.getByRole('complementary', { name: 'Olive Owner' });
  await panel.getByText('Only owners can change owners.').waitFor();
  await expect.poll(() => panel.getByLabel('Role').isDisabled()).toBe(true);
  expect(await panel.getByRole('button', { name: 'Deactivate' }).count()).toBe(0);
});

test.each(looks)('on a %s in %s many members and the audit log are accessible', async (size, theme) => {
  const names = [
    'Bea Baker',
    'Cem Çelik',
    'Dora Díaz',
    'Eko',
    'Феодор Фёдоров',
    'Wolfeschlegelsteinhausen von Bergerdorff',
  ];
  for (const name of names) await world.member({ name, visibility: 'team' });
  const someone = await world.member({ name: 'Fay Failure' });
  await newBrowser(world).signIn(await withPassword(world, someone), 'wrong');
  const { page, open, expectNoComplaints } = await visit({ size, theme, cookie: await world.signIn(world.ownerId) });
  await open('/settings/members');
  await page
    .getByRole('row', { name: /Bea Baker/ })
    .first()
    .waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, `members-${size}-${theme}`);
  // The table does not extend beyond the page.
  const box = await page.locator('table').boundingBox();
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(sizes[size].width);
  await open('/settings/audit-log');
  await page.getByText('Failed attempt to sign in as Fay Failure').first().waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, `audit-${size}-${theme}`);
  await page.getByRole('combobox', { name: 'Action' }).click();
  await page.getByRole('option', { name: 'Link created' }).click();
  await page.getByText('No entries', { exact: true }).waitFor();
  expectNoComplaints();
});

test('the reports open after the members, whose page asks for the same departments', async () => {
  const { page, open, expectNoComplaints } = await visit({ cookie: await world.signIn(world.ownerId) });
  await open('/settings/members');
  await page
    .getByRole('row', { name: /Active/ })
    .first()
    .waitFor();
  await page.getByRole('link', { name: 'Reports' }).click();
  await page.getByRole('combobox', { name: 'All departments' }).waitFor();
  expectNoComplaints();
});
