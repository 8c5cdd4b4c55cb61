import { expect, test } from 'vitest';
import { axe, picture } from '../browser.ts';
import { client } from '../world.ts';
import { leadScene } from './lead-scene.ts';
import { poll } from './scene.ts';

const scene = await leadScene();

test('columns are resized by keyboard or mouse, and keep their width until it is reset', async () => {
  const { page, open, expectNoComplaints } = await scene.visit({ cookie: scene.cookie });
  await open('/leads');
  const head = page.getByRole('columnheader', { name: 'Source' });
  const width = async () => Math.round((await head.boundingBox())?.width ?? 0);
  await poll(width).toBe(120);
  const edge = page.getByRole('separator', { name: 'Width of Source' });
  await edge.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await poll(width).toBe(136);
  await poll(() => edge.getAttribute('aria-valuenow')).toBe('136');
  const box = (await edge.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(box.x + 6, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 46, box.y + 10, { steps: 4 });
  await page.mouse.up();
  await poll(width).toBe(176);
  expect(await axe(page)).toEqual([]);
  await page.reload();
  await poll(width).toBe(176);
  await edge.focus();
  await page.keyboard.press('ArrowDown');
  await poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Width of Owner');
  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByRole('button', { name: 'Reset column widths' }).click();
  await poll(width).toBe(120);
  expectNoComplaints();
});

test('a view is pinned to the front by keyboard, for that member only', async () => {
  const { page, open, expectNoComplaints } = await scene.visit({ cookie: scene.cookie });
  await open('/leads');
  const names = () => page.getByRole('tab').allInnerTexts();
  const tab = page.getByRole('tab', { name: 'Callbacks due' });
  await tab.waitFor();
  await page.getByRole('tab', { name: 'All leads' }).focus();
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
  await poll(() => tab.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowDown');
  await page.getByRole('menu', { name: 'Actions for Callbacks due' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'leads-view-menu');
  await page.keyboard.press('Enter');
  await poll(async () => (await names())[1]).toBe('Callbacks due');
  await page.reload();
  await tab.waitFor();
  expect((await names())[1]).toBe('Callbacks due');
  const other = await scene.visit({ cookie: await scene.world.signIn(scene.world.ownerId) });
  await other.open('/leads');
  await other.page.getByRole('tab', { name: 'Callbacks due' }).waitFor();
  expect((await other.page.getByRole('tab').allInnerTexts())[1]).toBe('My open');
  await tab.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Unpin' }).click();
  await poll(async () => (await names())[1]).toBe('My open');
  expectNoComplaints();
});

test('on a phone leads are selected by a long press or a button, and changed together', async () => {
  const ids = [await scene.newLead('Thea Thumb'), await scene.newLead('Paul Press')];
  const { page, open, expectNoComplaints } = await scene.visit({ cookie: scene.cookie, size: 'phone' });
  await open('/leads');
  const card = page.getByRole('link', { name: /Paul Press/ });
  await card.waitFor();
  await card.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: 50, clientY: 300 });
  await page.getByRole('checkbox', { name: 'Select Paul Press' }).waitFor();
  await page.getByText('1 lead', { exact: true }).waitFor();
  await page.getByRole('checkbox', { name: 'Select Thea Thumb' }).tap();
  await page.getByText('2 leads', { exact: true }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'leads-phone-selecting');
  const sheet = page.getByRole('region', { name: 'Selected leads' });
  await sheet.getByRole('button', { name: 'Status' }).tap();
  await page.getByRole('menuitem', { name: /Contacted/ }).tap();
  for (const id of ids) await poll(async () => (await scene.ask('GET', `/leads/${id}`)).body.status).toBe('Contacted');
  await page.getByRole('button', { name: 'Done' }).tap();
  await page.getByRole('link', { name: 'New lead' }).waitFor();
  await page.getByRole('button', { name: 'Select', exact: true }).tap();
  await page.getByText('Tap leads to select them').waitFor();
  await page.getByRole('button', { name: 'Filter', exact: true }).tap();
  await page.getByRole('menuitem', { name: 'Created' }).tap();
  const last = await page.getByLabel('Last day').boundingBox();
  expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(390);
  expectNoComplaints();
});

test('a touch screen shows no keys, and a phone shows each number in full, whatever tags its lead has', async () => {
  const owner = client(scene.world, { cookie: await scene.world.signIn(scene.world.ownerId) });
  await owner('POST', '/tags', { name: 'A tag of many words' });
  await scene.newLead('Tara Tagged', { phone: '+61 8 7010 0344', tags: ['A tag of many words'] });
  const { page, open } = await scene.visit({ cookie: scene.cookie, size: 'phone' });
  await open('/calls');
  await page.getByRole('button', { name: 'Start calling' }).waitFor();
  expect(await page.locator('kbd').filter({ visible: true }).count()).toBe(0);
  await open('/leads');
  const number = page.getByText('+61 8 7010 0344');
  await number.waitFor();
  expect(await number.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  const desk = await scene.visit({ cookie: scene.cookie });
  await desk.open('/leads');
  await desk.page.locator('kbd').first().waitFor();
});

test('on a phone the sort order is chosen in a bottom sheet', async () => {
  const { page, open, expectNoComplaints } = await scene.visit({
    cookie: scene.cookie,
    size: 'phone',
    theme: 'dark',
  });
  await open('/leads');
  await page.getByRole('button', { name: 'Display' }).tap();
  await page.getByRole('dialog', { name: 'Display' }).getByLabel('Sort').selectOption('oldest');
  expect(await axe(page)).toEqual([]);
  await picture(page, 'leads-phone-display');
  await page.getByRole('button', { name: 'Show leads' }).tap();
  await page
    .getByRole('listitem')
    .first()
    .filter({ hasText: /Dmitri Kowalska 0/ })
    .waitFor();
  expectNoComplaints();
});
