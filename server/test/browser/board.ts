import type { Page } from 'playwright-core';

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
