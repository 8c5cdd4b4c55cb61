import { expect, test, vi } from 'vitest';
import { revokeToken } from '../../src/workspaces/tokens/token-store.ts';
import { axe, openBrowser, picture } from '../browser.ts';
import { client, testWorld } from '../world.ts';

vi.setConfig({ testTimeout: 90_000 });
const world = await testWorld({ limits: { sources_by_requests: 2, turned_away_of_token: 1 } });
const { visit } = await openBrowser(world);

let phones = 7_700_900_000;
async function send(source: string): Promise<void> {
  phones += 1;
  const query = new URLSearchParams({
    token: world.tokens.get('getlead') ?? '',
    name: 'Ann Lee',
    countrycode: '44',
    mobileno: String(phones),
    source,
  });
  const reply = await world.app.inject({ method: 'POST', url: `/api/gl-website-contacts?${query}` });
  expect(reply.body).toContain('Lead Added Successfully.');
}

test('an administrator approves, merges and removes new names from requests', async () => {
  for (const source of [
    'Spring fair',
    'Site',
    'Webseite',
    'Radio',
    'x9',
    'A very long name of a campaign that somebody made',
  ])
    await send(source);
  const cookie = await world.signIn(world.ownerId);
  const owner = client(world, { cookie });
  const { page, open, expectNoComplaints } = await visit({ cookie });
  await open('/settings/sources');
  const card = page.getByRole('region', { name: 'New names from requests' });
  await card.getByText('Webseite').waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'new-names');
  await card.getByRole('button', { name: 'Approve Radio' }).click();
  await page.getByText('Approved Radio').waitFor();
  await card.getByRole('button', { name: 'Merge Webseite' }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge “Webseite”' });
  await dialog.getByLabel('Merge into').click();
  await page.getByRole('option', { name: 'Website' }).click();
  await picture(page, 'new-names-merge');
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await page.getByText('Webseite now means Website').waitFor();
  await card.getByRole('button', { name: 'Remove x9' }).click();
  await card.getByText('x9').waitFor({ state: 'detached' });
  await world.parts.jobs.runDue();
  const sources = (await owner('GET', '/leads')).body.data.map(({ source }: { source: string | null }) => source);
  expect(sources.sort()).toEqual(['Radio', 'Site', 'Spring fair', 'Website', null, null]);
  const lead = (await owner('GET', '/leads')).body.data[0];
  await open(`/leads/${lead.id}`);
  await page.getByText(/The source A very long name .* is waiting for approval/).waitFor();
  await picture(page, 'new-names-lead');
  expectNoComplaints();
});

test('on a phone, new names can be handled too', async () => {
  for (const source of ['Leaflet', 'Poster', 'Letter']) await send(source);
  const { page, open, expectNoComplaints } = await visit({
    cookie: await world.signIn(world.ownerId),
    size: 'phone',
    theme: 'dark',
  });
  await open('/settings/sources');
  await page.getByRole('button', { name: 'Approve Poster' }).waitFor();
  expect(await axe(page)).toEqual([]);
  await picture(page, 'new-names-phone');
  await page.getByRole('button', { name: /Remove all waiting names/ }).click();
  await page.getByRole('button', { name: 'Approve Poster' }).waitFor({ state: 'detached' });
  expectNoComplaints();
});

test('the journal says how many requests it counted but did not keep', async () => {
  const secret = await world.token('overplane', { name: 'Old form' });
  const [token] = await world.query<{ id: string }>("SELECT id FROM tokens WHERE name = 'Old form'");
  await world.database.tx(world.workspaceId, (tx) => revokeToken(tx, token?.id ?? ''));
  await world.parts.changed(world.workspaceId);
  for (let sent = 0; sent < 4; sent += 1)
    await world.app.inject({
      method: 'POST',
      url: '/api/crm/lead',
      headers: { authorization: `Bearer ${secret}` },
      payload: { first_name: 'Ann' },
    });
  for (const size of ['desktop', 'phone'] as const) {
    const { page, open, expectNoComplaints } = await visit({ cookie: await world.signIn(world.ownerId), size });
    await open('/intake');
    await page.getByText('3 more requests of the revoked token Old form were counted, not kept.').waitFor();
    expect(await axe(page)).toEqual([]);
    await picture(page, `not-kept-${size}`);
    expectNoComplaints();
  }
});

test('an existing field with another spelling is pointed out', async () => {
  const cookie = await world.signIn(world.ownerId);
  await client(world, { cookie })('POST', '/custom-fields', { name: 'Roof size' });
  const { page, open } = await visit({ cookie });
  await open('/settings/custom-fields');
  await page.getByRole('button', { name: 'New field' }).click();
  await page.getByLabel('Name', { exact: true }).fill('roof-sizes');
  await page.getByText('Similar to Roof size. Use that instead?').waitFor();
});
