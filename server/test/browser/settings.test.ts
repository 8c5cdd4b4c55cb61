import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axe, looks, openBrowser, picture } from '../browser.ts';
import { client, testWorld } from '../world.ts';

const world = await testWorld();
const { visit, origin } = await openBrowser(world);
const owner = await world.signIn(world.ownerId);
const ask = client(world, { cookie: owner });
await ask('POST', '/leads', { name: 'Rahul Sharma', status: 'Hot', custom: { 'Roof size': '40' } });

const pages = [
  '/settings',
  '/settings/statuses',
  '/settings/lead-types',
  '/settings/sources',
  '/settings/departments',
  '/settings/categories',
  '/settings/lost-reasons',
  '/settings/deal-stages',
  '/settings/task-categories',
  '/settings/call-outcomes',
  '/settings/custom-fields',
  '/settings/workspace',
  '/settings/outbox',
  '/settings/privacy',
  '/settings/sample-data',
  '/settings/system',
  '/settings/jobs',
  '/connections',
];
describe.each(looks)('on a %s in %s', (size, theme) => {
  test('every page of the settings is accessible', async () => {
    const { page, open, goTo, expectNoComplaints } = await visit({ size, theme, cookie: owner });
    const { body } = await ask('GET', '/tokens');
    const faults: string[] = [];
    await open('/account');
    for (const path of [...pages, `/connections/${body.data[0].id}`]) {
      await goTo(path);
      await page.locator('section').first().waitFor();
      if (path === '/settings/system' && size === 'phone')
        expect((await page.getByText('DATABASE_READ_URL', { exact: true }).boundingBox())?.height).toBeLessThan(32);
      faults.push(...(await axe(page)).map((fault) => `${path}: ${fault}`));
      const name = path.startsWith('/connections/') ? 'token' : path.slice(1).replaceAll('/', '-');
      await picture(page, `${name}-${size}-${theme}`);
    }
    expect(faults).toEqual([]);
    expectNoComplaints();
  }, 240_000);

  test('forms and dialogs are accessible', async () => {
    const { page, open, expectNoComplaints } = await visit({ size, theme, cookie: owner });
    await open('/settings/lead-types?item=new');
    await page.getByRole('button', { name: 'Add a rule' }).click();
    const rule = page.getByRole('group', { name: 'Rule 1' });
    await rule.getByRole('combobox', { name: 'When' }).click();
    await page.getByRole('option', { name: 'when this equals:' }).click();
    await rule.getByRole('textbox', { name: 'Value' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `lead-type-rule-${size}-${theme}`);
    await page.getByLabel('Script', { exact: true }).fill('## Hello\nHi {{first_name}}.\n## Needs\nWhat is it about?');
    expect(await axe(page)).toEqual([]);
    await picture(page, `lead-type-form-${size}-${theme}`);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await open('/connections');
    await page.getByRole('button', { name: 'New token' }).first().click();
    await page.getByRole('dialog').getByLabel('Name').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `new-token-${size}-${theme}`);
    expectNoComplaints();
  }, 240_000);
});

/** The secret that is shown once. */
const secretOn = async (page: Page) =>
  (await page.getByRole('region', { name: 'Token', exact: true }).textContent()) ?? '';

test('a token is created, its secret is shown once, and requests sent with it arrive', async () => {
  const { page, open, expectNoComplaints } = await visit({ cookie: owner });
  await open('/connections');
  await page.getByRole('region', { name: 'ISPCRM' }).getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Partner portal');
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const secret = await page.getByRole('region', { name: 'Token', exact: true }).textContent();
  await picture(page, 'token-secret');
  await page.keyboard.press('Escape');
  await page.getByText('You have not copied the token').waitFor();
  await page.getByRole('button', { name: 'Copy token' }).click();
  await page.getByRole('button', { name: 'I have saved it' }).click();
  const reply = await fetch(`${origin}/api/v1/subscriber/CreateLead`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Came by token', email: 'came@example.com', phone: '07840258823' }),
  });
  expect(reply.status).toBe(200);
  const { body } = await ask('GET', '/leads?q=Came');
  expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['Came by token']);
  await page.getByRole('link', { name: /Partner portal/ }).click();
  await page.getByRole('heading', { name: 'Partner portal' }).waitFor();
  await page.getByRole('button', { name: 'Send test' }).click();
  await page.getByText('Response 200. No lead was saved.').waitFor();
  await page.getByRole('radio', { name: 'Python' }).click();
  await page.getByText('from urllib.request').waitFor();
  expectNoComplaints();
}, 240_000);

test('a token of our own API gets the chosen expiry and permissions, and its page shows its history', async () => {
  const { page, open, expectNoComplaints } = await visit({ cookie: owner });
  await open('/connections');
  await page.getByRole('button', { name: 'New token' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Reads for a month');
  await dialog.getByRole('combobox', { name: 'Permissions on /v1' }).click();
  await page.getByRole('option', { name: 'Read leads and the journal' }).click();
  await page.keyboard.press('Escape');
  const lastDay = new Date(Date.now() + 200 * 86_400_000).toISOString().slice(0, 10);
  await dialog.getByLabel('Expires after').fill(lastDay);
  await dialog.getByRole('combobox', { name: 'Country of phone numbers without a country code' }).fill('+357');
  await page.getByRole('option', { name: 'Cyprus (CY, +357)' }).click();
  await picture(page, 'token-form');
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const secret = await secretOn(page);
  const holder = client(world, secret);
  expect((await holder('GET', '/leads')).status).toBe(200);
  expect((await holder('POST', '/leads', { name: 'No' })).status).toBe(403);
  const made = (await ask('GET', '/tokens')).body.data.find(({ name }: { name: string }) => name.startsWith('Reads'));
  expect(made).toMatchObject({ scopes: ['read'], region: 'CY', created_by: 'Olive Owner' });
  expect(new Date(made.expires_at).toDateString()).toBe(new Date(`${lastDay}T12:00:00`).toDateString());
  await open(`/connections/${made.id}`);
  const life = page.getByRole('region', { name: 'About this token' });
  await life.getByText(/by Olive Owner/).waitFor();
  await picture(page, 'token-life');
  expectNoComplaints();
}, 240_000);

test('the country of a workspace is found by its name', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/settings/workspace');
  const country = page.getByRole('combobox', { name: 'Country of phone numbers without a country code' });
  await country.fill('cypr');
  await page.getByRole('option', { name: 'Cyprus (CY, +357)' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
  expect((await ask('GET', '/workspace')).body.region).toBe('CY');
  await ask('PATCH', '/workspace', { region: 'GB' });
}, 240_000);

/** Opens the page of a new token. */
async function onPageOfToken(name: string) {
  const token = (await ask('POST', '/tokens', { dialect: 'native', name })).body;
  const { page, open } = await visit({ cookie: owner });
  await open(`/connections/${token.id}`);
  return { page, token };
}
const works = async (secret: string) => (await client(world, secret)('GET', '/leads')).status;

test('a token gets a new secret, and is revoked by typing its name', async () => {
  const { page, token } = await onPageOfToken('Old one');
  await page.getByRole('radio', { name: 'works for 24 more hours' }).click();
  await page.getByRole('button', { name: 'Rotate' }).click();
  const secret = await secretOn(page);
  expect([await works(token.token), await works(secret)]).toEqual([200, 200]);
  await page.getByRole('button', { name: 'Copy token' }).click();
  await page.getByRole('button', { name: 'I have saved it' }).click();
  await page.waitForURL((url) => !url.href.includes(token.id));
  await page.getByRole('button', { name: 'Revoke…' }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Revoke token', exact: true }).isDisabled()).toBe(true);
  await page.getByLabel(/to confirm/).fill('Old one');
  await page.getByRole('button', { name: 'Revoke token', exact: true }).click();
  await page.getByText('Old one revoked').waitFor();
  expect([await works(token.token), await works(secret)]).toEqual([200, 401]);
}, 240_000);

test('rotating a token without an overlap asks first, and the new secret stays until it is dismissed', async () => {
  const { page, token } = await onPageOfToken('Leaked');
  await page.getByRole('radio', { name: 'stops working now' }).click();
  await page.getByRole('button', { name: 'Rotate…' }).click();
  await page.getByRole('button', { name: 'Rotate now' }).click();
  const secret = await secretOn(page);
  expect([await works(token.token), await works(secret)]).toEqual([401, 200]);
  await page.getByText('Rotate or revoke').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.getByText('You have not copied the token.').waitFor();
  expect(await secretOn(page)).toBe(secret);
}, 240_000);

const names = async (path: string): Promise<string[]> =>
  (await ask('GET', path)).body.data.map(({ name }: { name: string }) => name);

test('statuses are put in order by keyboard', async () => {
  const [first = '', second = '', ...rest] = await names('/statuses');
  const { page, open, expectNoComplaints } = await visit({ cookie: owner });
  await open('/settings/statuses');
  await page.getByRole('button', { name: `Move ${first}` }).focus();
  const put = page.waitForResponse((answer) => answer.url().endsWith('/v1/statuses/order'));
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await put;
  expect(await names('/statuses')).toEqual([second, first, ...rest]);
  expectNoComplaints();
}, 240_000);

test('a status in use is deleted once it is chosen where its leads go', async () => {
  await ask('POST', '/statuses', { name: 'Doomed' });
  const lead = (await ask('POST', '/leads', { name: 'Mover', status: 'Doomed' })).body;
  const { page, open } = await visit({ cookie: owner });
  await open('/settings/statuses');
  await page.getByRole('button', { name: /^Doomed/ }).click();
  await page.getByRole('button', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: /Move its 1 leads? to/ }).click();
  await page.getByRole('option', { name: 'Hot' }).click();
  await dialog.getByRole('button', { name: 'Move and delete' }).click();
  await page.getByText('Deleted Doomed').waitFor();
  expect((await ask('GET', `/leads/${lead.id}`)).body.status).toBe('Hot');
}, 240_000);

test('the fields that a lead type requires are set in a form and enforced by the server', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/settings/lead-types?item=new');
  await page.getByLabel('Name', { exact: true }).fill('Solar');
  const addRule = page.getByRole('button', { name: 'Add a rule' });
  const rule = (at: number) => page.getByRole('group', { name: `Rule ${at}` });
  const choose = async (at: number, what: string, option: string) => {
    await rule(at).getByRole('combobox', { name: what, exact: true }).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  await addRule.click();
  await choose(1, 'Field', 'Postal code');
  await addRule.click();
  await choose(2, 'Field', 'Roof size');
  await choose(2, 'When', 'when the lead is');
  await addRule.click();
  await choose(3, 'Field', 'Job title');
  await choose(3, 'When', 'when this equals:');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await rule(3).getByText('This is required.').first().waitFor();
  await choose(3, 'Other field', 'Purpose');
  await rule(3).getByRole('textbox', { name: 'Value' }).fill('Firm');
  expect(await axe(page)).toEqual([]);
  await picture(page, 'lead-type-rules');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Added Solar').waitFor();
  await page.getByText('requires Postal code, Roof size when won, Job title when Purpose is “Firm”').waitFor();
  const refused = await ask('POST', '/leads', { name: 'x', type: 'Solar', status: 'Won', purpose: 'firm' });
  expect(refused.body.errors.map(({ field }: { field: string }) => field)).toEqual([
    'postal_code',
    'custom.Roof size',
    'job_title',
  ]);
}, 240_000);

test('the members of a department are put in order, and the page says who gets the next lead', async () => {
  await world.member({ name: 'Tess Second' });
  const { page, open } = await visit({ cookie: owner });
  await open('/settings/departments?item=new');
  await page.getByLabel('Name', { exact: true }).fill('Roofs');
  const add = page.getByRole('combobox', { name: 'Add to: Members, in order' });
  for (const name of ['Tess Second', 'Olive Owner']) {
    await add.click();
    await page.getByRole('option', { name }).click();
  }
  const up = page.getByRole('button', { name: 'Move Olive Owner up' });
  await up.press('Enter');
  await expect.poll(() => up.isDisabled()).toBe(true);
  const down = page.getByRole('button', { name: 'Move Olive Owner down' });
  await expect.poll(() => down.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'department-order');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const next = page.getByRole('region', { name: 'Who gets the next lead?' });
  await next.getByText('Roofs').waitFor();
  await next.getByText('Olive Owner').waitFor();
}, 240_000);

test('leaving a page with unsaved changes asks first', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/settings/workspace');
  await page.getByLabel('Name', { exact: true }).fill('Unsaved');
  await page.getByRole('link', { name: 'Sources' }).click();
  await page.getByRole('button', { name: 'Keep editing' }).click();
  await expect.poll(() => page.getByLabel('Name', { exact: true }).inputValue()).toBe('Unsaved');
  await page.getByRole('link', { name: 'Sources' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
}, 240_000);
