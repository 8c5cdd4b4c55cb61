import { generate } from 'otplib';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { makeLink } from '../../src/workspaces/first-run.ts';
import { axe, looks, openBrowser, picture } from '../browser.ts';
import { PASSWORD, withPassword } from '../people.ts';
import { testWorld } from '../world.ts';

const world = await testWorld();
const { visit } = await openBrowser(world);
let login = await withPassword(world, world.ownerId);
vi.setConfig({ testTimeout: 90_000 });

const linkOf = async (memberId: string, kind?: 'reset_link') =>
  (await world.database.tx(world.workspaceId, (tx) => makeLink(tx, memberId, new Date(), kind))).secret;

/** Waits until a page for signed-in members is shown. */
const inside = (page: Page) => page.getByRole('button', { name: /account and workspaces|Open the menu/ }).waitFor();

test('a right password leads to the requested page, and a wrong one is reported', async () => {
  const { page, open } = await visit();
  await open('/account');
  expect(page.url()).toContain('/app/sign-in');
  await page.getByLabel('Email or username').fill(login);
  await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').getByText('The login or the password is wrong.').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'sign-in-wrong');
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/app/account');
  expect(await page.evaluate('document.cookie')).toBe('');
});

test('the fields work with password managers', async () => {
  const { page, open } = await visit();
  await open('/sign-in');
  const kinds = await page
    .locator('form input')
    .evaluateAll((inputs) =>
      inputs.map((input) => `${input.getAttribute('type')} ${input.getAttribute('autocomplete')}`),
    );
  expect(kinds).toEqual(['text username', 'password current-password']);
  await page.getByRole('textbox', { name: 'Password' }).focus();
  await page.evaluate("navigator.clipboard.writeText('pasted password')");
  await page.keyboard.press('Control+V');
  await expect.poll(() => page.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('pasted password');
});

test('signing in does not redirect to another site', async () => {
  const { page, open } = await visit();
  await open('/sign-in?next=//evil.example/x');
  await page.getByLabel('Email or username').fill(login);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await inside(page);
});

test.each(looks)('on a %s in %s an invited person joins', async (size, theme) => {
  const id = await world.member({ name: 'Nina New', invited: true });
  const { page, open, expectNoComplaints } = await visit({ size, theme });
  await page.goto(`/welcome/${await linkOf(id)}`);
  await page.getByRole('heading', { name: 'Join default' }).waitFor();
  expect(page.url()).toContain('/app/welcome/');
  expect(await axe(page)).toEqual([]);
  await page.getByLabel('Your name').fill('Nina Neu');
  await page.getByRole('textbox', { name: 'Password' }).fill('a long enough one');
  await picture(page, `welcome-${size}-${theme}`);
  await page.getByRole('button', { name: 'Join default' }).click();
  await inside(page);
  expectNoComplaints();
  await open('/account');
  await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Nina Neu');
});

test.each(looks)('on a %s in %s somebody joins another workspace with their account', async (size, theme) => {
  const other = await world.anotherHome(`Brightwater ${size} ${theme}`);
  const id = await world.member({ workspaceId: other.workspaceId, invited: true });
  const link = await world.database.tx(other.workspaceId, (tx) => makeLink(tx, id, new Date()));
  const { page, open } = await visit({ size, theme });
  const mine = await withPassword(world, await world.member({ name: 'Ann Agent' }));
  await page.goto(`/welcome/${link.secret}`);
  await page.getByRole('link', { name: 'Sign in to join with that account' }).click();
  await page.getByLabel('Email or username').fill(mine);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: `You have been invited to Brightwater ${size} ${theme}` }).waitFor();
  await page.getByRole('textbox', { name: 'Your current password' }).fill('wrong');
  await page.getByRole('textbox', { name: 'New password' }).fill('a new and long one');
  await page.getByRole('button', { name: /^Join Brightwater/ }).click();
  await page.getByText('The password is wrong.').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, `join-${size}-${theme}`);
  await page.getByRole('textbox', { name: 'Your current password' }).fill(PASSWORD);
  await page.getByRole('button', { name: /^Join Brightwater/ }).click();
  await inside(page);
  await open('/account');
  if (size === 'phone') await page.getByRole('button', { name: 'Open the menu' }).click();
  await page.getByRole('button', { name: /account and workspaces/ }).click();
  await page.getByRole('menuitem', { name: 'default' }).waitFor();
  await picture(page, `joined-${size}-${theme}`);
});

test('somebody who is signed in can still join with a new account', async () => {
  const other = await world.anotherHome('Elsewhere');
  const id = await world.member({ workspaceId: other.workspaceId, invited: true });
  const link = await world.database.tx(other.workspaceId, (tx) => makeLink(tx, id, new Date()));
  const { page } = await visit({ cookie: await world.signIn(await world.member()) });
  await page.goto(`/welcome/${link.secret}`);
  await page.getByRole('button', { name: 'Join with a new account instead' }).click();
  await page.getByLabel('Your name').fill('Nina Neu');
  await page.getByRole('textbox', { name: 'Password' }).fill('a long enough one');
  await page.getByRole('button', { name: 'Join Elsewhere' }).click();
  await inside(page);
  const [joined] = await world.query<{ joined: boolean }>(
    'SELECT user_id IS NOT NULL AS joined FROM members WHERE id = $1',
    [id],
  );
  expect(joined?.joined).toBe(true);
});

test('a login can be narrowed down by naming the workspace', async () => {
  const { page, open } = await visit();
  await open('/sign-in');
  await page.getByLabel('Email or username').fill(login);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Choose a workspace' }).click();
  await page.getByRole('textbox', { name: 'Workspace' }).fill('no such');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('alert').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'sign-in-workspace');
  await page.getByRole('textbox', { name: 'Workspace' }).fill('Default');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await inside(page);
});

test('a link that was replaced says that it no longer works', async () => {
  const id = await world.member({ invited: true });
  const used = await linkOf(id);
  await linkOf(id);
  const { page } = await visit();
  await page.goto(`/welcome/${used}`);
  await page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'welcome-ended');
});

test.each(looks)('on a %s in %s the owner of a new server sets it up', async (size, theme) => {
  await world.query(
    "UPDATE members SET email = 'owner@leadwell.invalid', folded_email = 'owner@leadwell.invalid', user_id = NULL WHERE id = $1",
    [world.ownerId],
  );
  await world.parts.changed(world.workspaceId);
  const { page } = await visit({ size, theme });
  await page.goto(`/welcome/${await linkOf(world.ownerId)}`);
  await page.getByRole('heading', { name: 'Welcome to Leadwell' }).waitFor();
  await page.getByLabel('Your name').fill('Olga Owner');
  await page.getByLabel('Your email').fill('olga@example.com');
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  expect(await axe(page)).toEqual([]);
  await picture(page, `first-run-${size}-${theme}`);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Your workspace' }).waitFor();
  await page.getByLabel('Company name').fill('default');
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Nicosia');
  await page.getByRole('option', { name: 'Asia/Nicosia' }).click();
  await page.getByLabel('A website form').check();
  expect(await axe(page)).toEqual([]);
  await picture(page, `first-steps-${size}-${theme}`);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL(/\/app\/connections/);
  const [workspace] = await world.query<{ time_zone: string }>('SELECT time_zone FROM workspaces WHERE id = $1', [
    world.workspaceId,
  ]);
  expect(workspace?.time_zone).toBe('Asia/Nicosia');
  login = 'olga@example.com';
});

test('the second step is set up with a QR code and required from then on', async () => {
  const id = await world.member({ name: 'Tina Twostep' });
  const email = await withPassword(world, id);
  const { page, open } = await visit({ cookie: await world.signIn(id) });
  await open('/account');
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByLabel('Your password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('img', { name: 'QR code for your authenticator app' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'two-step-setup');
  await page.getByRole('button', { name: 'Copy secret' }).click();
  const secret = await page.evaluate<string>('navigator.clipboard.readText()');
  await page.getByLabel('Code shown in the app').fill('000000');
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByText('This code is wrong').waitFor();
  await page.getByLabel('Code shown in the app').fill(await generate({ secret }));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByText('Save these recovery codes.').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'two-step-codes');
  const recovery = (await page.locator('ul li.mono').first().textContent()) ?? '';
  await page.getByRole('button', { name: 'I have saved them' }).click();
  await page.getByRole('button', { name: 'Turn off' }).waitFor();

  const other = await visit();
  await other.open('/sign-in');
  await other.page.getByLabel('Email or username').fill(email);
  await other.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await other.page.keyboard.press('Enter');
  await other.page.getByLabel('Code from your authenticator app').waitFor();
  expect(await axe(other.page)).toEqual([]);
  await picture(other.page, 'sign-in-code');
  await other.page.getByRole('button', { name: 'Use a recovery code' }).click();
  await other.page.getByLabel('Recovery code').fill(recovery);
  await other.page.keyboard.press('Enter');
  await inside(other.page);
});

test.each(looks)('on a %s in %s the account page shows sessions and changes the password', async (size, theme) => {
  const id = await world.member({ name: 'Adam Account' });
  await withPassword(world, id);
  await world.signIn(id);
  const { page, open } = await visit({ size, theme, cookie: await world.signIn(id) });
  await open('/account');
  await page.getByText('This session').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, `account-${size}-${theme}`);
  await page.getByRole('button', { name: /^Sign out / }).click();
  await page.getByText('Signed out ').waitFor();
  await page.getByRole('button', { name: /^Sign out / }).waitFor({ state: 'detached' });
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('the minimum is 8').waitFor();
  await page.getByLabel('New password').fill('quite another one');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Password changed.').waitFor();
});
