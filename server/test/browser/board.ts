import type { Page } from 'playwright-core';
import { beforeEach, expect } from 'vitest';
import { axe, picture } from '../browser.ts';
import { openScene, poll } from './scene.ts';

/** A scene with an agent, whose board is empty before every test. */
export async function boardScene() {
  const scene = await openScene({ name: 'Annie Agent' });
  beforeEach(() => scene.world.query('DELETE FROM leads'));
  const newLead = async (name: string, more: object = {}) =>
    (await scene.ask('POST', '/leads', { name, ...more })).body;
  const statusOf = async (id: string) => (await scene.ask('GET', `/leads/${id}`)).body.status;
  return {
    ...scene,
    newLead,
    statusOf,
    /** Opens the board with the card of a new lead. */
    async boardWith(name: string, more?: object) {
      const lead = await newLead(name, more);
      const screen = await scene.visit({ cookie: scene.cookie });
      await screen.open('/pipeline');
      await card(screen.page, name).waitFor();
      return { lead, ...screen };
    },
    /** Expects a new lead's card to stay where it was moved while a question is open, and Escape to return it. */
    async expectEscapeToReturn(page: Page, lead: { id: string; name: string }, status: string, pictureName: string) {
      await poll(() => shown(page, status)).toEqual(['1', lead.name]);
      expect(await axe(page)).toEqual([]);
      await picture(page, pictureName);
      await page.keyboard.press('Escape');
      await poll(() => shown(page, 'New')).toEqual(['1', lead.name]);
      expect(await statusOf(lead.id)).toBe('New');
    },
  };
}

/** A column of the board. */
export const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
/** The card of a lead or deal. */
export const card = (page: Page, name: string) => page.getByRole('group', { name: new RegExp(`^${name}`) });
/** The content of a column: the count in its header and the names on its cards. */
export const shown = async (page: Page, name: string) => [
  await column(page, name).locator('header span').nth(1).textContent(),
  ...(await column(page, name)
    .getByRole('group')
    .evaluateAll((cards) => cards.map((one) => one.querySelector('span')?.textContent))),
];

/** Drags a card into a column with the mouse. */
export async function drag(page: Page, name: string, target: string): Promise<void> {
  const from = await card(page, name).boundingBox();
  const to = await column(page, target).boundingBox();
  if (!from || !to) throw new Error('Nothing to drag.');
  await page.mouse.move(from.x + 40, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 24, { steps: 5 });
  await page.mouse.move(to.x + 60, to.y + 80, { steps: 12 });
  await page.mouse.up();
}
