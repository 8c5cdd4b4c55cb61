import { expect, test } from 'vitest';
import { axe, looks, picture } from '../browser.ts';
import { sampleLeads } from './sample-leads.ts';
import { openScene, poll } from './scene.ts';

const { cookie, ask, visit } = await openScene({ name: 'Mona Manager', role: 'manager' });
const { newLead, read } = sampleLeads(ask);

test('a type’s required fields are asked for in the form of a new lead, after a refusal and at a status', async () => {
  const rules = [
    { field: 'city', when: 'always' },
    { field: 'job_title', when: 'given', other: 'company_name' },
    { field: 'custom.Tariff', when: 'state', states: ['won'] },
  ];
  await ask('POST', '/leads', { name: 'Makes the field', custom: { Tariff: 'x' } });
  await ask('POST', '/lead-types', { name: 'Careful', rules });
  const { page, open } = await visit({ cookie });
  await open('/pipeline?new=1');
  const dialog = page.getByRole('dialog', { name: 'New lead' });
  await dialog.getByLabel('Name').fill('Cara Careful');
  await dialog.getByLabel('Company').fill('Acme');
  await dialog.getByLabel('Phone').fill('07700 900888');
  await dialog.getByLabel('Type').selectOption({ label: 'Careful' });
  await dialog.getByLabel('City').fill('Bath');
  await dialog.getByRole('button', { name: 'Create lead' }).click();
  await dialog.getByText('Job title is required of leads of the type Careful when Company is given.').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'new-lead-asked');
  await dialog.getByLabel('Job title').fill('Boss');
  await dialog.getByRole('button', { name: 'Create lead' }).click();
  const drawer = page.getByRole('complementary', { name: 'Cara Careful' });
  await drawer.waitFor();
  const id = new URL(page.url()).searchParams.get('lead') ?? '';
  expect(await read(id)).toMatchObject({ city: 'Bath', job_title: 'Boss', type: 'Careful' });

  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: 'Won' }).click();
  await page.getByRole('form', { name: 'Amount for Cara Careful' }).getByRole('textbox').fill('700');
  await page.keyboard.press('Enter');
  const form = page.getByRole('form', { name: 'Required for Won' });
  await form.getByLabel('Tariff').fill('Green');
  expect(await axe(page)).toEqual([]);
  await picture(page, 'drawer-fill-in');
  await page.keyboard.press('Enter');
  await poll(() => read(id)).toMatchObject({ status: 'Won', target_amount: 700, custom: { Tariff: 'Green' } });
});

test('a call logged by hand takes an outcome of the workspace, and its consequences follow', async () => {
  const lead = await newLead();
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open(`/pipeline?lead=${lead.id}`);
  const drawer = page.getByRole('complementary', { name: 'Anjali Menon' });
  await drawer.getByRole('radio', { name: 'Call log' }).click();
  await drawer.getByRole('button', { name: 'No answer' }).click();
  await drawer.getByText('Another call is planned in 2 hours, with at most 5 attempts in total.').waitFor();
  await drawer.getByRole('button', { name: 'Call back' }).click();
  await drawer.getByText('A callback is planned for the agreed time:').waitFor();
  await expect.poll(() => drawer.getByRole('button', { name: 'Save call' }).isDisabled()).toBe(true);
  expect(await axe(page)).toEqual([]);
  await drawer.getByRole('button', { name: 'Tomorrow 10:00' }).click();
  await drawer.getByRole('textbox', { name: 'Call notes' }).fill('Is on the train');
  await picture(page, 'call-log');
  await drawer.getByRole('button', { name: 'Save call' }).click();
  await drawer
    .getByText(/called: Call back/i)
    .first()
    .waitFor();
  const [call] = (await ask('GET', `/leads/${lead.id}/calls`)).body.data;
  expect(call).toMatchObject({ state: 'pending', callback: true, outcome: 'Call back', attempts: 1 });
  expect((await ask('GET', `/leads/${lead.id}/notes`)).body.data[0].text).toBe('Is on the train');
  expectNoComplaints();
});

test.each(looks)('on a %s in %s the fields that a status asks for are accessible', async (size, theme) => {
  const type = `Asks ${size} ${theme}`;
  await ask('POST', '/lead-types', { name: type, rules: [{ field: 'city', when: 'state', states: ['won'] }] });
  const lead = await newLead({ type, target_amount: null });
  const { page, open } = await visit({ cookie, size, theme });
  await open(`/leads/${lead.id}`);
  await page.getByRole('button', { name: 'Status: New. Change' }).click();
  await page.getByRole('menuitem', { name: 'Won' }).click();
  await page.getByRole('form', { name: /^Amount for / }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, `ask-amount-${size}-${theme}`);
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('form', { name: 'Required for Won' }).getByLabel('City').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, `fill-in-${size}-${theme}`);
});
