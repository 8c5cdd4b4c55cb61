import { expect, test } from 'vitest';
import { axe, looks, openBrowser, picture } from '../browser.ts';
import { client, testWorld } from '../world.ts';
import { fromNow, HOUR } from './scene.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const { visit } = await openBrowser(world);

async function agent(name: string, look: Parameters<typeof visit>[0] = {}) {
  const id = await world.member({ name, visibility: 'own' });
  return { id, ...(await visit({ ...look, cookie: await world.signIn(id) })) };
}

/** Creates one of everything that My day can show. */
async function fill(id: string) {
  const lead = (await ask('POST', '/leads', { name: 'Ida Waiting', owner: id, phone: '+447700900123' })).body;
  await ask('POST', '/leads', { name: 'Jon Unplanned', owner: id, company_name: 'Unplanned & Daughters Limited' });
  await ask('POST', '/tasks', { name: 'Send the quote', lead_id: lead.id, assignee: id, due_at: fromNow(-HOUR) });
  await ask('POST', `/leads/${lead.id}/deals`, { name: 'Roof', owner: id, amount: 1200, end_date: '2026-01-01' });
  await ask('POST', `/leads/${lead.id}/deals`, { name: 'Gate', owner: id, amount: 99.5, stage: 'Won' });
  return lead;
}

test('an agent starts on My day, and a manager on the leads', async () => {
  const { page, open } = await agent('Amy Agent');
  await open('/');
  await page.getByRole('heading', { level: 1, name: 'My day' }).waitFor();
  await page.getByText('Nothing is waiting for you').waitFor();
  const manager = await visit({ cookie: await world.signIn(await world.member({ role: 'manager' })) });
  await manager.open('/');
  expect(new URL(manager.page.url()).pathname).toBe('/app/leads');
});

test('My day shows what is waiting, and completed work disappears', async () => {
  const { id, page, open } = await agent('Bea Busy');
  await fill(id);
  await open('/my-day');
  const card = (name: string) => page.getByRole('region', { name });
  await card('Overdue').getByText('Send the quote').waitFor();
  await expect.poll(() => card('Waiting for a first reply').getByRole('listitem').allInnerTexts()).toHaveLength(2);
  await expect.poll(() => card('No next step').innerText()).toContain('Jon Unplanned');
  expect(await card('No next step').innerText()).not.toContain('Ida Waiting');
  await expect.poll(() => card('Closing this week').innerText()).toContain('Roof');
  await expect.poll(() => page.getByText('Won today').locator('..').innerText()).toContain('1');
  await card('Overdue').getByRole('checkbox').click();
  const next = page.getByRole('dialog', { name: 'What next?' });
  await next.getByRole('button', { name: /Call again/ }).click();
  await card('Overdue').waitFor({ state: 'hidden' });
  const planned = async () => (await ask('GET', `/tasks?when=upcoming&assignee=${id}`)).body.data;
  await expect.poll(planned).toMatchObject([{ name: 'Call again' }]);
});

test('the All link of a card opens exactly what the card counted', async () => {
  const { id, page, open } = await agent('Ann All');
  await fill(id);
  await ask('POST', '/leads', { name: 'Not hers' });
  const all = async (name: string, shown: string) => {
    await open('/my-day');
    await page.getByRole('region', { name }).getByRole('link', { name: /^All / }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/my-day'));
    await page.getByText(shown).first().waitFor();
    return decodeURIComponent(new URL(page.url()).search);
  };
  expect(await all('Overdue', 'Send the quote')).toBe('?due=overdue');
  await page.getByRole('button', { name: 'Clear Only overdue' }).click();
  await expect.poll(() => new URL(page.url()).search).toBe('');
  expect(await all('Waiting for a first reply', 'Jon Unplanned')).toMatch(/owner=me.*waiting=0|waiting=0.*owner=me/);
  expect(await all('No next step', 'Jon Unplanned')).toContain('next=none');
  await expect.poll(() => page.getByRole('row').filter({ hasText: 'Ida Waiting' }).count()).toBe(0);
  expect(await all('Closing this week', 'Roof')).toContain('closes_by=');
  expect(await axe(page)).toEqual([]);
});

test('changes by others appear without a reload', async () => {
  const { id, page, open } = await agent('Liv Live');
  await open('/my-day');
  await page.getByText('Nothing is waiting for you').waitFor();
  await ask('POST', '/tasks', { name: 'From elsewhere', assignee: id, due_at: fromNow(-HOUR) });
  await page.getByText('From elsewhere').waitFor();
});

test.each(looks)(
  'on a %s in %s the page is accessible, full and empty',
  async (size, theme) => {
    const { id, page, open, expectNoComplaints } = await agent(`Pat ${size} ${theme}`, { size, theme });
    await open('/my-day');
    await page.getByText('Nothing is waiting for you').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `my-day-none-${size}-${theme}`);
    await fill(id);
    await page.reload();
    await page.getByText('Send the quote').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `my-day-${size}-${theme}`);
    expectNoComplaints();
  },
  60_000,
);
