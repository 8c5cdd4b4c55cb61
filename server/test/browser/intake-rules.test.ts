import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { axe, looks, openBrowser, picture } from '../browser.ts';
import { diallerPartner, person } from '../dialler-partner.ts';
import { testWorld } from '../world.ts';

const world = await testWorld();
const { ask, send } = diallerPartner(world);
const { visit } = await openBrowser(world);
const cookie = await world.signIn(world.ownerId);

let phones = 10;
const refused = (type: string, more = {}) => {
  phones += 1;
  return send(person({ type, mobile: `078402590${phones}`, email: `p${phones}@example.com`, ...more }));
};
const drawer = (page: Page) => page.getByRole('complementary', { name: 'Request', exact: true });
const list = (page: Page) => page.getByRole('list', { name: 'Rules' });

test('a rule created from a refused request gets it accepted, and can be removed and restored', async () => {
  const id = await refused('motor-trad', { first_name: 'Mona', surname: 'Motor' });
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open(`/intake?open=${id}`);
  await drawer(page).getByRole('button', { name: 'Create rule…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create rule' });
  await dialog.getByLabel('Your value').fill('Sales');
  expect(await axe(page)).toEqual([]);
  await picture(page, 'intake-make-rule');
  await page.keyboard.press('Enter');
  await page.getByText('Accepted: Mona Motor').waitFor();
  const [lead] = (await ask('GET', '/leads?q=Mona')).body.data;
  const { data } = (await ask('GET', `/leads/${lead.id}/timeline`)).body;
  expect(JSON.stringify(data)).toContain('“motor-trad” was read as “Sales”.');
  await open('/intake');
  await page.getByRole('link', { name: 'Rules' }).click();
  await list(page).getByText('motor-trad').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'intake-rules');
  await list(page).getByRole('button', { name: 'Remove the rule for motor-trad' }).click();
  await page.getByText('No rules yet').waitFor();
  await picture(page, 'intake-rules-none');
  await page.keyboard.press('z');
  await list(page).getByText('motor-trad').waitFor();
  expectNoComplaints();
});

test('a group of equal errors is fixed by a rule and replayed in one go', async () => {
  for (let at = 0; at < 3; at += 1) await refused('roofers');
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open('/intake?group=true');
  await page
    .getByRole('listitem')
    .filter({ hasText: 'roofers' })
    .getByRole('button', { name: 'Fix and replay 3…' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Replay 3 requests' });
  await dialog.getByLabel('Replace “roofers” with').fill('Support');
  await dialog.getByLabel('Always replace “roofers”').check();
  await picture(page, 'intake-replay-and-rule');
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Apply and replay 3' }).click();
  await page.getByRole('heading', { name: 'Replays' }).waitFor();
  await world.parts.jobs.runDue();
  await page.getByText('3 accepted').waitFor();
  const { body } = await ask('GET', '/reading-rules');
  expect(body.data[0]).toMatchObject({ value: 'roofers', meaning: 'Support', dialect: 'dialler' });
  expectNoComplaints();
});

test('the list is filtered by a range of times using the keyboard', async () => {
  await refused('tilers');
  const { page, open } = await visit({ cookie });
  await open('/intake');
  await page.getByText('tilers').first().waitFor();
  await page.getByLabel('Time', { exact: true }).selectOption({ label: 'Custom period' });
  await page.getByText('tilers').first().waitFor();
  await page.getByLabel('To', { exact: true }).fill('2020-01-02T10:00');
  await page.keyboard.press('Enter');
  await page.getByLabel('From', { exact: true }).fill('2020-01-01T10:00');
  await page.keyboard.press('Enter');
  await page.waitForURL(/from=2020-01-01T10%3A00.*|to=2020-01-02T10%3A00/);
  await page.getByText('No requests match').waitFor();
  await picture(page, 'intake-times');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await page.getByText('tilers').first().waitFor();
});

test('a manager who sees only their own leads is told who sees refused requests', async () => {
  const own = await world.signIn(await world.member({ role: 'manager', visibility: 'own' }));
  const { page, open } = await visit({ cookie: own });
  await open('/intake?outcome=refused');
  await page.getByText('only members who can see all leads see them').waitFor();
  await picture(page, 'intake-confined');
});

describe.each(looks)('on a %s in %s', (size, theme) => {
  test('rules are accessible', async () => {
    const id = await refused('glaziers');
    const { page, open, expectNoComplaints } = await visit({ size, theme, cookie });
    await open('/intake/rules');
    await list(page).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `intake-rules-${size}-${theme}`);
    await open(`/intake?open=${id}`);
    await drawer(page).getByRole('button', { name: 'Create rule…' }).click();
    await page.getByLabel('Your value').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `intake-make-rule-${size}-${theme}`);
    await open('/intake?from=2026-01-01T00:00');
    await page.getByText('glaziers').first().waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `intake-from-${size}-${theme}`);
    expectNoComplaints();
  });
});
