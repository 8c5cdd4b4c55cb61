import { afterAll, describe, expect, test } from 'vitest';
import { axe, looks, openBrowser, picture } from '../browser.ts';
import { openReceiver, status, toThisMachine } from '../receiver.ts';
import { client, testWorld } from '../world.ts';

const world = await testWorld({ egress: toThisMachine, webhookRetrySeconds: [0, 0, 600] });
const receiver = await openReceiver();
const { visit } = await openBrowser(world);
const owner = await world.signIn(world.ownerId);
const ask = client(world, { cookie: owner });
afterAll(() => receiver.close());

describe.each(looks)('on a %s in %s', (size, theme) => {
  test('a webhook is created, tested, inspected and disabled, and then gets what was held', async () => {
    receiver.reset();
    for (const { id } of (await ask('GET', '/webhooks')).body.data) await ask('DELETE', `/webhooks/${id}`);
    const { page, open, expectNoComplaints } = await visit({ size, theme, cookie: owner });
    const look = (name: string) => picture(page, `webhooks-${name}-${size}-${theme}`);
    const check = async (name: string) => {
      await look(name);
      expect(await axe(page)).toEqual([]);
    };
    await open('/settings/webhooks');
    await page.getByText('No webhooks').waitFor();
    await look('none');
    await page.getByRole('button', { name: 'New webhook' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('URL').fill(`${receiver.url}/erp`);
    await form.getByLabel('Description').fill('Our ERP');
    await form.getByRole('radio', { name: 'Only these types' }).click();
    for (const name of ['Leads: select all', 'Notes: select all']) await form.getByLabel(name).check();
    await check('form');
    await form.getByRole('button', { name: 'Create webhook' }).click();
    const secret = await page.getByRole('region', { name: 'Secret', exact: true }).textContent();
    expect(secret).toMatch(/^whsec_/);
    await look('secret');
    await page.getByRole('button', { name: 'Copy secret' }).click();
    await page.getByRole('button', { name: 'I have saved it' }).click();
    await page.getByRole('link', { name: /Our ERP/ }).click();

    receiver.answering = status(500, {}, 'Out of order');
    await page.getByRole('button', { name: 'Send test' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Out of order').waitFor();
    await dialog.getByRole('list', { name: 'Attempts' }).waitFor();
    await check('delivery');
    receiver.answering = status(200, {}, 'Thanks');
    await dialog.getByRole('button', { name: 'Send again' }).click();
    await dialog.getByText('Thanks').waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await page.getByRole('region', { name: 'Disabled' }).scrollIntoViewIfNeeded();
    await ask('POST', '/leads', { name: 'Ann Lead' });
    await page.getByText('1 event is held; none are lost.').waitFor();
    await look('disabled');
    await page.getByRole('button', { name: 'Enable', exact: true }).click();
    await dialog.getByRole('button', { name: 'Replay' }).click();
    await expect.poll(() => receiver.received.at(-1)?.body.type).toBe('lead.created');
    await dialog.getByText('Done').waitFor();
    await look('replayed');
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await page.getByRole('radio', { name: 'Delivered' }).click();
    await page.getByRole('list', { name: 'Delivery log' }).getByText('lead.created').waitFor();
    await page.getByRole('radio', { name: 'PHP' }).click();
    await page.getByText('hash_equals').waitFor();
    await check('page');
    await open('/settings/webhooks');
    await page.getByText('healthy').waitFor();
    await check('list');
    expectNoComplaints();
  }, 240_000);
});
