import { expect, test } from 'vitest';
import { axe, looks, openBrowser, picture, sizes } from '../browser.ts';
import { client, testWorld } from '../world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));

const { visit } = await openBrowser(world);

/** Opens a browser page as the owner, who sees every deal. */
async function look(as: Parameters<typeof visit>[0] = {}) {
  const screen = await visit({ ...as, cookie: await world.signIn(world.ownerId) });
  return { ...screen, row: (words: string) => screen.page.getByRole('row').filter({ hasText: words }) };
}

const newLead = async (name: string) => (await ask('POST', '/leads', { name })).body;
const addDeal = async (leadId: string, body: object) => (await ask('POST', `/leads/${leadId}/deals`, body)).body;
const dealsOf = async (leadId: string) => (await ask('GET', `/deals?lead_id=${leadId}`)).body.data;

test('a deal is created for a lead, moved and won, and Z undoes that', async () => {
  const lead = await newLead('Clara Buyer');
  const { page, open, row } = await look();
  await open('/deals');
  await page.getByText('No deals yet').waitFor();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New deal' });
  await page.getByRole('option', { name: 'Type to search' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('combobox', { name: 'Lead' }).fill('clara');
  await page.getByRole('option', { name: 'Clara Buyer' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog.getByRole('textbox', { name: 'Deal name' }).fill('Roof');
  await dialog.getByRole('textbox', { name: /^Amount/ }).fill('1200.50');
  await dialog.getByLabel('Expected close').fill('2027-01-31');
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: 'Discard what you typed?' });
  await question.waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
  await expect.poll(() => dialog.evaluate((form) => form.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Enter');
  await row('Roof').waitFor();
  expect(await dealsOf(lead.id)).toMatchObject([
    { name: 'Roof', amount: 1200.5, stage: 'Open', end_date: '2027-01-31' },
  ]);

  const drawer = page.getByRole('complementary', { name: 'Roof' });
  await drawer.getByText('1,200.50').first().waitFor();
  await chooseStage('Negotiation');
  await page.getByText('Moved to Negotiation').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => row('Roof').innerText()).toContain('Negotiation');
  await row('Roof').click();
  await chooseStage('Won');
  await page.getByText('Moved to Won').waitFor();
  await row('Roof').waitFor({ state: 'hidden' });
  expect(await dealsOf(lead.id)).toMatchObject([{ stage: 'Won', state: 'won' }]);
  await expect.poll(() => page.getByText('Won this month').locator('..').innerText()).toContain('1,200.50');
  await page.keyboard.press('z');
  await row('Roof').waitFor();
  expect(await dealsOf(lead.id)).toMatchObject([{ stage: 'Negotiation', closed_at: null }]);

  async function chooseStage(name: string) {
    await drawer.getByRole('combobox', { name: 'Stage' }).click();
    await page.getByRole('option', { name }).click();
    await drawer.getByRole('button', { name: 'Save' }).click();
  }
});

test('the list is filtered and sorted, and the URL records its filters', async () => {
  const lead = await newLead('Dora Sorted');
  await addDeal(lead.id, { name: 'Sorted small', amount: 10, end_date: '2027-01-01' });
  await addDeal(lead.id, { name: 'Sorted large', amount: 900, end_date: '2027-05-01' });
  await addDeal(lead.id, { name: 'Sorted lost', stage: 'Lost', amount: 5 });
  const { page, open, row } = await look();
  await open('/deals?q=sorted');
  await row('Sorted small').waitFor();
  expect(await row('Sorted lost').count()).toBe(0);
  const names = () =>
    page.getByRole('row').filter({ hasText: 'Sorted' }).locator('[role=gridcell]:first-child').allInnerTexts();
  await page.getByRole('button', { name: 'Amount' }).click();
  await expect.poll(names).toEqual(['Sorted large', 'Sorted small']);
  await page.getByRole('button', { name: 'Expected close' }).click();
  await expect.poll(names).toEqual(['Sorted small', 'Sorted large']);
  await page.getByRole('radio', { name: /^Lost/ }).click();
  await row('Sorted lost').waitFor();
  expect(new URL(page.url()).searchParams.get('state')).toBe('lost');
  await page.getByRole('textbox', { name: 'Search deals' }).fill('nothing is called so');
  await page.getByText('No deals match').waitFor();
});

test('a refusal by the server is shown, and what was typed stays', async () => {
  const lead = await newLead('Fay Refused');
  const deal = await addDeal(lead.id, { name: 'Refused' });
  const { page, open } = await look();
  await open(`/deals?q=refused&deal=${deal.id}`);
  const drawer = page.getByRole('complementary', { name: 'Refused' });
  await drawer.getByRole('textbox', { name: /^Amount/ }).fill('9999999999999');
  await drawer.getByRole('button', { name: 'Save' }).click();
  await drawer.getByText(/or less/).waitFor();
  await expect.poll(() => drawer.getByRole('textbox', { name: /^Amount/ }).inputValue()).toContain('9,999,999,999,999');
});

test('a deal is deleted after confirmation', async () => {
  const lead = await newLead('Gus Gone');
  const deal = await addDeal(lead.id, { name: 'Gone soon' });
  const { page, open, row } = await look();
  await open(`/deals?q=gone&deal=${deal.id}`);
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete this deal?' });
  await dialog.getByRole('button', { name: 'Delete deal' }).click();
  await row('Gone soon').waitFor({ state: 'hidden' });
  expect(await dealsOf(lead.id)).toEqual([]);
});

test.each(looks)(
  'on a %s in %s the page is accessible',
  async (size, theme) => {
    const lead = await newLead(`Hal ${size} ${theme}, of a family with a very long name indeed`);
    const names = ['Roof, gate and both fences round the old house by the river', 'Shed', null];
    for (const [at, name] of names.entries())
      await addDeal(lead.id, {
        name,
        amount: [1_234_567.5, 900, null][at],
        stage: ['Open', 'Proposal', 'Negotiation'][at],
        end_date: ['2026-01-01', '2027-12-24', null][at],
        owner: at === 0 ? world.ownerId : null,
      });
    const { page, open, row, expectNoComplaints } = await look({ size, theme });
    await open(`/deals?q=${encodeURIComponent(`Hal ${size} ${theme}`)}`);
    await row('Shed').waitFor();
    const search = await page.getByRole('textbox', { name: 'Search deals' }).boundingBox();
    expect(search && search.x + search.width).toBeLessThan(sizes[size].width);
    await page.getByRole('combobox', { name: 'Owner' }).click();
    await page.getByRole('option', { name: 'Unassigned' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await picture(page, `deals-${size}-${theme}`);
    await row('Roof').click();
    await page.getByRole('complementary', { name: /^Roof/ }).getByRole('button', { name: 'Save' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `deals-drawer-${size}-${theme}`);
    expectNoComplaints();
  },
  60_000,
);
