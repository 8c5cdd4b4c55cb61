import { expect, test } from 'vitest';
import { axe, picture } from '../browser.ts';
import { senders } from '../identity/senders.ts';
import { openScene, poll } from './scene.ts';

const { world, cookie, ask, visit } = await openScene({ name: 'Mona Manager', role: 'manager' });
const { isp, newest } = await senders(world);

await isp('020 7946 0958 ext 204', { name: 'Extension Ellie' });
const extended = await newest();
await isp('M: 07840258846 H: 01632 960001', { name: 'Two Numbers Tom' });
await isp('7911 1234567', { name: 'Slip Sally' });
const slip = await newest();

test('the list marks an invalid phone and offers no call to it', async () => {
  const { page, open } = await visit({ cookie });
  await open('/leads');
  await page.getByRole('img', { name: 'Not a phone number' }).waitFor();
  expect(await page.getByRole('link', { name: 'Call Slip Sally' }).count()).toBe(0);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'phones-in-list');
  const small = await visit({ cookie, size: 'phone' });
  await small.open('/leads');
  await small.page.getByText('7911 1234567 (not a phone number)').waitFor();
  await picture(small.page, 'phones-in-list-390');
});

test('an invalid phone is marked on the lead, and one click leads to its correction', async () => {
  const small = await visit({ cookie, size: 'phone' });
  await small.open(`/leads/${slip.id}`);
  await small.page.getByRole('button', { name: 'Correct it' }).waitFor();
  await picture(small.page, 'phone-not-a-number-390');
  const { page, open } = await visit({ cookie });
  await open(`/leads/${slip.id}`);
  await page.getByText('Not a phone number').first().waitFor();
  expect(await page.getByRole('link', { name: 'Call', exact: true }).count()).toBe(0);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'phone-not-a-number');
  await page.getByRole('button', { name: 'Correct it' }).click();
  await page.getByRole('textbox', { name: 'Phone', exact: true }).fill('07911 123456');
  await page.keyboard.press('Enter');
  await poll(async () => (await ask('GET', `/leads/${slip.id}`)).body.phone).toBe('+447911123456');
  await page.getByRole('link', { name: 'Call', exact: true }).waitFor();
  expect(await page.getByText('Not a phone number').count()).toBe(0);
});

test('an extension is shown and dialled', async () => {
  const { page, open } = await visit({ cookie });
  await open(`/leads/${extended.id}`);
  await page.getByText('020 7946 0958 ext. 204').first().waitFor();
  const link = page.getByRole('link', { name: 'Call', exact: true });
  expect(await link.getAttribute('href')).toBe('tel:+442079460958;ext=204');
  await picture(page, 'phone-extension');
});
