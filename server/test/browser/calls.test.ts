import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { axe, looks, openBrowser, picture } from '../browser.ts';
import { client, testWorld } from '../world.ts';

// A browser on a busy machine is slow.
vi.setConfig({ testTimeout: 90_000 });

const script = [
  '## Opening',
  'Good morning, is this {{first_name}}? This is {{agent}}. You asked us about {{purpose}}.',
  '- Yes -> Needs',
  '- Not now -> Call back',
  '## Needs',
  'What do you use at {{company_name}} today?',
].join('\n');

const world = await testWorld();
const { visit } = await openBrowser(world);
const ask = client(world, world.tokens.get('native'));
await world.query("UPDATE lead_types SET script = $1 WHERE name = 'Sales'", [script]);
await world.parts.changed(world.workspaceId);

beforeEach(async () => {
  for (const table of ['calls', 'agents', 'call_attempts']) await world.query(`DELETE FROM ${table}`);
});

let phones = 7_400_100_100;
const planned = async (first_name: string, more: object = {}) =>
  (
    await ask('POST', '/leads', {
      name: `${first_name} Menon`,
      first_name,
      phone: `0${phones++}`,
      company_name: 'Northwind Fibre',
      city: 'Leeds',
      country: 'GB',
      type: 'Sales',
      source: 'Website',
      call: {},
      ...more,
    })
  ).body;
const agent = async (name: string, role: 'agent' | 'manager' = 'agent') => {
  const id = await world.member({ name, role });
  return { id, cookie: await world.signIn(id) };
};
/** Starts calling with the keyboard. */
const begin = async (page: Page) => {
  await page.getByRole('button', { name: 'Start calling' }).press('Enter');
};
const waitForName = (page: Page, name: string) => page.getByRole('heading', { name, level: 2 }).waitFor();
/** An agent who has started calling and was given this lead. */
async function calling(name: string, lead: string) {
  const { id, cookie } = await agent(name);
  const screen = await visit({ cookie });
  await screen.open('/calls');
  await begin(screen.page);
  await waitForName(screen.page, `${lead} Menon`);
  return { id, ...screen };
}
const callOf = async (lead: { id: string }) => (await ask('GET', `/leads/${lead.id}/calls`)).body.data[0];
/** Ignores complaints about tel: links, which the test browser cannot open. */
const complaintsBesidesTel = (check: () => void) => {
  try {
    check();
  } catch (error) {
    if (!String(error).includes('tel:')) throw error;
  }
};

describe('a call', () => {
  test('can be handled by keyboard alone, through to the next lead', async () => {
    const first = await planned('Anjali');
    await planned('Rahul');
    const { page, expectNoComplaints } = await calling('Ajay Kumar', 'Anjali');
    await page.getByText('Ajay Kumar', { exact: true }).last().waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Interested', exact: true }).isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('timer').waitFor();
    await page.keyboard.press('n');
    await page.keyboard.type('Wants 100 Mbps.');
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await page.getByRole('button', { name: 'Tomorrow 10:00' }).click();
    await page.keyboard.press('Control+Enter');
    await page.getByText(/^Interested: status Contacted · next: Follow up/).waitFor();
    await waitForName(page, 'Rahul Menon');
    expect(await callOf(first)).toMatchObject({ state: 'dialled', outcome: 'Interested', note: 'Wants 100 Mbps.' });
    await page.getByText('1 call today').waitFor();
    complaintsBesidesTel(expectNoComplaints);
  });

  test('is postponed to a time shown in both time zones', async () => {
    const lead = await planned('Omar', { phone: '+919895912345' });
    const { cookie } = await agent('Beth');
    const { page, open } = await visit({ cookie });
    await open('/calls');
    await page.getByRole('button', { name: 'Start calling' }).click();
    await waitForName(page, 'Omar Menon');
    await page.getByText('Yes → Needs').click();
    await page.getByText('today?').waitFor();
    await page.getByRole('link', { name: /98959/ }).click();
    await page.getByText('Call back').first().waitFor();
    await page.getByRole('button', { name: 'Call back', exact: true }).click();
    await page.getByRole('button', { name: 'Tomorrow 10:00' }).click();
    await page.getByText('their time (').waitFor();
    await picture(page, 'calls-callback');
    await page.getByRole('button', { name: 'Save and next' }).click();
    await page.getByText(/Next callback .*Omar Menon/).waitFor();
    const call = await callOf(lead);
    expect(call).toMatchObject({ state: 'pending', callback: true });
    expect(new Date(call.due_at).toISOString()).toMatch(/T04:30:00/);
  });

  test('is skipped with a reason, and the next one follows', async () => {
    const lead = await planned('Sam');
    await planned('Tina');
    const { page } = await calling('Cleo', 'Sam');
    await page.keyboard.press('s');
    await page.getByRole('menuitem', { name: 'Number looks wrong' }).click();
    await waitForName(page, 'Tina Menon');
    expect(await callOf(lead)).toMatchObject({ state: 'pending', skips: 1 });
  });

  test('that was assigned to someone else says so and keeps what was typed', async () => {
    const lead = await planned('Yuki');
    const { id, page } = await calling('Dora', 'Yuki');
    await page.keyboard.press('n');
    await page.keyboard.type('Half a thought');
    await page.getByText('Draft saved').waitFor();
    await world.query("UPDATE calls SET claim_expires_at = now() - interval '1 second' WHERE member_id = $1", [id]);
    const other = client(world, { cookie: (await agent('Eve')).cookie });
    expect((await other('POST', '/calls/claim', {})).status).toBe(200);
    await page.getByText('Assigned to another agent').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'calls-lost');
    await page.getByRole('button', { name: 'Add note to lead' }).click();
    await page.getByText('Note added to the lead').waitFor();
    expect((await ask('GET', `/leads/${lead.id}/notes`)).body.data[0].text).toBe('Half a thought');
  });

  test('is saved as soon as the server can be reached again', { retry: 3 }, async () => {
    const lead = await planned('Ivan');
    const { page } = await calling('Finn', 'Ivan');
    await page.keyboard.press('Enter');
    await page.getByRole('timer').waitFor();
    await page.getByRole('button', { name: 'Interested', exact: true }).click();
    await page.getByRole('button', { name: 'No next step' }).click();
    await page.route('**/outcome', (route) => route.abort());
    await page.getByRole('button', { name: /Save and next/ }).click();
    await page.getByText('Not saved, retrying…').waitFor();
    await page.unroute('**/outcome');
    await expect.poll(async () => (await callOf(lead)).state, { timeout: 15_000 }).toBe('dialled');
  });
});

test('an agent who pauses gives a reason, returns the call and gets no other until they resume', async () => {
  const lead = await planned('Nora');
  const { page } = await calling('Gus', 'Nora');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('menuitem', { name: 'Lunch' }).click();
  await page.getByText('You are paused: Lunch').waitFor();
  expect((await callOf(lead)).state).toBe('pending');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Resume' }).click();
  await waitForName(page, 'Nora Menon');
});

test('two agents who start at once get different leads', async () => {
  await planned('Uma');
  await planned('Vera');
  const names = await Promise.all(
    ['Hal', 'Ina'].map(async (name) => {
      const { cookie } = await agent(name);
      const { page, open } = await visit({ cookie });
      await open('/calls');
      await begin(page);
      return page.getByRole('heading', { name: / Menon$/, level: 2 }).innerText();
    }),
  );
  expect(names.sort()).toEqual(['Uma Menon', 'Vera Menon']);
});

test('a supervisor sees the team and pauses an agent', async () => {
  await planned('Olga');
  const screen = await calling('Jo Calling', 'Olga');
  await screen.page.keyboard.press('Enter');
  await screen.page.getByRole('timer').waitFor();
  const { page, open } = await visit({ cookie: (await agent('Mia', 'manager')).cookie });
  await open('/calls/team');
  await page.getByRole('row', { name: /Jo Calling.*On a call.*Olga Menon/ }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'calls-team');
  await page.getByRole('button', { name: 'Pause Jo Calling' }).click();
  await screen.page.getByText('Paused: Paused by Mia').waitFor();
});

describe.each(looks)('on a %s in %s', (size, theme) => {
  test('every state is accessible', async () => {
    const look = `${size}-${theme}`;
    const { cookie } = await agent('Kim Looks', 'manager');
    const { page, open, expectNoComplaints } = await visit({ size, theme, cookie });
    await open('/calls');
    await page.getByText('You are offline').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `calls-offline-${look}`);
    await page.getByRole('button', { name: 'Start calling' }).click();
    await page.getByText('The queue is empty', { exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `calls-empty-${look}`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('menuitem', { name: 'Lunch' }).click();
    await page.getByText('You are paused: Lunch').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `calls-paused-${look}`);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('The queue is empty', { exact: true }).waitFor();
    await planned('Anjali');
    for (let i = 0; i < 25; i += 1) await planned(`Number ${i}`);
    await waitForName(page, 'Anjali Menon');
    expect(await axe(page)).toEqual([]);
    await picture(page, `calls-claimed-${look}`);
    await page.locator('a[href^="tel:"]').first().click();
    await page.getByRole('timer').waitFor();
    await page.getByRole('button', { name: 'Call back', exact: true }).click();
    await page.getByRole('button', { name: 'In 1 h' }).click();
    expect(await axe(page)).toEqual([]);
    await picture(page, `calls-talking-${look}`);
    complaintsBesidesTel(expectNoComplaints);
    await page.route('**/outcome', (route) => route.abort());
    await page.getByRole('button', { name: /Save and next/ }).click();
    await page.getByText('Not saved, retrying…').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `calls-unsaved-${look}`);
    await page.unroute('**/outcome');
    await page.getByText('Not saved, retrying…').waitFor({ state: 'hidden', timeout: 15_000 });
    // The next call is assigned only after the outcome of the last one is stored.
    const lose = `UPDATE calls SET claim_expires_at = now() - interval '1 second'
      WHERE state = 'claimed' AND claim_expires_at > now() RETURNING id`;
    await expect.poll(async () => (await world.query(lose)).length).toBeGreaterThan(0);
    const other = client(world, { cookie: (await agent('Eve')).cookie });
    expect((await other('POST', '/calls/claim', {})).status).toBe(200);
    await page.getByText('Assigned to another agent').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `calls-lost-${look}`);
  });
});
