import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe, looks, openBrowser, picture, type Screen, sizes } from '../browser.ts';
import { client, testWorld } from '../world.ts';
import { hold } from './scene.ts';

const world = await testWorld();
const { visit } = await openBrowser(world);
const annie = await world.member({ name: 'Annie Agent' });
await world.member({ name: 'Beth Lund' });
const cookie = await world.signIn(await world.member({ name: 'Mona Manager', role: 'manager' }));
const ask = client(world, world.tokens.get('native'));

let phones = 7_700_900_100;
const first = ['Dmitri', 'Tom', 'Rahul', 'Anjali', 'Priya', 'Omar', 'Fatima', 'Carlos', 'Ines', 'Grace'];
const last = ['Kowalska', 'Menon', 'Novak', 'Petrova', 'Rossi', 'Haddad', 'Ali'];
const firms = ['Greenacre Estates', 'Kestrel Logistics', 'Solaris Energy', null, 'Harbour Clinics'];
const states = ['New', 'Contacted', 'Qualified', 'New', 'Contacted', 'Won'];

async function newLead(more: object = {}): Promise<string> {
  return (await ask('POST', '/leads', { name: 'Anjali Menon', phone: `0${phones++}`, ...more })).body.id;
}
async function manyLeads(count: number, source: string): Promise<void> {
  for (let at = 0; at < count; at += 1)
    await newLead({
      name: `${first[at % 10]} ${last[at % 7]}`,
      company_name: firms[at % 5],
      status: states[at % 6],
      owner: at % 3 === 0 ? null : annie,
      source,
      target_amount: at * 100,
    });
}
const rowOf = (screen: Screen, name: string) => screen.page.getByRole('row').filter({ hasText: name }).first();
const poll = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 10_000, interval: 100 });

test('without leads the ways to add some are shown, and the first lead appears without a reload', async () => {
  const owner = await world.signIn(world.ownerId);
  const { page, open, expectNoComplaints } = await visit({ cookie: owner });
  await open('/leads');
  await page.getByRole('heading', { name: 'No leads yet' }).waitFor();
  await page.getByRole('button', { name: 'Load 200 sample leads' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'leads-none');
  await newLead({ name: 'First Ever' });
  await page.getByRole('row').filter({ hasText: 'First Ever' }).waitFor();
  expectNoComplaints();
});

test.each(looks)('on a %s in %s a list of many leads is accessible', async (size, theme) => {
  if (size === 'desktop' && theme === 'light') await manyLeads(70, 'Website form');
  const { page, open, expectNoComplaints } = await visit({ cookie, size, theme });
  await open('/leads');
  await page.getByText('Grace Ali').first().waitFor();
  await picture(page, `leads-${size}-${theme}`);
  expect(await axe(page)).toEqual([]);
  expectNoComplaints();
});

test('typing in the search box and choosing facets narrow the list, and the URL records them', async () => {
  await newLead({ name: 'Zoltan Unique', phone: '+91 98959 12345', source: 'Referral' });
  const screen = await visit({ cookie });
  const { page, open, expectNoComplaints } = screen;
  await open('/leads');
  await page.getByText('Zoltan Unique').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('98959 123');
  await poll(() => page.getByRole('row').count()).toBe(2);
  await rowOf(screen, 'Zoltan Unique').waitFor();
  await poll(async () => new URL(page.url()).searchParams.get('q')).toContain('98959 123');
  await page.getByRole('searchbox').fill('nobody is called this');
  await page.getByRole('heading', { name: 'No leads match' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByRole('button', { name: 'Source', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Referral' }).check();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Source: Referral' }).waitFor();
  await poll(() => page.getByRole('row').count()).toBe(2);
  await picture(page, 'leads-filtered');
  await page.reload();
  await page.getByRole('button', { name: 'Source: Referral' }).waitFor();
  await page.getByRole('button', { name: 'Clear Source' }).click();
  await page.getByText('Grace Ali').first().waitFor();
  expectNoComplaints();
});

test('filters are kept as a view, which shows when it is changed, and is saved and removed', async () => {
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open('/leads?state=won');
  await page.getByRole('button', { name: 'State: Won' }).waitFor();
  await page.getByRole('button', { name: 'Save as', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Save as a new view' });
  await dialog.getByLabel('Name').fill('Won ones');
  await dialog.getByRole('button', { name: 'Save view' }).click();
  const tab = page.getByRole('tab', { name: 'Won ones' });
  await poll(() => tab.getAttribute('aria-selected')).toBe('true');
  expect(await page.getByRole('button', { name: 'Reset' }).count()).toBe(0);
  await page.getByRole('searchbox').fill('omar');
  await page.getByRole('img', { name: 'changed' }).waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await poll(() => page.getByRole('img', { name: 'changed' }).count()).toBe(0);
  await page.getByRole('tab', { name: 'All leads' }).click();
  await page.getByText('Grace Ali').first().waitFor();
  await tab.click();
  await poll(() => page.getByRole('searchbox').inputValue()).toBe('omar');
  await page.getByRole('button', { name: 'Actions for Won ones' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete view' }).click();
  await poll(() => tab.count()).toBe(0);
  expectNoComplaints();
});

test('a status is changed in its row at once and undone; marking a lead as lost asks why', async () => {
  const id = await newLead({ name: 'Edith Inline' });
  const screen = await visit({ cookie });
  const { page, open, expectNoComplaints } = screen;
  await open('/leads');
  const row = rowOf(screen, 'Edith Inline');
  await row.getByRole('button', { name: 'New', exact: true }).click();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'leads-status-menu');
  await page.getByRole('menuitem', { name: /Contacted/ }).click();
  await row.getByRole('button', { name: 'Contacted', exact: true }).waitFor();
  await poll(async () => (await ask('GET', `/leads/${id}`)).body.status).toBe('Contacted');
  await page.getByText('Status set to Contacted').waitFor();
  await page.keyboard.press('z');
  await poll(async () => (await ask('GET', `/leads/${id}`)).body.status).toBe('New');
  await row.getByRole('button', { name: 'Unassigned' }).click();
  await page.getByRole('menuitem', { name: 'Beth Lund' }).click();
  await row.getByText('Beth Lund').waitFor();
  await row.locator('[data-cell="next"]').click();
  await page.getByRole('menuitem', { name: 'Call · Tomorrow 10:00' }).click();
  await row.getByText(/Call · Tomorrow/).waitFor();
  await row.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('menuitem', { name: /Lost/ }).click();
  await page.getByRole('form', { name: 'Why Edith Inline was lost' }).getByRole('radio').first().check();
  await page.keyboard.press('Enter');
  await row.getByRole('button', { name: 'Lost', exact: true }).waitFor();
  await poll(async () => (await ask('GET', `/leads/${id}`)).body.lost_reason).not.toBeNull();
  expectNoComplaints();
});

test('many leads are changed together and undone together', async () => {
  const screen = await visit({ cookie });
  const { page, open, expectNoComplaints } = screen;
  await open('/leads?source=Website form');
  await page.getByText('Grace Ali').first().waitFor();
  await page.getByRole('checkbox', { name: 'Select Grace Ali' }).click();
  await page
    .getByRole('checkbox', { name: 'Select Fatima Petrova' })
    .first()
    .click({ modifiers: ['Shift'] });
  await page.getByText('4 leads', { exact: true }).waitFor();
  await page.getByRole('checkbox', { name: 'Select all rows shown' }).click();
  await page.keyboard.press('Control+a');
  await page.getByRole('row').nth(2).focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Select all 70' }).click();
  await page.getByText('All 70 leads').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'leads-bulk');
  const bar = page.getByRole('region', { name: 'Selected leads' });
  // Everything in it stands in one line, on a narrower screen too.
  await page.setViewportSize({ width: 1200, height: 900 });
  expect((await bar.boundingBox())?.height).toBeLessThan(60);
  await page.setViewportSize(sizes.desktop);
  // Keys that follow each other quickly all count.
  for (const key of ['s', 'Escape', 's', 'Escape', 'l', 'Escape', 's']) await page.keyboard.press(key);
  await page.getByRole('menuitem', { name: 'Contacted' }).waitFor();
  await page.keyboard.press('Escape');
  await bar.getByRole('button', { name: 'Assign' }).click();
  await page.getByRole('menuitem', { name: 'Beth Lund' }).click();
  await page.getByRole('button', { name: /Undo/ }).waitFor({ timeout: 20_000 });
  expect((await ask('GET', '/leads/count?owner=Beth Lund&source=Website form')).body.count).toBe(70);
  await page.getByRole('button', { name: /Undo/ }).click();
  await poll(async () => (await ask('GET', '/leads/count?owner=Beth Lund&source=Website form')).body.count).toBe(0);
  expectNoComplaints();
});

/** Types a name and Enter into the menu of owners while the people are still loading: too early to choose anybody. */
async function assignsBeforePeopleLoad(page: Page): Promise<void> {
  const load = await hold(page, '**/v1/members');
  await page.keyboard.press('a');
  const search = page.getByRole('searchbox', { name: 'Search people' });
  await poll(() => search.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.keyboard.type('beth');
  load();
  await page.getByRole('menuitem', { name: 'Beth Lund' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Enter');
}

test('a lead can be found, selected, changed, opened and closed by keyboard alone', async () => {
  const id = await newLead({ name: 'Kim Keys' });
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open('/leads');
  await page.keyboard.press('/');
  await page.keyboard.type('kim keys');
  await poll(() => page.getByRole('row').count()).toBe(2);
  const row = page.getByRole('row').nth(1);
  await row.focus();
  await page.keyboard.press('x');
  await poll(() => row.getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('x');
  await page.keyboard.press('s');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('2');
  await poll(async () => (await ask('GET', `/leads/${id}`)).body.status).toBe('Contacted');
  await poll(() => row.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('.');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^\+44/);
  await assignsBeforePeopleLoad(page);
  await poll(async () => (await ask('GET', `/leads/${id}`)).body.owner).toBe('Beth Lund');
  await poll(() => row.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Kim Keys' }).waitFor();
  await page.getByText('1 of 1').waitFor();
  await page.keyboard.press('Escape');
  await poll(() => row.evaluate((one) => one === document.activeElement)).toBe(true);
  expectNoComplaints();
});

test('new leads do not move the list; they are counted and shown on request', async () => {
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open('/leads');
  await page.getByRole('row').nth(1).waitFor();
  const before = await page.getByRole('row').nth(1).innerText();
  await newLead({ name: 'Late One' });
  await newLead({ name: 'Late Two' });
  const pill = page.getByRole('button', { name: '2 new leads · Show' });
  await pill.waitFor({ timeout: 10_000 });
  expect(await page.getByRole('row').nth(1).innerText()).toBe(before);
  expect(await axe(page)).toEqual([]);
  await pill.click();
  await page.getByRole('row').nth(1).filter({ hasText: 'Late Two' }).waitFor();
  expectNoComplaints();
});

test('chosen columns, density and sort order are remembered', async () => {
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open('/leads');
  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByRole('checkbox', { name: 'Email' }).check();
  await page.getByRole('checkbox', { name: 'Company' }).uncheck();
  await page.getByRole('radio', { name: 'Comfortable' }).click();
  await page.getByLabel('Sort').selectOption('oldest');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('row').nth(1).filter({ hasText: 'First Ever' }).waitFor();
  await page.reload();
  await page.getByRole('columnheader', { name: 'Email' }).waitFor();
  expect(await page.getByRole('columnheader', { name: 'Company' }).count()).toBe(0);
  expect((await page.getByRole('row').nth(1).boundingBox())?.height).toBe(46);
  expectNoComplaints();
});
