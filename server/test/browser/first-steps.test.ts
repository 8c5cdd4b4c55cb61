import { expect, test } from 'vitest';
import { axe, openBrowser, picture } from '../browser.ts';
import { client, testWorld } from '../world.ts';

const world = await testWorld();
const { visit } = await openBrowser(world);

test('first steps are ticked off as they are done, and stay hidden once they are dismissed', async () => {
  const cookie = await world.signIn(world.ownerId);
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open('/leads');
  const card = page.getByRole('region', { name: 'First steps' });
  await card.getByText('0 of 4 done').waitFor();
  await picture(page, 'first-steps');
  expect(await axe(page)).toEqual([]);

  await card.getByRole('link', { name: /Get your first lead/ }).click();
  await page.getByRole('dialog', { name: 'New lead' }).waitFor();
  await page.keyboard.press('Escape');
  await client(world, { cookie })('POST', '/leads', { name: 'Anjali Menon', phone: '+919895912345' });
  await card.getByText('1 of 4 done').waitFor();

  await card.getByRole('button', { name: 'Dismiss the first steps' }).click();
  await card.waitFor({ state: 'hidden' });
  await page.reload();
  await page.getByRole('row', { name: /Anjali Menon/ }).waitFor();
  await expect.poll(() => card.count()).toBe(0);
  expectNoComplaints();
});

test('a URL can open the form for a new token', async () => {
  const { page, open } = await visit({ cookie: await world.signIn(world.ownerId), size: 'phone', theme: 'dark' });
  await open('/leads');
  await open('/connections?new=dialler');
  const form = page.getByRole('dialog', { name: 'New token' });
  await expect.poll(() => form.getByLabel('API').inputValue()).toBe('Comunik8 dialler');
});

test('members who are not administrators do not see the first steps', async () => {
  const agent = await world.member({ role: 'agent' });
  const { page, open } = await visit({ cookie: await world.signIn(agent) });
  await open('/leads');
  await page.getByRole('row', { name: /Anjali Menon/ }).waitFor();
  expect(await page.getByText('First steps').count()).toBe(0);
});
