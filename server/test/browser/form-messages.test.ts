import { expect, test } from 'vitest';
import { axe } from '../browser.ts';
import { openScene } from './scene.ts';

const { world, visit } = await openScene({ name: 'Mona Manager', role: 'manager' });

test('what is missing or malformed is said at its field in our words, and the first such field gets the focus', async () => {
  const { page, open } = await visit({ cookie: await world.signIn(world.ownerId) });
  await open('/settings/members');
  await page.getByRole('button', { name: 'Invite' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite a member' });
  const [name, email] = [dialog.getByLabel('Name'), dialog.getByLabel('Email')];
  await email.fill('ina.example.com');
  await page.keyboard.press('Enter');
  await dialog.getByText('Fill this in.').waitFor();
  await dialog.getByText('Enter an email address, such as name@example.com.').waitFor();
  expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
  await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true');
  expect(await axe(page)).toEqual([]);
  await name.fill('Ina');
  await expect.poll(() => dialog.getByText('Fill this in.').count()).toBe(0);
  expect(await name.getAttribute('aria-invalid')).not.toBe('true');

  // What the form refused is still not saved.
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Discard what you typed?' }).waitFor();
});
