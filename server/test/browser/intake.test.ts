import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { axe, looks, openBrowser, picture } from '../browser.ts';
import { client, testWorld } from '../world.ts';
import { refused } from './refused-requests.ts';

const folder = process.env['SCREENSHOTS'];
if (folder) mkdirSync(folder, { recursive: true });

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const { visit } = await openBrowser(world);
const cookie = await world.signIn(world.ownerId);

const token = (dialect: string) => world.tokens.get(dialect) ?? '';
const json = { 'content-type': 'application/json' };

async function send({ dialect, send: { url, method, ...more } }: (typeof refused)[number]): Promise<string> {
  await world.app.inject({
    method,
    url: url.replace('{}', token(dialect)),
    headers: { ...('body' in more && json), authorization: `Bearer ${token(dialect)}`, 'user-agent': 'partner/1.0' },
    ...('body' in more && { payload: more.body.replace('{}', token(dialect)) }),
  });
  return (await ask('GET', `/submissions?dialect=${dialect}&limit=1`)).body.data[0].id;
}

const drawer = (page: Page) => page.getByRole('complementary', { name: 'Request', exact: true });

describe('a refused request', () => {
  test.each(refused)('of $dialect is found, shows its error and is corrected into a lead', async (one) => {
    await send(one);
    const { page, open, expectNoComplaints } = await visit({ cookie });
    await open('/intake');
    await page.getByRole('radio', { name: /^Refused/ }).click();
    await page.getByLabel('Via').selectOption({ label: one.title });
    await page.getByRole('row').nth(1).click();
    const faults = drawer(page).getByRole('region', { name: 'Errors' });
    await faults.getByText(one.field, { exact: false }).first().waitFor();
    await drawer(page)
      .getByText(/Would be refused/)
      .waitFor();
    await one.editRequest(page);
    await drawer(page).getByText(`Would create ${one.lead}.`).waitFor();
    await picture(page, `intake-mended-${one.dialect}`);
    await page.getByRole('button', { name: 'Fix and replay', exact: true }).click();
    await page.getByText(`Accepted: ${one.lead}, new lead`).waitFor();
    await drawer(page).getByRole('link', { name: one.lead }).waitFor();
    expect(await drawer(page).getByRole('region', { name: 'Errors' }).count()).toBe(0);
    expectNoComplaints();
  });

  test('can be corrected by keyboard alone', async () => {
    await send({
      ...refused[3],
      send: {
        ...refused[3].send,
        body: refused[3].send.body
          .replace('07840258811', '07840258815')
          .replace('dora@', 'kay@')
          .replace('Dora', 'Kay'),
      },
    } as never);
    const { page, open } = await visit({ cookie });
    await open('/intake?outcome=refused');
    await page.getByRole('row').nth(1).focus();
    await page.keyboard.press('Enter');
    await drawer(page)
      .getByText(/Would be refused/)
      .waitFor();
    const area = page.getByLabel('Body of the request');
    for (let tabs = 0; tabs < 30 && !(await area.evaluate((node) => node.matches(':focus'))); tabs += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(
      '{"first_name":"Kay","surname":"Board","mobile":"07840258815","email":"kay@example.com","type":"Sales"}',
    );
    await drawer(page).getByText('Would create Kay Board.').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Accepted: Kay Board, new lead').waitFor();
    await page.keyboard.press('Escape');
    await drawer(page).waitFor({ state: 'detached' });
  });

  test('can be dismissed and restored, and copied as curl without its secret', async () => {
    await send({
      ...refused[3],
      send: { ...refused[3].send, body: '{"first_name":"Aside","type":"Aside type"}' },
    } as never);
    const { page, open } = await visit({ cookie });
    await open('/intake?outcome=refused');
    await page.getByRole('row').nth(1).click();
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText(/Copied as curl/).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain('YOUR_TOKEN');
    expect(copied).not.toContain(token('dialler'));
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('Dismissed', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await page.getByRole('button', { name: 'Dismiss' }).waitFor();
  });
});

describe('many refused requests', () => {
  beforeAll(async () => {
    await ask('POST', '/lead-types', { name: 'Motor trade' });
    for (let at = 0; at < 41; at += 1)
      await world.app.inject({
        method: 'POST',
        url: `/lead/add?key=${token('dialler')}`,
        headers: json,
        payload: JSON.stringify({
          first_name: `Motor${at}`,
          surname: 'Trader',
          mobile: `078402591${String(at).padStart(2, '0')}`,
          email: `motor${at}@example.com`,
          type: 'motor-trad',
        }),
      });
  });

  test('are grouped by equal errors, and all 41 are corrected and replayed in one go', async () => {
    const { page, open, expectNoComplaints } = await visit({ cookie });
    await open('/intake');
    await page.getByRole('switch', { name: 'Group by error' }).check();
    const group = page.getByRole('listitem').filter({ hasText: 'motor-trad' });
    await group.getByText(/41 times/).waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'intake-groups');
    await group.getByRole('button', { name: 'Fix and replay 41…' }).click();
    const edited = page.getByLabel('Replace “motor-trad” with');
    await edited.waitFor();
    await expect.poll(() => edited.inputValue()).toBe('Motor trade');
    expect(await axe(page)).toEqual([]);
    await picture(page, 'intake-replay-dialog');
    await page.getByRole('button', { name: 'Apply and replay 41' }).click();
    await page.getByText('41 accepted').waitFor({ timeout: 30_000 });
    await page.getByRole('list', { name: 'Results' }).getByText('Motor0 Trader, new lead').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, 'intake-job');
    expect((await ask('GET', '/submissions/groups')).text).not.toContain('motor-trad');
    await page.reload();
    await page.getByText('41 accepted').waitFor();
    expectNoComplaints();
  }, 60_000);
});

test('requests that arrive while the list is open wait behind a button', async () => {
  const { page, open } = await visit({ cookie });
  await open('/intake');
  await page.getByRole('row').nth(1).waitFor();
  const before = await page.getByRole('row').nth(1).textContent();
  await send({ ...refused[4], send: { ...refused[4].send, body: '{"first_name":"Late"}' } } as never);
  await page.getByRole('button', { name: '1 new request · Show' }).click({ timeout: 15_000 });
  await page.getByRole('row').nth(1).filter({ hasText: 'Late' }).waitFor();
  expect(before).not.toContain('Late');
});

test('filters are kept in the URL, and a search by phone finds the requests of its lead', async () => {
  const { page, open } = await visit({ cookie });
  await open('/intake?dialect=dialler&days=7');
  await expect.poll(() => page.getByLabel('Via').inputValue()).toBe('dialler');
  await page.keyboard.press('/');
  await page.keyboard.type('07840 258811');
  await page.keyboard.press('Enter');
  await page.getByRole('row').filter({ hasText: 'Dora Dial' }).first().waitFor();
  expect(new URL(page.url()).searchParams.get('phone')).toBe('07840 258811');
  await page.getByRole('button', { name: 'Remove Phone: 07840 258811' }).click();
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByLabel('Error code').fill('bad_digits');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('No requests match').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'intake-no-match');
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await page.getByRole('row').nth(1).waitFor();
});

test.each(looks)('on a %s in %s the list and a request are accessible', async (size, theme) => {
  const id = await send({
    ...refused[3],
    send: { ...refused[3].send, body: '{"first_name":"Look","mobile":"12","email":"nowhere","type":"Sale"}' },
  } as never);
  await send(refused[0]);
  const { page, open, expectNoComplaints } = await visit({ size, theme, cookie });
  await open('/intake');
  await page.getByRole('row').nth(1).waitFor();
  await page.getByRole('radio', { name: /^Refused/ }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, `intake-${size}-${theme}`);
  await open(`/intake?open=${id}`);
  await drawer(page)
    .getByText(/Would be refused/)
    .waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, `intake-request-${size}-${theme}`);
  const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
  expect(wide).toBe(false);
  expectNoComplaints();
});

test('the page says when there are no requests, and when the server cannot be reached', async () => {
  const home = await world.anotherHome('empty');
  const { page, open } = await visit({ cookie: await world.signIn(home.ownerId, home.workspaceId) });
  await open('/intake');
  await page.getByText('No requests yet').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'intake-empty');
  await page.route('**/v1/submissions?**', (route) => route.abort());
  await page.getByLabel('Time').selectOption('7');
  await page.getByText('Could not load the requests.').waitFor({ timeout: 15_000 });
  expect(await axe(page)).toEqual([]);
  await picture(page, 'intake-error');
});
