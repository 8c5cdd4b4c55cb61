import { expect, test } from 'vitest';
import { axe, looks, picture } from '../browser.ts';
import { sampleLeads } from './sample-leads.ts';
import { hold, openScene, poll } from './scene.ts';

const { world, cookie, ask, visit } = await openScene({ name: 'Mona Manager', role: 'manager' });
const { newLead, read } = sampleLeads(ask);

test('C opens the form for a new lead, which shows duplicates and what is missing, then opens the lead', async () => {
  const known = await newLead({ name: 'Known Already' });
  const { page, open } = await visit({ cookie });
  await open('/pipeline');
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New lead' });
  await dialog.getByLabel('Name').fill('Rahul Sharma');
  expect(await axe(page)).toEqual([]);
  await picture(page, 'new-lead');
  await page.keyboard.press('Enter');
  await dialog.getByText('Enter a phone number or an email address.').waitFor();
  await dialog.getByLabel('Phone').fill('no phone');
  await page.keyboard.press('Enter');
  await dialog.getByText(/phone/i).nth(1).waitFor();
  await dialog.getByLabel('Phone').fill(known.phone);
  await dialog.getByRole('link', { name: 'Known Already' }).waitFor();
  await dialog.getByLabel('Phone').fill('07700 900999');
  await dialog.getByLabel('Source').selectOption({ label: 'Partner' });
  await dialog.getByLabel('Note').fill('Met at the fair');
  await dialog.getByRole('button', { name: 'Create lead' }).click();
  await page.getByRole('complementary', { name: 'Rahul Sharma' }).waitFor();
  await page.getByText('Met at the fair').first().waitFor();
  const id = new URL(page.url()).searchParams.get('lead') ?? '';
  expect(await read(id)).toMatchObject({ name: 'Rahul Sharma', source: 'Partner', phone: '+447700900999' });
});

test('a field is edited in place: Enter saves, Escape cancels, and a refusal is shown at the field', async () => {
  const lead = await newLead();
  const { page, open } = await visit({ cookie });
  await open(`/pipeline?lead=${lead.id}`);
  const drawer = page.getByRole('complementary', { name: 'Anjali Menon' });
  await drawer.getByRole('button', { name: /^Email:/ }).click();
  await drawer.getByRole('textbox', { name: 'Email' }).fill('nonsense');
  await page.keyboard.press('Enter');
  await drawer
    .getByText(/e-?mail/i)
    .nth(1)
    .waitFor();
  await page.keyboard.press('Escape');
  await drawer.getByRole('button', { name: `Email: ${lead.email}. Edit` }).click();
  await drawer.getByRole('textbox', { name: 'Email' }).fill('new@example.com');
  await page.keyboard.press('Enter');
  await poll(async () => (await read(lead.id)).email).toBe('new@example.com');
  await drawer.getByRole('button', { name: /^Owner:/ }).click();
  await drawer.getByRole('combobox', { name: 'Owner' }).selectOption({ label: 'Olive Owner' });
  await poll(async () => (await read(lead.id)).owner).toBe('Olive Owner');
  await drawer.getByRole('button', { name: /^Roof size:/ }).click();
  await drawer.getByRole('textbox', { name: 'Roof size' }).fill('55');
  // The server is away; once it is back, the same value can be sent again.
  await page.route(`**/v1/leads/${lead.id}`, (route) => route.abort());
  await page.keyboard.press('Enter');
  await drawer.getByText('The server could not be reached.').first().waitFor();
  await page.unroute(`**/v1/leads/${lead.id}`);
  await drawer.getByRole('textbox', { name: 'Roof size' }).press('Enter');
  await poll(async () => (await read(lead.id)).custom).toEqual({ 'Roof size': '55', Tariff: 'Green' });
});

test('a conflicting change to the same field is shown, and the person decides', async () => {
  const lead = await newLead();
  const { page, open } = await visit({ cookie });
  await open(`/pipeline?lead=${lead.id}`);
  const drawer = page.getByRole('complementary', { name: 'Anjali Menon' });
  await drawer.getByRole('button', { name: /^Target amount:/ }).click();
  await drawer.getByRole('textbox', { name: 'Target amount' }).fill('500');
  await ask('PATCH', `/leads/${lead.id}`, { target_amount: 900 });
  await page.keyboard.press('Enter');
  const choice = page.getByRole('dialog', { name: 'was changed while you were editing' });
  await choice.waitFor();
  await expect.poll(() => choice.textContent()).toContain('900');
  expect((await read(lead.id)).target_amount).toBe(900);
  await choice.getByRole('button', { name: 'Keep mine' }).click();
  await poll(async () => (await read(lead.id)).target_amount).toBe(500);
  await choice.waitFor({ state: 'detached' });
});

test('N writes a note, T plans a task and P logs a call; unsaved text is restored after a reload', async () => {
  const lead = await newLead();
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open(`/pipeline?lead=${lead.id}`);
  const drawer = page.getByRole('complementary', { name: 'Anjali Menon' });
  await drawer.getByText('No next step').waitFor();
  await page.keyboard.press('n');
  await page.keyboard.type('Wants 100 Mbps');
  await page.reload();
  const note = drawer.getByRole('textbox', { name: 'Note' });
  await expect.poll(() => note.inputValue()).toBe('Wants 100 Mbps');
  await drawer.focus();
  await page.keyboard.press('n');
  await page.keyboard.type('!');
  await expect.poll(() => note.inputValue()).toBe('Wants 100 Mbps!');
  await page.keyboard.press('Backspace');
  const save = await hold(page, '**/v1/leads/*/notes');
  await note.press('Control+Enter');
  await note.press('Control+End');
  await note.pressSequentially(' and a router');
  save();
  await drawer.getByRole('list', { name: 'Timeline' }).getByText('Wants 100 Mbps', { exact: true }).waitFor();
  await expect.poll(() => note.inputValue()).toBe('and a router');
  await note.press('Control+Enter');
  await expect.poll(() => note.inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('t');
  await page.keyboard.type('Send the quote');
  await drawer.getByRole('button', { name: 'Tomorrow 10:00' }).click();
  await drawer.getByRole('button', { name: 'Add task' }).click();
  await drawer
    .getByText(/Send the quote · Tomorrow 10:00/)
    .first()
    .waitFor();
  await drawer.getByRole('tab', { name: 'Tasks 1' }).click();
  await drawer.getByRole('checkbox', { name: 'Done: Send the quote' }).click();
  await drawer.getByText('No next step').waitFor();
  await drawer.getByRole('tab', { name: 'Timeline' }).click();
  await page.keyboard.press('p');
  const outcomes = drawer.getByRole('group', { name: 'Outcome' }).getByRole('button');
  await expect.poll(() => outcomes.first().evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('2');
  expect(await outcomes.nth(1).getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('1');
  await drawer.getByRole('group', { name: 'Next step' }).waitFor();
  await page.keyboard.press('e');
  await page.keyboard.press('Control+Enter');
  await drawer.getByRole('list', { name: 'Timeline' }).getByText(/call/i).first().waitFor();
  expectNoComplaints();
});

test('marking a lead as lost asks why before anything is sent; reopening it restores its old status', async () => {
  const lead = await newLead({ status: 'Qualified' });
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open(`/pipeline?lead=${lead.id}`);
  const drawer = page.getByRole('complementary', { name: 'Anjali Menon' });
  await drawer.getByRole('button', { name: 'Status: Qualified. Change' }).waitFor();
  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: 'Lost' }).click();
  const why = page.getByRole('form', { name: 'Why Anjali Menon was lost' });
  await why.getByRole('radio', { name: 'Price' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await why.waitFor({ state: 'detached' });
  await drawer.waitFor();
  expect((await read(lead.id)).status).toBe('Qualified');
  await page.keyboard.press('s');
  await page.getByRole('menuitem', { name: 'Lost' }).click();
  await why.getByRole('radio', { name: 'Price' }).check();
  await page.keyboard.press('Enter');
  await poll(async () => (await read(lead.id)).lost_reason).toBe('Price');
  await drawer.getByRole('button', { name: 'Status: Lost. Change' }).waitFor();
  await drawer.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Reopen' }).click();
  await drawer.getByText('Reopened in its previous status: Qualified.').waitFor();
  expect(await read(lead.id)).toMatchObject({ status: 'Qualified', lost_reason: null });
  expectNoComplaints();
});

test('the timeline ends with the raw request, which only managers read', async () => {
  const lead = await newLead();
  const { page, open } = await visit({ cookie });
  await open(`/pipeline?lead=${lead.id}`);
  const last = page.getByRole('list', { name: 'Timeline' }).getByRole('listitem').last();
  await last.getByText(/^POST \/v1\/leads · 201 · \d+ ms/).waitFor();
  await expect.poll(() => last.textContent()).toContain('"Roof size":"40"');
  await expect
    .poll(() => last.getByRole('link', { name: 'Open in intake' }).getAttribute('href'))
    .toMatch(/intake\?open=/);
  await page.getByRole('tab', { name: 'Raw request' }).click();
  await page.getByRole('region', { name: 'Response' }).getByText(lead.id).waitFor();

  const agent = await visit({ cookie: await world.signIn(await world.member({ name: 'Annie' })) });
  await agent.open(`/pipeline?lead=${lead.id}`);
  const seen = agent.page.getByRole('list', { name: 'Timeline' }).getByRole('listitem').last();
  await seen.getByText(/^POST \/v1\/leads/).waitFor();
  expect(await seen.textContent()).not.toContain('Roof size');
  await agent.page.getByRole('tab', { name: 'Raw request' }).click();
  await agent.page.getByText('Only managers can see requests').waitFor();
});

test('a possible duplicate is pointed out until somebody says that it is none', async () => {
  const one = await newLead({ name: 'R. Sharma' });
  const two = await newLead({ phone: one.phone });
  const { page, open } = await visit({ cookie });
  await open(`/pipeline?lead=${two.id}`);
  const banner = page.getByRole('status').filter({ hasText: 'Same phone as' });
  await banner.getByRole('link', { name: 'R. Sharma' }).waitFor();
  await banner.getByRole('button', { name: 'Not a duplicate' }).click();
  await banner.waitFor({ state: 'detached' });
  expect((await ask('GET', `/leads/${one.id}/possible-duplicates`)).body.data).toEqual([]);
});

test('deleting a lead asks first and is only for managers', async () => {
  const lead = await newLead({ name: 'Gone Soon' });
  const { page, open } = await visit({ cookie });
  await open(`/leads/${lead.id}`);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete lead' }).click();
  await poll(async () => (await ask('GET', `/leads/${lead.id}`)).status).toBe(404);
  const agent = await visit({ cookie: await world.signIn(await world.member({ name: 'Annie' })) });
  const other = await newLead();
  await agent.open(`/leads/${other.id}`);
  await agent.page.getByRole('button', { name: 'More', exact: true }).click();
  await agent.page.getByRole('menuitem', { name: 'Raw JSON' }).waitFor();
  expect(await agent.page.getByRole('menuitem', { name: 'Delete…' }).count()).toBe(0);
});

test.each(looks)('on a %s in %s the drawer and the page are accessible', async (size, theme) => {
  const lead = await newLead({ note: 'Rings after six, asked for a callback to confirm the address.' });
  await ask('PATCH', `/leads/${lead.id}`, { status: 'Hot', city: 'York' });
  await ask('POST', `/leads/${lead.id}/tasks`, { name: 'Send the quote', due_at: '2026-01-01T10:00:00Z' });
  await ask('POST', `/leads/${lead.id}/deals`, { name: 'Roof', stage: 'Proposal', amount: 14_350 });
  const { page, open, expectNoComplaints } = await visit({ cookie, size, theme });
  await open(`/pipeline?lead=${lead.id}`);
  await page.getByRole('list', { name: 'Timeline' }).waitFor();
  await picture(page, `drawer-${size}-${theme}`);
  expect(await axe(page)).toEqual([]);
  await open(`/leads/${lead.id}`);
  await page.getByRole('list', { name: 'Timeline' }).waitFor();
  await picture(page, `lead-page-${size}-${theme}`);
  expect(await axe(page)).toEqual([]);
  expectNoComplaints();
});

test('a lead prints with all its fields and without menus and buttons, on white in the dark theme too', async () => {
  const lead = await newLead({ description: 'Wants a flat roof' });
  await ask('POST', `/leads/${lead.id}/notes`, { text: 'Has a dog' });
  const { page, open } = await visit({ cookie, theme: 'dark' });
  await open(`/leads/${lead.id}`);
  await page.getByRole('heading', { name: 'Anjali Menon' }).waitFor();
  expect(await page.getByText('Wants a flat roof', { exact: true }).isVisible()).toBe(false);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  await page.getByText('Wants a flat roof', { exact: true }).waitFor();
  expect(await page.getByRole('navigation').count()).toBe(0);
  expect(await page.getByRole('textbox').count()).toBe(0);
  await page.getByText('Has a dog').waitFor();
  expect(await page.getByRole('button', { name: 'Delete' }).count()).toBe(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
});
