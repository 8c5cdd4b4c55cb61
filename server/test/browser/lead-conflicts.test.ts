import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axe, picture } from '../browser.ts';
import { card } from './board.ts';
import { rowOf } from './lead-scene.ts';
import { openScene, poll } from './scene.ts';

const { world, cookie, ask, visit } = await openScene({ name: 'Mona Manager', role: 'manager' });
const otherCookie = await world.signIn(await world.member({ name: 'Theo Other', role: 'manager' }));

const newLead = async (name: string): Promise<string> => (await ask('POST', '/leads', { name })).body.id;
const read = async (id: string) => (await ask('GET', `/leads/${id}`)).body;
const conflictOn = (page: Page, name: string) =>
  page.getByRole('dialog', { name: `${name} was changed while you were editing` });

/** Theo renames the lead in his browser; resolves when the server has stored the name. */
async function renameInAnotherBrowser(id: string, from: string, to: string): Promise<void> {
  const screen = await visit({ cookie: otherCookie });
  const { page, open } = screen;
  await open('/leads');
  await rowOf(screen, from).focus();
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: `Name of ${from}` }).fill(to);
  await page.keyboard.press('Enter');
  await poll(async () => (await read(id)).name).toBe(to);
}

/** Opens a menu with a key, and chooses from it once somebody else has changed the lead. */
async function chooseLate(page: Page, key: string, choice: string, change: () => Promise<unknown>): Promise<void> {
  await page.keyboard.press(key);
  const item = page.getByRole('menuitem', { name: choice });
  await item.waitFor();
  await change();
  await item.click();
}

test('if two browsers change the same cell, both values and who changed it are shown, and mine is kept', async () => {
  const id = await newLead('Carla Contested');
  const screen = await visit({ cookie });
  const { page, open } = screen;
  await open('/leads');
  await rowOf(screen, 'Carla Contested').focus();
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Name of Carla Contested' }).fill('Carla of Mona');
  await renameInAnotherBrowser(id, 'Carla Contested', 'Carla of Theo');
  await page.keyboard.press('Enter');
  const dialog = conflictOn(page, 'Carla of Theo');
  await dialog.getByText('Carla of Mona').waitFor();
  await dialog.getByText('Changed by Theo Other').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'lead-conflict');
  expect((await read(id)).name).toBe('Carla of Theo');
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await poll(async () => (await read(id)).name).toBe('Carla of Mona');
  await rowOf(screen, 'Carla of Mona').waitFor();
  await dialog.waitFor({ state: 'detached' });
});

test('in the drawer, the other person’s value can be kept instead', async () => {
  const id = await newLead('Dora Disputed');
  const { page, open } = await visit({ cookie });
  await open(`/pipeline?lead=${id}`);
  const drawer = page.getByRole('complementary', { name: 'Dora Disputed' });
  await drawer.getByRole('button', { name: /^Show all/ }).click();
  await drawer.getByRole('button', { name: /^Name:/ }).click();
  await drawer.getByRole('textbox', { name: 'Name' }).fill('Dora of Mona');
  await renameInAnotherBrowser(id, 'Dora Disputed', 'Dora of Theo');
  await page.keyboard.press('Enter');
  const dialog = conflictOn(page, 'Dora of Theo');
  await dialog.getByText('Dora of Mona').waitFor();
  await dialog.getByRole('button', { name: 'Keep theirs' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('complementary', { name: 'Dora of Theo' }).waitFor();
  expect((await read(id)).name).toBe('Dora of Theo');
});

test('a status or owner chosen in a row does not overwrite what somebody else chose in the meantime', async () => {
  const id = await newLead('Stan Status');
  const screen = await visit({ cookie });
  const { page, open } = screen;
  await open('/leads');
  await rowOf(screen, 'Stan Status').focus();
  await chooseLate(page, 's', 'Contacted', () => ask('PATCH', `/leads/${id}`, { status: 'Qualified' }));
  const dialog = conflictOn(page, 'Stan Status');
  await dialog.getByRole('region', { name: 'Status' }).getByText('Qualified').waitFor();
  expect((await read(id)).status).toBe('Qualified');
  await dialog.getByRole('button', { name: 'Keep mine' }).click();
  await poll(async () => (await read(id)).status).toBe('Contacted');
  await rowOf(screen, 'Stan Status').focus();
  await chooseLate(page, 'a', 'Mona Manager', () => ask('PATCH', `/leads/${id}`, { owner: 'Theo Other' }));
  await dialog.getByRole('region', { name: 'Owner' }).getByText('Theo Other').waitFor();
  await dialog.getByRole('button', { name: 'Keep theirs' }).click();
  await rowOf(screen, 'Theo Other').waitFor();
  expect((await read(id)).owner).toBe('Theo Other');
});

test('moving a card that somebody else has moved in the meantime asks where it should go', async () => {
  const id = await newLead('Bela Board');
  const { page, open } = await visit({ cookie });
  await open('/pipeline');
  await card(page, 'Bela Board').focus();
  await chooseLate(page, 'm', 'Contacted', () => ask('PATCH', `/leads/${id}`, { status: 'Qualified' }));
  const dialog = conflictOn(page, 'Bela Board');
  await dialog.getByRole('region', { name: 'Status' }).getByText('Qualified').waitFor();
  await dialog.getByRole('button', { name: 'Keep theirs' }).click();
  await page.getByRole('region', { name: 'Qualified' }).getByText('Bela Board').waitFor();
  expect((await read(id)).status).toBe('Qualified');
});
