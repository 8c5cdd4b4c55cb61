import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { axe, openBrowser, picture } from '../browser.ts';
import { client, testWorld, type World } from '../world.ts';

let world: World;
let visit: Awaited<ReturnType<typeof openBrowser>>['visit'];
let owner = '';

beforeAll(async () => {
  world = await testWorld();
  const browser = await openBrowser(world);
  visit = async (options) => {
    const screen = await browser.visit(options);
    onTestFinished(() => screen.context.close());
    return screen;
  };
  owner = await world.signIn(world.ownerId);
}, 400_000);

describe.each([
  ['desktop', 'light'],
  ['phone', 'dark'],
] as const)('on a %s in %s', (size, theme) => {
  test('an owner finds a person, erases them after typing the email, and sees the certificate', async () => {
    const ask = client(world, { cookie: owner });
    const email = `petra@${size}.example`;
    const phone = size === 'phone' ? '07700 900321' : '07700 900322';
    const { body: lead } = await ask('POST', '/leads', { name: 'Petra Private', email, phone });
    await ask('POST', `/leads/${lead.id}/notes`, { text: 'Wants a call' });
    const { page, open, expectNoComplaints } = await visit({ size, theme, cookie: owner });
    await open('/settings/privacy');
    await page.getByText('Nobody was erased').or(page.getByLabel('Certificates')).first().waitFor();
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Find' }).click();
    await page
      .getByRole('link', { name: /Petra Private/ })
      .first()
      .waitFor();
    await picture(page, `privacy-found-${size}-${theme}`);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Erase this person…' }).click();
    const erase = page.getByRole('button', { name: 'Erase', exact: true });
    expect(await erase.isDisabled()).toBe(true);
    await page.getByLabel(/to confirm/).fill(email);
    await picture(page, `privacy-confirm-${size}-${theme}`);
    await erase.click();
    await page.getByLabel('Certificates').getByText('Done').first().waitFor();
    await picture(page, `privacy-erased-${size}-${theme}`);
    expect(await axe(page)).toEqual([]);
    expect((await ask('GET', `/leads/${lead.id}`)).status).toBe(404);
    expectNoComplaints();
  }, 240_000);
});
