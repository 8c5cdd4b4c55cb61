import { expect, test } from 'vitest';
import { axe, looks, picture } from '../browser.ts';
import { client } from '../world.ts';
import { openScene } from './scene.ts';

const { world, cookie, visit } = await openScene({ name: 'Ada Admin', role: 'admin' });
const ask = client(world, { cookie });

/** Another request through the same API, which must not be taken for the pasted one. */
const addOther = () =>
  world.app.inject({
    method: 'POST',
    url: `/lead/add?key=${world.tokens.get('dialler')}`,
    headers: { 'content-type': 'application/json' },
    payload: '{"first_name":"Otto","surname":"Other","mobile":"07840258812","email":"o@example.com","type":"Sales"}',
  });

test('a curl command copied from elsewhere is sent to this server with a new token, and its lead is shown', async () => {
  const { page, open } = await visit({ cookie });
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await open('/leads');
  await page.getByRole('link', { name: 'Paste a curl command' }).click();
  const dialog = page.getByRole('dialog', { name: 'Paste a request' });
  const box = dialog.getByLabel('A curl command, or the body of a request');
  await box.fill('curl -F photo=@me.png https://crm.example.com/lead/add');
  await dialog.getByText('The option -F is not supported.').waitFor();
  await box.fill(`curl -X POST 'https://crm.example.com/lead/add?key=0f9d2c' -H 'Content-Type: application/json' \\
    -d '{"first_name":"Dora","surname":"Dial","mobile":"07840258811","email":"dora@example.com","type":"Sales"}'`);
  await dialog.getByText('Comunik8 dialler: POST /lead/add').waitFor();
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.getByText('This server does not recognise the token.').waitFor();
  await dialog.getByLabel('Token').selectOption('new');
  await page.route('**/lead/add*', async (route) => {
    const response = await route.fetch();
    await addOther();
    await route.fulfill({ response });
  });
  await dialog.getByRole('button', { name: 'Send again' }).click();
  await dialog.getByText('Answered with 200').waitFor();
  expect((await ask('GET', '/leads')).body.data).toMatchObject([{ name: 'Otto Other' }, { name: 'Dora Dial' }]);
  await dialog.getByRole('link', { name: 'Dora Dial' }).click();
  await page.getByRole('heading', { name: 'Dora Dial', level: 1 }).waitFor();
  expect([...hosts]).toEqual([new URL(page.url()).host]);
});

test.each(looks)('on a %s in %s a pasted body is accessible, and its API is recognised', async (size, theme) => {
  const { page, open } = await visit({ cookie, size, theme });
  await open('/leads?paste=1');
  const dialog = page.getByRole('dialog', { name: 'Paste a request' });
  await dialog.getByLabel('A curl command, or the body of a request').fill('countrycode=91&mobileno=98765&source=Web');
  await dialog.getByText('Getlead CRM (GL Connect): POST /api/gl-website-contacts').waitFor();
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.getByText(/^Answered with/).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, `paste-request-${size}-${theme}`);
});
