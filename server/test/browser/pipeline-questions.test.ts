import { expect, test } from 'vitest';
import { sizes } from '../browser.ts';
import { boardScene, card, drag } from './board.ts';
import { poll } from './scene.ts';

const { world, cookie, ask, visit, newLead, statusOf, boardWith, expectEscapeToReturn } = await boardScene();

test('moving a card to Won asks for a missing amount: Escape returns the card, Skip leaves it out', async () => {
  const { lead, page, open, expectNoComplaints } = await boardWith('Nina Rossi');
  const amount = page.getByRole('form', { name: 'Amount for Nina Rossi' });
  const win = async () => {
    await card(page, 'Nina Rossi').getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Won' }).click();
    await amount.waitFor();
  };
  await win();
  await expectEscapeToReturn(page, lead, 'Won', 'board-won');
  await win();
  await amount.getByRole('textbox').fill('1200,5');
  await page.keyboard.press('Enter');
  await poll(async () => (await ask('GET', `/leads/${lead.id}`)).body).toMatchObject({
    status: 'Won',
    target_amount: 1200.5,
  });
  const other = await newLead('Nina Rossi 2');
  // A phone does not show the column that the card moves to.
  await page.setViewportSize(sizes.phone);
  await open('/pipeline');
  await card(page, 'Nina Rossi 2').getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Won' }).click();
  await page.getByText('Won: amount in').waitFor();
  await page.getByRole('button', { name: 'Skip' }).click();
  await poll(() => statusOf(other.id)).toBe('Won');
  expect((await ask('GET', `/leads/${other.id}`)).body.target_amount).toBeNull();
  expectNoComplaints();
});

test('moving a card to Won asks nothing if its lead has a deal with an amount', async () => {
  const lead = await newLead('Dora Deal');
  await ask('POST', `/leads/${lead.id}/deals`, { name: 'Roof', stage: 'Proposal', amount: 900 });
  const { page, open } = await visit({ cookie });
  await open('/pipeline');
  await card(page, 'Dora Deal').getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Won' }).click();
  await poll(() => statusOf(lead.id)).toBe('Won');
});

test('fields that the type requires in a column are filled in there before the card stays', async () => {
  const rules = [
    { field: 'city', when: 'state', states: ['open'] },
    { field: 'department', when: 'always' },
  ];
  await ask('POST', '/lead-types', { name: 'Ruled', rules });
  const lead = await newLead('Rita Ruled', { type: 'Ruled', department: 'Sales' });
  await world.query("UPDATE leads SET department_id = NULL WHERE name = 'Rita Ruled'");
  const { page, open } = await visit({ cookie });
  await open('/pipeline');
  await card(page, 'Rita Ruled').waitFor();
  await drag(page, 'Rita Ruled', 'Contacted');
  const form = page.getByRole('form', { name: 'Required for Contacted' });
  await form.getByText(/City is required of leads of the type Ruled that are open. Department is required/).waitFor();
  await expectEscapeToReturn(page, lead, 'Contacted', 'board-fill-in');
  await drag(page, 'Rita Ruled', 'Contacted');
  await form.getByLabel('City').fill('Bath');
  await form.getByLabel('Department').selectOption({ label: 'Support' });
  await form.getByRole('button', { name: 'Set to Contacted' }).click();
  await poll(async () => (await ask('GET', `/leads/${lead.id}`)).body).toMatchObject({
    status: 'Contacted',
    city: 'Bath',
    department: 'Support',
  });
});
