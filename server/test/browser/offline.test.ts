import type { BrowserContext } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe, openBrowser, picture } from '../browser.ts';
import { client, testWorld } from '../world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const { visit } = await openBrowser(world);
const cookie = await world.signIn(world.ownerId);
await ask('POST', '/tasks', { name: 'Kept in sight', assignee: world.ownerId, due_at: new Date().toISOString() });

test('a lost connection is shown at once, missing data says why, and everything recovers by itself', async () => {
  const { page, context, open } = await visit({ cookie });
  await open('/tasks');
  await page.getByText('Kept in sight').waitFor();
  await context.setOffline(true);
  await page.getByText('No connection. What you see may be out of date').waitFor();
  await page.getByText('Kept in sight').waitFor();
  await page.getByRole('radio', { name: 'Done' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Could not load the tasks.' });
  await alert.getByText('You are offline.').waitFor();
  expect(await page.getByText('Failed to fetch').count()).toBe(0);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'offline');
  await context.setOffline(false);
  await page.getByText('No completed tasks yet').waitFor();
  await page.getByText('No connection. What you see may be out of date').waitFor({ state: 'hidden' });
}, 60_000);

test('an unavailable server is reported in plain words, with a request id to quote and a retry button', async () => {
  const { page, open } = await visit({ cookie });
  await page.route('**/v1/tasks?*', (route) =>
    route.fulfill({ status: 503, headers: { 'x-request-id': 'req-8f21' }, body: '<html>upstream</html>' }),
  );
  await open('/tasks');
  const alert = page.getByRole('alert').filter({ hasText: 'Could not load the tasks.' });
  await alert.getByText('The server is temporarily unavailable.').waitFor();
  await alert.getByText('req-8f21').waitFor();
  await picture(page, 'server-away');
  await page.unroute('**/v1/tasks?*');
  await alert.getByRole('button', { name: 'Retry' }).click();
  await page.getByText('Kept in sight').waitFor();
}, 60_000);

/** Opens a tab that the person then leaves for another, which a browser without a screen does not say by itself. */
async function leftTab(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto('/app/tasks');
  await page.getByText('Kept in sight').waitFor();
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

test('with more tabs in the background than a browser has connections, another tab opens and saves', async () => {
  const { page, context, open } = await visit({ cookie });
  for (let tab = 0; tab < 6; tab += 1) await leftTab(context);
  await open('/tasks');
  await page.getByText('Kept in sight').waitFor();
  await page.getByLabel('New task').fill('Saved in the seventh tab');
  await page.keyboard.press('Enter');
  await page.getByText('Added: Saved in the seventh tab').waitFor();
}, 60_000);
