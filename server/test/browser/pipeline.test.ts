import { expect, test } from 'vitest';
import { axe, looks, picture } from '../browser.ts';
import { boardScene, card, column, drag, shown } from './board.ts';
import { poll } from './scene.ts';

const { world, cookie, ask, visit, newLead, statusOf, boardWith, expectEscapeToReturn } = await boardScene();

test('a card is dragged to another column, the counts and sums follow, and Z undoes the move', async () => {
  const lead = await newLead('Tom Novak', { target_amount: 7050, company_name: 'Orchid Interiors' });
  await newLead('Zoe Ali');
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open('/pipeline');
  await card(page, 'Tom Novak').waitFor();
  await drag(page, 'Tom Novak', 'Contacted');
  await poll(() => statusOf(lead.id)).toBe('Contacted');
  await poll(() => shown(page, 'Contacted')).toEqual(['1', 'Tom Novak']);
  await poll(() => shown(page, 'New')).toEqual(['1', 'Zoe Ali']);
  await expect.poll(() => column(page, 'Contacted').locator('header').textContent()).toContain('£7.1K');
  await page.keyboard.press('z');
  await poll(() => statusOf(lead.id)).toBe('New');
  await poll(() => shown(page, 'Contacted')).toEqual(['0']);
  expectNoComplaints();
});

test('a card can be lifted, moved and dropped by keyboard alone, and the steps are announced', async () => {
  const { lead, page, expectNoComplaints } = await boardWith('Ines Haddad');
  await card(page, 'Ines Haddad').focus();
  await page.keyboard.press('Space');
  await page
    .locator('[aria-live="assertive"]')
    .filter({ hasText: 'Picked up Ines Haddad from New.' })
    .waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowRight');
  await page.locator('[aria-live="assertive"]').filter({ hasText: 'Over Contacted' }).waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowRight');
  await page.locator('[aria-live="assertive"]').filter({ hasText: 'Over Hot' }).waitFor({ state: 'attached' });
  await page.keyboard.press('Space');
  await poll(() => statusOf(lead.id)).toBe('Hot');
  await poll(() => shown(page, 'Hot')).toEqual(['1', 'Ines Haddad']);
  expectNoComplaints();
});

test('the menu of a card moves it without dragging', async () => {
  const { lead, page } = await boardWith('Omar Bauer');
  await card(page, 'Omar Bauer').focus();
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: 'Qualified' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('menuitem', { name: 'Qualified' }).click();
  await poll(() => statusOf(lead.id)).toBe('Qualified');
  await poll(() => shown(page, 'Qualified')).toEqual(['1', 'Omar Bauer']);
});

test('moving a card to Lost asks for a reason: Escape returns the card, Enter moves it', async () => {
  const { lead, page, expectNoComplaints } = await boardWith('Mei Papas');
  const lose = async () => {
    await card(page, 'Mei Papas').getByRole('button').click();
    await page.getByRole('menuitem', { name: 'Lost' }).click();
    await page.getByRole('form', { name: 'Why Mei Papas was lost' }).getByRole('radio', { name: 'Price' }).waitFor();
  };
  await lose();
  await expectEscapeToReturn(page, lead, 'Lost', 'board-lost');
  await lose();
  await page.getByRole('radio', { name: 'No interest' }).check();
  await page.keyboard.press('Enter');
  await poll(async () => (await ask('GET', `/leads/${lead.id}`)).body.lost_reason).toBe('No interest');
  expectNoComplaints();
});

test('a card whose move is refused returns to its column, and the reason is shown', async () => {
  const { lead, page } = await boardWith('Sofia Papas');
  await page.route('**/v1/leads/*', (route) =>
    route.fulfill({
      status: 409,
      contentType: 'application/problem+json',
      body: '{"detail":"It is closed for good."}',
    }),
  );
  await drag(page, 'Sofia Papas', 'Contacted');
  await page.getByRole('alert').filter({ hasText: 'It is closed for good.' }).waitFor();
  await poll(() => shown(page, 'New')).toEqual(['1', 'Sofia Papas']);
  await poll(() => shown(page, 'Contacted')).toEqual(['0']);
  expect(await statusOf(lead.id)).toBe('New');
});

test('a column shows forty cards, and the rest on request; new leads appear without a reload', async () => {
  for (let n = 0; n < 52; n += 1) await newLead(`Lead ${String(n).padStart(2, '0')}`);
  const { page, open } = await visit({ cookie });
  await open('/pipeline');
  await poll(() => column(page, 'New').getByRole('group').count()).toBe(40);
  await page.getByRole('button', { name: 'Show 12 more of 12' }).click();
  await poll(() => column(page, 'New').getByRole('group').count()).toBe(52);
  await newLead('Just Arrived');
  await card(page, 'Just Arrived').waitFor();
  await expect.poll(() => column(page, 'New').getByRole('group').count()).toBe(53);
}, 60_000);

test('the board is searched like the list, and the search is kept in the URL', async () => {
  await newLead('Hassan Khan');
  await newLead('Liam Bauer');
  const { page, open } = await visit({ cookie });
  await open('/pipeline');
  await card(page, 'Liam Bauer').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('hassan');
  await card(page, 'Liam Bauer').waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('q')).toBe('hassan');
  await page.getByRole('searchbox', { name: 'Search leads' }).fill('nobody at all');
  await page.getByText('No matches').waitFor();
});

test('Enter opens the lead beside the board, and Escape closes it and returns the focus to the card', async () => {
  await newLead('Nina Silva');
  const { page, open } = await visit({ cookie });
  await open('/pipeline');
  await card(page, 'Nina Silva').focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('complementary', { name: 'Nina Silva' });
  await drawer.waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toContain('Nina Silva');
});

test('deals are grouped by stage and moved in the same way', async () => {
  const lead = await newLead('Carlos Costa');
  const deal = (await ask('POST', `/leads/${lead.id}/deals`, { name: 'Roof', amount: 3200 })).body;
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open('/pipeline?board=deals');
  await card(page, 'Roof').waitFor();
  await drag(page, 'Roof', 'Negotiation');
  await poll(async () => (await ask('GET', `/leads/${lead.id}/deals`)).body.data[0].stage).toBe('Negotiation');
  expect(deal.stage).toBe('Open');
  expectNoComplaints();
});

test.each(looks)('on a %s in %s the board is accessible, with cards and without', async (size, theme) => {
  const { page, open, expectNoComplaints } = await visit({ cookie, size, theme });
  await open('/pipeline');
  await page.getByRole('region', { name: 'New' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, `board-empty-${size}-${theme}`);
  const names = ['Ines Haddad', 'Priya Petrova', 'Zoe Ali', 'Grace Ali', 'Rahul Doe', 'Dmitri Kowalska'];
  for (const [at, name] of names.entries()) {
    const lead = await newLead(name, {
      company_name: 'Pinewood School',
      target_amount: 1950 * (at + 1),
      status: at > 3 ? 'Hot' : 'New',
    });
    const due = new Date(Date.now() + (at - 1) * 86_400_000).toISOString();
    if (at % 2 === 0) await ask('POST', `/leads/${lead.id}/tasks`, { name: 'Verify address', due_at: due });
  }
  await world.query("UPDATE statuses SET idle_days = 2 WHERE name = 'New'");
  await world.query("UPDATE leads SET updated_at = now() - interval '9 days' WHERE name = 'Priya Petrova'");
  await world.query(
    `UPDATE activities SET at = now() - interval '9 days' WHERE lead_id = (SELECT id FROM leads WHERE name = 'Priya Petrova')`,
  );
  await world.parts.changed(world.workspaceId);
  await open('/pipeline');
  await card(page, 'Priya Petrova').waitFor();
  await picture(page, `board-${size}-${theme}`);
  expect(await axe(page)).toEqual([]);
  expectNoComplaints();
});
