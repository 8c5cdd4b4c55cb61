import { beforeAll, expect, test } from 'vitest';
import { axe, openBrowser, picture } from '../browser.ts';
import { testWorld } from '../world.ts';

let visit: Awaited<ReturnType<typeof openBrowser>>['visit'];
beforeAll(async () => {
  ({ visit } = await openBrowser(await testWorld()));
}, 120_000);

const looks = [
  ['desktop', 'light'],
  ['desktop', 'dark'],
  ['phone', 'light'],
  ['phone', 'dark'],
] as const;

test.each(looks)('on a %s in %s the sign-in page is there for everybody', async (size, theme) => {
  const { page, open, expectNoComplaints } = await visit({ size, theme });
  await open('/sign-in');
  expect(await axe(page)).toEqual([]);
  await picture(page, `sign-in-${size}-${theme}`);
  expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(theme);
  expectNoComplaints();
});

test('who is not signed in is sent to sign in, and told where they were going', async () => {
  const { page, open } = await visit();
  await open('/leads?q=smith');
  expect(new URL(page.url()).pathname).toBe('/app/sign-in');
  expect(new URL(page.url()).searchParams.get('next')).toContain('/leads?q=smith');
});
