import { expect, test } from 'vitest';
import { axe, looks, openBrowser, picture } from '../browser.ts';
import { client, testWorld } from '../world.ts';

const world = await testWorld();
const { visit } = await openBrowser(world);
const owner = await world.signIn(world.ownerId);
const agent = await world.signIn(await world.member({ name: 'Annie Agent', role: 'agent' }));

test.each(looks)('on a %s in %s the sign-in page is accessible', async (size, theme) => {
  const { page, open, expectNoComplaints } = await visit({ size, theme });
  await open('/sign-in');
  expect(await axe(page)).toEqual([]);
  await picture(page, `sign-in-${size}-${theme}`);
  await expect.poll(() => page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(theme);
  expectNoComplaints();
});

test.each(looks)('on a %s in %s the shell is accessible and leads to the screens', async (size, theme) => {
  const { page, open, expectNoComplaints } = await visit({ size, theme, cookie: owner });
  await open('/settings');
  expect(await axe(page)).toEqual([]);
  await picture(page, `shell-${size}-${theme}`);
  if (size === 'phone') {
    await page.getByRole('button', { name: 'Open the menu' }).click();
    expect(await axe(page)).toEqual([]);
    await picture(page, `menu-${size}-${theme}`);
  }
  await page.getByRole('link', { name: 'Deals' }).click();
  await page.getByRole('heading', { name: 'Deals', level: 1 }).waitFor();
  expectNoComplaints();
});

test('somebody who is not signed in is sent to the sign-in page, which keeps their destination', async () => {
  const { page, open, expectNoComplaints } = await visit();
  await open('/deals');
  await page.waitForURL(/\/app\/sign-in/);
  expect(new URL(page.url()).searchParams.get('next')).toBe('/deals');
  expectNoComplaints();
});

test('the rail shows what a member may see and marks the current page', async () => {
  const { page, open } = await visit({ cookie: agent });
  await open('/settings');
  await page.getByRole('link', { name: 'Leads' }).waitFor();
  expect(await page.getByRole('link', { name: 'Intake' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Pipeline' }).click();
  await expect.poll(() => page.getByRole('link', { name: 'Pipeline' }).getAttribute('aria-current')).toBe('page');
  await expect.poll(() => page.getByRole('button', { name: /Annie Agent/ }).textContent()).toContain('Agent');
});

test('the first Tab stop skips the rail', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/settings');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('main:focus').count()).toBe(1);
});

test('shortcuts switch screens, but not while somebody is typing', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/settings');
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.getByRole('heading', { name: 'Reports', level: 1 }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Search leads/).pressSequentially('gd');
  await expect.poll(() => page.getByRole('heading', { name: 'Reports', level: 1 }).count()).toBe(1);
});

test('the palette switches screens', async () => {
  const { page, open, expectNoComplaints } = await visit({ cookie: owner });
  await open('/settings');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Search leads/).fill('deals');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Deals', level: 1 }).waitFor();
  expectNoComplaints();
});

test('the help sheet lists the shortcuts, and single-key shortcuts can be switched off for good', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/settings');
  await page.keyboard.press('?');
  await page.getByText('Go to Deals').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByLabel('Single-key shortcuts').click({ force: true });
  await page.keyboard.press('Escape');
  await page.reload();
  await page.locator('h1').waitFor();
  await page.keyboard.press('?');
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Search leads/).waitFor();
  expect(await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).count()).toBe(0);
});

test('a chosen theme applies from the first paint of the next visit', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/settings');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitem', { name: 'Dark' }).click();
  const html = page.locator('html[data-mantine-color-scheme="dark"]');
  await html.waitFor();
  await page.route('**/app/assets/*.js', (route) => route.abort());
  await page.reload();
  await expect.poll(() => html.count()).toBe(1);
});

test('the rail can be reduced to icons, and stays that way', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/settings');
  await page.getByRole('button', { name: 'Collapse the menu' }).click();
  await page.reload();
  const rail = page.getByRole('complementary', { name: 'Menu' });
  await rail.waitFor();
  expect((await rail.boundingBox())?.width).toBe(48);
  await page.getByRole('link', { name: 'Deals' }).click();
  await page.getByRole('heading', { name: 'Deals', level: 1 }).waitFor();
});

test('a part of the app that fails to load leaves the rest in place, and loads by itself once it can', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/settings');
  await page.route('**/app/assets/**', (route) => route.abort());
  await page.getByRole('link', { name: 'Tasks', exact: true }).click();
  // A part of the shell may still have been on its way.
  await page.getByText('Could not load this part of the app.').first().waitFor();
  expect(await page.getByRole('complementary', { name: 'Menu' }).isVisible()).toBe(true);
  await page.unroute('**/app/assets/**');
  await page.getByRole('heading', { name: 'Tasks', level: 1 }).waitFor();
}, 60_000);

test('a part that failed to load does not reload the page over typed text', async () => {
  const { page, open } = await visit({ cookie: owner });
  await open('/settings/workspace');
  const name = page.locator('main').getByLabel('Name', { exact: true });
  await name.waitFor();
  await page.route('**/app/assets/**', (route) => route.abort());
  await name.fill('Typed');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByText('Could not load this part of the app.').first().waitFor();
  await page.unroute('**/app/assets/**');
  // Each attempt asks whether the server is there: after the second, the first has not reloaded the page.
  const asked = () => page.waitForResponse((answer) => new URL(answer.url()).pathname === '/app/');
  await asked();
  await asked();
  expect(await name.inputValue()).toBe('Typed');
}, 60_000);

test('text typed right after Ctrl K is searched for, and Enter opens the first result', async () => {
  await client(world, world.tokens.get('native'))('POST', '/leads', { name: 'Charlotte Palette' });
  const { page, open } = await visit({ cookie: owner });
  await open('/tasks');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('charlotte');
  await page.getByRole('dialog', { name: 'Search or jump to' }).getByText('Charlotte Palette').waitFor();
  expect(await page.getByPlaceholder(/Search leads/).inputValue()).toBe('charlotte');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Charlotte Palette' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
});

test('whoever comes back to a screen finds it scrolled to where they left it, and a link shows its beginning', async () => {
  const ask = client(world, world.tokens.get('native'));
  const { id } = (await ask('POST', '/leads', { name: 'Lena Long' })).body;
  for (let at = 0; at < 12; at += 1) await ask('POST', `/leads/${id}/notes`, { text: `Called ${at} times` });
  const { page, open } = await visit({ cookie: owner });
  await page.setViewportSize({ width: 1440, height: 240 });
  /** Scrolls the largest part of the page that can be scrolled, besides the menu, and returns how far it is. */
  const scroll = (to?: number) =>
    page.locator('main').evaluate((main, top) => {
      const [box] = [...main.querySelectorAll<HTMLElement>('*')]
        .filter(
          (one) =>
            one.tagName !== 'NAV' &&
            /auto|scroll/.test(getComputedStyle(one).overflowY) &&
            one.scrollHeight - one.clientHeight > 40,
        )
        .sort((a, b) => b.clientWidth * b.clientHeight - a.clientWidth * a.clientHeight);
      if (top !== undefined) box?.scrollTo(0, top);
      return box?.scrollTop ?? 0;
    }, to);
  const lost: string[] = [];
  const settings = ['audit-log', 'jobs', 'outbox', 'system'].map((name) => `/settings/${name}`);
  await open('/deals');
  for (const path of ['/reports', `/leads/${id}`, ...settings]) {
    await open(path);
    await expect.poll(() => scroll(40), { timeout: 10_000 }).toBe(40);
    await page.evaluate(() => new Promise(requestAnimationFrame));
    for (const key of ['g', 'd']) await page.keyboard.press(key);
    await page.getByRole('heading', { name: 'Deals', level: 1 }).waitFor();
    await page.goBack();
    await expect
      .poll(scroll, { timeout: 3_000 })
      .toBe(40)
      .catch(() => lost.push(path));
  }
  expect(lost).toEqual([]);
  for (const key of ['g', 'd', 'g', 's']) await page.keyboard.press(key);
  await page.getByRole('link', { name: 'System' }).first().click();
  await page.getByRole('heading', { name: 'System', level: 1 }).waitFor();
  expect(await scroll()).toBe(0);
  const menu = page.getByRole('navigation', { name: 'Settings' });
  await menu.evaluate((box) => box.scrollTo(0, 150));
  for (const key of ['g', 'd', 'g', 's']) await page.keyboard.press(key);
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  await expect.poll(() => menu.evaluate((box) => box.scrollTop)).toBe(150);
}, 120_000);

test('the menu stays beside a page that does not exist, and beside one that crashes', async () => {
  const { page, open } = await visit({ cookie: owner });
  const menu = page.getByRole('navigation', { name: 'Leadwell' });
  for (const path of ['/nowhere', '/settings/nowhere', '/leads/1/2']) {
    await open(path);
    await page.getByRole('heading', { name: 'Page not found', level: 1 }).waitFor();
    expect(await menu.isVisible()).toBe(true);
  }
  expect(await axe(page)).toEqual([]);
  await open('/deals?deal=nowhere');
  await page.getByRole('complementary', { name: 'Deal' }).getByRole('heading', { name: 'Not found' }).waitFor();
  await page.route('**/v1/my-day', (route) => route.fulfill({ json: {} }));
  await menu.getByRole('link', { name: 'My day' }).click();
  await page.getByRole('heading', { name: 'Could not show this page', level: 1 }).waitFor();
  await menu.getByRole('link', { name: 'Leads' }).click();
  await page.getByRole('heading', { name: 'Leads', level: 1 }).waitFor();
});
