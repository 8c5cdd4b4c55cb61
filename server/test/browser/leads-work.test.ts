import { expect, test } from 'vitest';
import { axe, picture } from '../browser.ts';
import { leadScene, rowOf } from './lead-scene.ts';
import { poll } from './scene.ts';

const scene = await leadScene();

test('the list is filtered by missing fields, origin and custom fields, and a view keeps the filters', async () => {
  const { page, open, expectNoComplaints } = await scene.visit({ cookie: scene.cookie });
  await open('/leads');
  await page.getByText('Omar Haddad 35').waitFor();
  const more = async (name: string) => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('textbox', { name: 'Search filters' }).or(page.getByRole('menu')).first().waitFor();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  await more('Colour');
  await page.getByRole('textbox', { name: 'Colour' }).fill('red');
  await poll(async () => new URL(page.url()).searchParams.get('custom')).toBe('Colour=red');
  expect(await axe(page)).toEqual([]);
  await picture(page, 'leads-custom-filter');
  await page.keyboard.press('Escape');
  await more('Has no');
  await page.getByRole('checkbox', { name: 'Phone' }).check();
  await page.keyboard.press('Escape');
  await more('Via');
  await page.getByRole('checkbox', { name: 'Leadwell API' }).check();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Has no: Phone' }).waitFor();
  await page.getByRole('button', { name: 'Colour: red' }).waitFor();
  await poll(() => page.getByRole('row').count()).toBe(5);
  expect(await axe(page)).toEqual([]);
  await picture(page, 'leads-new-filters');
  await page.getByRole('button', { name: 'Save as', exact: true }).click();
  await page.getByLabel('Name').fill('Red without a phone');
  await page.getByRole('button', { name: 'Save view' }).click();
  await poll(() => page.getByRole('tab', { name: 'Red without a phone' }).getAttribute('aria-selected')).toBe('true');
  await page.getByRole('button', { name: 'Clear Has no' }).click();
  await poll(() => page.getByRole('row').count()).toBeGreaterThan(10);
  await page.getByRole('button', { name: 'Reset' }).click();
  await poll(() => page.getByRole('row').count()).toBe(5);
  await page.getByRole('button', { name: 'Clear Colour' }).click();
  await page.getByRole('button', { name: 'Clear Via' }).click();
  await poll(async () => new URL(page.url()).searchParams.get('custom')).toBeNull();
  expectNoComplaints();
});

test('insights are loaded when opened, stay open, and each figure links to its leads', async () => {
  const { page, open, expectNoComplaints } = await scene.visit({ cookie: scene.cookie });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open('/leads');
  await page.getByText('Omar Haddad 35').waitFor();
  expect(asked.filter((url) => /reports|insights/i.test(url))).toEqual([]);
  await page.getByRole('button', { name: 'Insights' }).click();
  const strip = page.getByRole('region', { name: 'Insights' });
  await strip.getByRole('list', { name: 'Sources' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'leads-insights');
  const today = strip.getByRole('link', { name: /lead/ }).nth(13);
  const counted = Number(/(\d+) lead/.exec((await today.getAttribute('aria-label')) ?? '')?.[1]);
  await today.click();
  await poll(() => page.getByRole('row').count()).toBe(counted + 1);
  await page.getByRole('button', { name: /^Created: / }).waitFor();
  const qualified = strip.getByRole('link', { name: /Qualified this week/ });
  const expected = (await scene.ask('GET', '/leads/count?status=Qualified&created=7d')).body.count;
  await poll(() => qualified.innerText()).toMatch(new RegExp(`\\b${expected}\\b`));
  await qualified.click();
  await poll(() => page.getByRole('row').count()).toBe(expected + 1);
  await page.reload();
  await strip.getByRole('list', { name: 'Sources' }).waitFor();
  await page.getByRole('button', { name: 'Insights' }).click();
  await poll(() => strip.count()).toBe(0);
  expectNoComplaints();
});

test('insights are accessible in the dark theme', async () => {
  const { page, open } = await scene.visit({ cookie: scene.cookie, theme: 'dark' });
  await open('/leads');
  await page.getByRole('button', { name: 'Insights' }).click();
  await page.getByRole('list', { name: 'Sources' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'leads-insights-dark');
});

test('a row offers actions to call, plan a task and write a note', async () => {
  const id = await scene.newLead('Hilda Hover', { phone: '07700 900999' });
  const screen = await scene.visit({ cookie: scene.cookie });
  const { page, open, expectNoComplaints } = screen;
  await open('/leads');
  const row = rowOf(screen, 'Hilda Hover');
  await row.hover();
  await row.getByRole('link', { name: 'Call Hilda Hover' }).waitFor();
  await picture(page, 'leads-row-actions');
  await row.getByRole('button', { name: 'Plan a task for Hilda Hover' }).click();
  await page.getByRole('menuitem', { name: 'Task · Tomorrow 10:00' }).click();
  await row.getByText(/Task · Tomorrow/).waitFor();
  await row.hover();
  await row.getByRole('button', { name: 'Write a note on Hilda Hover' }).click();
  const note = page.getByRole('textbox', { name: 'Note' });
  await poll(() => note.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.type('Asked for a quote');
  await page.keyboard.press('Control+Enter');
  await poll(async () => (await scene.ask('GET', `/leads/${id}/timeline`)).text).toContain('Asked for a quote');
  await page.getByRole('complementary', { name: 'Hilda Hover' }).getByRole('button', { name: 'Close' }).click();
  await row.focus();
  await page.keyboard.press('n');
  await poll(() => note.evaluate((one) => one === document.activeElement)).toBe(true);
  expectNoComplaints();
});

test('names and companies are edited in their cells, one after the other, and undone', async () => {
  const id = await scene.newLead('Edith Written');
  const screen = await scene.visit({ cookie: scene.cookie });
  const { page, open, expectNoComplaints } = screen;
  await open('/leads');
  const lead = async () => {
    const { name, company_name: company } = (await scene.ask('GET', `/leads/${id}`)).body;
    return { name, company };
  };
  const row = page.getByRole('row').nth(1);
  await row.filter({ hasText: 'Edith Written' }).focus();
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Name of Edith Written' }).fill('Edith Typed');
  expect(await axe(page)).toEqual([]);
  await picture(page, 'leads-text-cell');
  await page.keyboard.press('Tab');
  await page.getByRole('textbox', { name: /^Company of/ }).fill('Typed & Sons');
  await page.keyboard.press('Enter');
  await poll(lead).toEqual({ name: 'Edith Typed', company: 'Typed & Sons' });
  await poll(() => row.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.getByText('Company set to Typed & Sons').waitFor();
  await page.keyboard.press('z');
  await poll(lead).toEqual({ name: 'Edith Typed', company: null });
  await row.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: /^Company of/ }).fill('Thrown away');
  await page.keyboard.press('Escape');
  await poll(() => row.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await lead()).toEqual({ name: 'Edith Typed', company: null });
  await row.getByText('Edith Typed').dblclick();
  await page.getByRole('textbox', { name: 'Name of Edith Typed' }).fill('Edith Clicked');
  await page.keyboard.press('Enter');
  await poll(lead).toEqual({ name: 'Edith Clicked', company: null });
  expect(await page.getByRole('complementary', { name: /^Edith/ }).count()).toBe(0);
  expectNoComplaints();

  // Text that cannot be saved stays in its cell, even on the way to other screens, until it is saved.
  await page.route('**/v1/leads/*', (route) =>
    route.request().method() === 'PATCH' ? route.abort('connectionrefused') : route.continue(),
  );
  await row.focus();
  await page.keyboard.press('e');
  const name = page.getByRole('textbox', { name: 'Name of Edith Clicked' });
  await name.fill('Edith Kept');
  await page.keyboard.press('Enter');
  await page.getByText('your text is still in its cell').first().waitFor();
  await poll(() => name.inputValue()).toBe('Edith Kept');
  await page.keyboard.press('Tab');
  await row.getByText('Edith KeptNot saved').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Tasks' }).first().click();
  await page.getByRole('link', { name: 'Leads' }).first().click();
  await row.getByText('Not saved').dblclick();
  await poll(() => name.inputValue()).toBe('Edith Kept');
  await page.unroute('**/v1/leads/*');
  await page.keyboard.press('Enter');
  await poll(lead).toEqual({ name: 'Edith Kept', company: null });
  await row.getByText('Not saved').waitFor({ state: 'detached' });
});

test('a row being edited stays in its place and keeps the focus, whatever happens to the list', async () => {
  const id = await scene.newLead('Sven Still', { source: 'Stillness' });
  const screen = await scene.visit({ cookie: scene.cookie });
  const { page, open } = screen;
  await open('/leads?source=Stillness&group=status');
  await rowOf(screen, 'Sven Still').focus();
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Name of Sven Still' }).fill('Sven ');
  const read = page.waitForResponse(/\/v1\/leads\?.*status=/);
  await scene.newLead('Newer', { source: 'Stillness' });
  await scene.ask('PATCH', `/leads/${id}`, { status: 'Qualified' });
  await read;
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await page.keyboard.type('Moved');
  await page.keyboard.press('Enter');
  await poll(async () => (await scene.ask('GET', `/leads/${id}`)).body.name).toBe('Sven Moved');
  await rowOf(screen, 'Newer').waitFor();
  await poll(() => rowOf(screen, 'Sven Moved').evaluate((one) => one === document.activeElement)).toBe(true);
});

test('text that somebody else wrote in the meantime is not overwritten, and both versions are shown', async () => {
  const id = await scene.newLead('Carla Contested', { city: 'Leeds' });
  const screen = await scene.visit({ cookie: scene.cookie });
  const { page, open } = screen;
  await open('/leads');
  await rowOf(screen, 'Carla Contested').focus();
  await page.keyboard.press('e');
  const box = page.getByRole('textbox', { name: 'Name of Carla Contested' });
  await box.fill('Mine');
  await scene.ask('PATCH', `/leads/${id}`, { name: 'Theirs' });
  await page.keyboard.press('Enter');
  const conflict = page.getByRole('dialog', { name: 'Theirs was changed while you were editing' });
  await conflict.getByRole('definition').filter({ hasText: 'Mine' }).waitFor();
  await conflict.getByRole('definition').filter({ hasText: 'Theirs' }).waitFor();
  expect((await scene.ask('GET', `/leads/${id}`)).body.name).toBe('Theirs');
  await conflict.getByRole('button', { name: 'Keep theirs' }).click();
  await rowOf(screen, 'Theirs').waitFor();
  expect((await scene.ask('GET', `/leads/${id}`)).body.name).toBe('Theirs');
  await rowOf(screen, 'Theirs').focus();
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Name of Theirs' }).fill('Mine after all');
  await scene.ask('PATCH', `/leads/${id}`, { city: 'York' });
  await page.keyboard.press('Enter');
  await poll(async () => {
    const { name, city } = (await scene.ask('GET', `/leads/${id}`)).body;
    return [name, city];
  }).toEqual(['Mine after all', 'York']);
});

test('the page of a lead steps through the view that it was opened from, in the order of that view', async () => {
  const screen = await scene.visit({ cookie: scene.cookie });
  const { page, open, expectNoComplaints } = screen;
  await open('/leads');
  await page.getByRole('tab', { name: 'Waiting > 5 min' }).click();
  await page.getByRole('tab', { name: 'Waiting > 5 min', selected: true }).waitFor();
  await page.getByRole('columnheader', { name: 'Age' }).getByRole('button').click();
  const row = rowOf(screen, 'Dmitri Kowalska 0');
  await row.waitFor();
  await row.focus();
  await page.keyboard.press('o');
  await page.getByRole('heading', { name: 'Dmitri Kowalska 0' }).waitFor();
  await page.getByText(/^1 of \d+$/).waitFor();
  await page.keyboard.press('j');
  await page.getByText(/^2 of \d+$/).waitFor();
  expectNoComplaints();
});

test('leads are tagged by keyboard, counted in filters, sorted by column headers and grouped', async () => {
  const { cookie, visit, ask } = scene;
  const source = 'Bending';
  for (const [name, status] of [
    ['Ursula Bend', 'New'],
    ['Arno Bend', 'Qualified'],
    ['Mira Bend', 'New'],
  ])
    await ask('POST', '/leads', { name, status, source });
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open(`/leads?source=${source}`);
  const row = (at: number) => page.getByRole('row').nth(at);
  await row(1).filter({ hasText: 'Mira Bend' }).waitFor();
  await row(1).focus();
  await page.keyboard.press('l');
  await page.getByLabel('Search or create a tag').waitFor();
  await page.keyboard.type('Hot');
  await page.getByRole('button', { name: 'Create “Hot”' }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('Tagged “Hot”').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.getByRole('complementary').getByText('Hot', { exact: true }).waitFor();
  await picture(page, 'lead-tags');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Status', exact: true }).first().click();
  await page.getByRole('checkbox', { name: 'New 2' }).waitFor();
  await picture(page, 'leads-facet-counts');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Sort by Lead' }).click();
  await row(1).filter({ hasText: 'Arno Bend' }).waitFor();
  await page.getByRole('button', { name: 'Sort by Lead' }).click();
  await row(1).filter({ hasText: 'Ursula Bend' }).waitFor();
  expect(await page.getByRole('columnheader', { name: 'Lead' }).getAttribute('aria-sort')).toBe('descending');
  expect(new URL(page.url()).searchParams.get('sort')).toBe('-name');

  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByLabel('Group by').selectOption('status');
  await page.getByRole('checkbox', { name: 'Tags' }).check();
  await page.keyboard.press('Escape');
  const heading = page.getByRole('button', { name: 'New 2' });
  await heading.waitFor();
  await row(2).filter({ hasText: 'Ursula Bend' }).waitFor();
  await picture(page, 'leads-grouped');
  expect(await axe(page)).toEqual([]);
  await heading.click();
  await poll(() => page.getByRole('row').filter({ hasText: 'Ursula Bend' }).count()).toBe(0);
  await page.reload();
  await page.getByRole('button', { name: 'Qualified 1' }).waitFor();
  await page.getByRole('radio', { name: 'Board' }).click();
  await page.getByRole('region', { name: 'New' }).getByText('Hot', { exact: true }).waitFor();
  await page.getByRole('radio', { name: 'List' }).click();
  await page.getByRole('button', { name: 'Qualified 1' }).waitFor();
  expectNoComplaints();
});
