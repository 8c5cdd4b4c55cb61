import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { client } from '../world.ts';
import { type Layer, screensWithLayers } from './every-layer.ts';
import { openScene } from './scene.ts';

const { world, cookie, ask, visit } = await openScene({ name: 'Wanda Walker', role: 'owner' });
const owner = client(world, { cookie });
const poll = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 3_000, interval: 50 });
/** A text that every field takes, also one for a date. */
const typed = '2031-02-03T04:05';

/** One of everything that a layer of the app belongs to. */
async function oneOfEach() {
  await owner('POST', '/tags', { name: 'Rooftop' });
  const lead = await ask('POST', '/leads', {
    name: 'Lena Layer',
    phone: '07700 900123',
    tags: ['Rooftop'],
    type: 'Sales',
    call: {},
  });
  expect(lead.body).toMatchObject({ name: 'Lena Layer' });
  const me = (await owner('GET', '/me')).body.member.id;
  await ask('POST', `/leads/${lead.body.id}/deals`, { name: 'Ten routers', amount: 900 });
  await owner('POST', `/leads/${lead.body.id}/notes`, { text: 'Asked for a router' });
  await owner('POST', '/tasks', { name: 'Order paper', assignee: me, due_at: new Date().toISOString() });
  await owner('POST', '/departments', { name: 'Support', member_ids: [] });
  await world.app.inject({
    method: 'POST',
    url: `/lead/add?key=${world.tokens.get('dialler')}`,
    headers: { 'content-type': 'application/json' },
    payload: '{"first_name":"Dora","surname":"Dial","mobile":"07840258811","email":"dora@example.com","type":"Sale"}',
  });
  await world.member({ name: 'Una Usual' });
  await owner('POST', '/members', { name: 'Ina Invited', email: 'ina@example.com', role: 'agent' });
  const webhook = await owner('POST', '/webhooks', { url: 'https://hooks.example.com/in', events: ['*'] });
  await ask('POST', '/leads', { name: 'Told About' });
  const tokens = await owner('GET', '/tokens');
  return { lead: lead.body.id, webhook: webhook.body.id, token: tokens.body.data[0].id };
}

const hasFocus = (element: Locator) => element.evaluate((node) => node.contains(document.activeElement));

/** Opens a layer by keyboard and closes it by Escape. */
async function walk(page: Page, { opener, layer, field, inner = [], leavesFocus }: Layer): Promise<void> {
  const [control, shown] = [opener(page), layer(page)];
  await control.focus();
  await page.keyboard.press('Enter');
  await shown.waitFor();
  await poll(() => hasFocus(leavesFocus ? control : shown)).toBe(true);
  for (const one of inner) await walk(page, one);
  if (field) await keepsText(page, shown, field(shown));
  else await page.keyboard.press('Escape');
  await shown.waitFor({ state: 'hidden' });
  await poll(() => control.evaluate((node) => node === document.activeElement)).toBe(true);
}

/** Escape asks before typed text is lost; Escape again keeps it. */
async function keepsText(page: Page, shown: Locator, field: Locator): Promise<void> {
  const question = page.getByRole('dialog', { name: /^Discard / });
  await field.fill(typed);
  await page.keyboard.press('Escape');
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
  expect(await shown.isVisible()).toBe(true);
  expect(await field.inputValue()).toBe(typed);
  await poll(() => hasFocus(shown)).toBe(true);
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Discard' }).click();
}

/** Whoever leaves a screen is asked before what they typed there is lost. */
async function asksBeforeLeaving(page: Page, field: Locator): Promise<void> {
  const question = page.getByRole('dialog', { name: /^Discard / });
  await field.fill('2031');
  await page.getByRole('link', { name: 'Pipeline', exact: true }).click();
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
  expect(await field.inputValue()).toBe('2031');
  await page.getByRole('link', { name: 'Pipeline', exact: true }).click();
  await question.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('heading', { name: 'Pipeline', level: 1 }).waitFor();
}

/** How long a layer may take to open or close, in ms; a screen may take longer to load. */
const PATIENCE = 5_000;
const LOADING = 20_000;

test('on every screen, Escape closes one layer, the focus returns, and typed text is asked about', async () => {
  const { page, open } = await visit({ cookie });
  const faults: string[] = [];
  const show = async (path: string) => {
    page.setDefaultTimeout(LOADING);
    await open(path);
    page.setDefaultTimeout(PATIENCE);
  };
  for (const { path, begin, layers, field } of screensWithLayers(await oneOfEach())) {
    await show(path);
    const attempt = async (what: string, run: () => Promise<void>) => {
      try {
        await run();
      } catch (error) {
        faults.push(`${path}, ${what}: ${error} ${(error as Error).stack}`);
        await show(path);
      }
    };
    await attempt('beginning', async () => begin?.(page));
    for (const layer of layers) await attempt(`${layer.opener(page)}`, () => walk(page, layer));
    if (field) await attempt(`${field(page)}`, () => asksBeforeLeaving(page, field(page)));
  }
  expect(faults).toEqual([]);
}, 300_000);
