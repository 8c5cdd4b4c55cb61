import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe, looks, openBrowser, picture } from '../browser.ts';
import { client, testWorld } from '../world.ts';

const world = await testWorld();
const { visit } = await openBrowser(world);
const owner = await world.signIn(world.ownerId);
const agent = await world.signIn(await world.member({ role: 'agent' }));
const api = client(world, { cookie: owner });
await api('POST', '/demo', { leads: 400 });
await world.parts.jobs.runDue();

const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

/** Waits until all cards and charts are loaded. */
async function settle(page: Page): Promise<void> {
  await page.getByRole('img', { name: /^Leads by day/ }).waitFor();
  await page.getByRole('img', { name: /^Minutes to the first reply/ }).waitFor();
  await page.getByRole('img', { name: /^Requests by day/ }).waitFor();
  await card(page, 'Funnel').getByText('Won', { exact: true }).waitFor();
  await card(page, 'Agents').getByText('Tom Becker').waitFor();
  await card(page, 'Arrivals and first replies').getByRole('table').waitFor();
}

test.each(looks)(
  'on a %s in %s the reports are accessible',
  async (size, theme) => {
    const { page, open, expectNoComplaints } = await visit({ size, theme, cookie: owner });
    await open('/reports?range=quarter');
    await settle(page);
    expect(await axe(page)).toEqual([]);
    await picture(page, `reports-${size}-${theme}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBe(0);
    await card(page, 'Funnel').scrollIntoViewIfNeeded();
    await picture(page, `reports-middle-${size}-${theme}`);
    await card(page, 'Arrivals and first replies').scrollIntoViewIfNeeded();
    await picture(page, `reports-end-${size}-${theme}`);
    expectNoComplaints();
  },
  60_000,
);

test('the figures match the API, in the chart and in its table', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/reports');
  await settle(page);
  const { body: days } = await api('GET', '/reports/leads-by-day?range=30d');
  await card(page, 'Leads by day').getByText(`${days.totals.leads} leads`).waitFor();
  const { body: sources } = await api('GET', '/reports/sources?range=30d');
  await card(page, 'Leads by source').getByRole('button', { name: 'Leads by source as a table' }).click();
  const cells = await card(page, 'Leads by source')
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].slice(0, 4).map((cell) => cell.textContent)));
  expect(cells).toEqual(
    sources.rows.map((row: Record<string, unknown>) => [
      row['source'],
      ...['leads', 'replied', 'won'].map((name) => String(row[name])),
    ]),
  );
  await page.getByText(sources.definition).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'reports-twin');
});

test('a card links to the list of exactly its leads', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/reports');
  await settle(page);
  const { body } = await api('GET', '/reports/statuses?range=30d');
  const won = body.rows.find((row: { status: string }) => row.status === 'Won');
  await card(page, 'Leads by current status').getByRole('link', { name: 'Won' }).click();
  await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
  expect(new URL(page.url()).searchParams.get('status')).toBe(won.status_id);
  await page.getByText(String(won.leads), { exact: true }).first().waitFor();
});

test('filters and days are kept in the URL', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/reports');
  await settle(page);
  await page.getByRole('radio', { name: '7 days' }).click();
  await page.getByLabel('All sources').selectOption({ label: 'Website' });
  await page.waitForURL(/range=7d.*source=/);
  const { body } = await api('GET', '/reports/leads-by-day?range=7d&source=Website');
  await card(page, 'Leads by day').getByText(`${body.totals.leads} leads`).waitFor();
  await page.reload();
  await card(page, 'Leads by day').getByText(`${body.totals.leads} leads`).waitFor();
  await page.getByLabel('Compare with previous period').click({ force: true });
  await card(page, 'Leads by day')
    .getByText(/previous|no change/)
    .waitFor();
  // Every card shows the previous period, and names the filters that it ignores.
  for (const title of [
    'Leads by source',
    'Funnel',
    'Speed to lead',
    'Intake health',
    'Agents',
    'Arrivals and first replies',
  ])
    await card(page, title)
      .getByText(/previous|no change/)
      .first()
      .waitFor();
  await card(page, 'Intake health').getByText('The department, source and owner filters do not apply here.').waitFor();
  await card(page, 'Agents').getByRole('columnheader', { name: 'Previous' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'reports-compared');
});

test('days without leads say so, and the axes stay', async () => {
  const { page, open, expectNoComplaints } = await visit({ cookie: owner });
  await open('/reports?from=2020-11-01&to=2020-11-07');
  await page.getByText('No leads between 1 Nov and 7 Nov 2020.').waitFor();
  await page.getByRole('img', { name: 'Leads by day: none.' }).waitFor();
  await card(page, 'Funnel').getByText('No leads between 1 Nov and 7 Nov 2020').waitFor();
  await card(page, 'Intake health').getByText('No requests between 1 Nov and 7 Nov 2020').waitFor();
  await page.getByRole('img', { name: 'Leads by day: none.' }).getByText('1 Nov').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'reports-empty');
  // What has been chosen is printed; buttons to choose something else are not.
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByRole('radio').count()).toBe(0);
  expect(await page.getByRole('tab').count()).toBe(0);
  expect(await page.getByRole('combobox', { name: 'All sources' }).isVisible()).toBe(true);
  expectNoComplaints();
});

test('a card that fails to load says so, and the others remain', async () => {
  const { page, open } = await visit({ cookie: owner });
  await page.route('**/v1/reports/funnel*', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: '{"type":"/problems/unavailable","title":"The server is temporarily unavailable.","status":503,"errors":[]}',
    }),
  );
  await open('/reports');
  await page.getByText('9 of 10 reports loaded.').waitFor();
  await card(page, 'Funnel').getByRole('button', { name: 'Retry' }).waitFor();
  await page.unroute('**/v1/reports/funnel*');
  await card(page, 'Funnel').getByRole('button', { name: 'Retry' }).click();
  await card(page, 'Funnel').getByText('Won', { exact: true }).waitFor();
});

test('an agent is told that reports are for managers', async () => {
  const { page, open } = await visit({ cookie: agent });
  await open('/reports');
  await page.getByText('Reports are for managers').waitFor();
});
