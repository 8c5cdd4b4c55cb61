import type { Page } from 'playwright-core';
import { beforeAll, expect, test, vi } from 'vitest';
import { openBrowser } from '../browser.ts';
import { hostileTexts } from '../hostile.ts';
import { client, testWorld } from '../world.ts';

vi.setConfig({ testTimeout: 240_000 });

const world = await testWorld();
const cookie = await world.signIn(world.ownerId);
const ask = client(world, { cookie });
const { visit } = await openBrowser(world);

let turn = 0;
/** The next hostile text. `named` puts a number before it to make names differ. */
const evil = () => hostileTexts[turn++ % hostileTexts.length] as string;
const named = () => `${turn} ${evil()}`;

const made = async (path: string, body: object) => {
  const reply = await ask('POST', path, body);
  if (reply.status > 202) throw new Error(`${path} ${JSON.stringify(body)}: ${reply.text}`);
  return reply.body;
};

beforeAll(async () => {
  for (const kind of ['lost_reason', 'category', 'product', 'task_category', 'deal_stage'])
    for (let at = 0; at < 3; at += 1) await made(`/reference/${kind}`, { name: named(), description: evil() });
  for (const path of ['/statuses', '/sources', '/departments'])
    for (let at = 0; at < 4; at += 1) await made(path, { name: named(), description: evil() });
  await made('/lead-types', { name: named(), description: evil(), script: `## ${evil()}\n${evil()} {{first_name}}` });
  await made('/call-outcomes', { name: named(), meaning: 'done' });
  await made('/custom-fields', { name: named() });
  for (const dialect of ['native', 'getlead', 'dialler']) await made('/tokens', { name: named(), dialect });
  await made('/members', { name: named(), email: 'evil@example.com', role: 'agent' });
  await made('/views', { name: named().slice(0, 60), query: 'state=open', audience: 'all' });
  await ask('PATCH', '/workspace', { name: evil() });
  await ask('PATCH', '/me', { name: evil() });
  await bringLeads();
  await sendRequests();
}, 120_000);

async function bringLeads() {
  const [status, source, department, type] = await Promise.all(
    ['/statuses', '/sources', '/departments', '/lead-types'].map(
      async (path) => (await ask('GET', path)).body.data.at(-1).id,
    ),
  );
  for (let at = 0; at < hostileTexts.length; at += 1) {
    const lead = await made('/leads', {
      name: evil(),
      first_name: evil(),
      last_name: evil(),
      company_name: evil(),
      job_title: evil(),
      industry: evil(),
      address: evil(),
      city: evil(),
      website: evil(),
      description: evil(),
      purpose: evil(),
      utm_source: evil(),
      note: evil(),
      custom: { [`Field ${at % 5}`]: evil() },
      phone: `0770090${String(1000 + at)}`,
      ...(at % 2 && { status, source, department }),
      ...(at % 3 === 0 && { type, call: {} }),
    });
    await made(`/leads/${lead.id}/notes`, { text: evil() });
    if (at % 3 === 0) await made(`/leads/${lead.id}/deals`, { name: evil(), amount: 12 });
    if (at % 3 === 1)
      await made('/tasks', { name: evil(), description: evil(), lead_id: lead.id, due_at: new Date().toISOString() });
  }
}

/** Sends requests, some of them refused, with hostile texts in fields and user agent; the app shows them all. */
async function sendRequests() {
  for (const text of hostileTexts) {
    const encoded = encodeURIComponent(text);
    await world.app.inject({
      method: 'POST',
      url: `/api/gl-website-contacts?token=${world.tokens.get('getlead')}&name=${encoded}&countrycode=${encoded}&mobileno=1&source=${encoded}`,
      headers: {
        'user-agent': Buffer.from(text)
          .toString('latin1')
          .replace(/[^ -~]/g, '?'),
      },
    });
    await world.app.inject({
      method: 'POST',
      url: `/lead/add?key=${world.tokens.get('dialler')}`,
      payload: { first_name: text, mobile: '07840258823', type: text, data: JSON.stringify({ [text]: text }) },
    });
  }
}

const screens = [
  ...[
    '/leads',
    '/pipeline',
    '/pipeline?board=deals',
    '/tasks',
    '/deals',
    '/my-day',
    '/reports',
    '/calls',
    '/calls/team',
  ],
  ...['/intake', '/intake/rules', '/connections', '/account'],
  ...[
    'statuses',
    'lead-types',
    'departments',
    'sources',
    'categories',
    'lost-reasons',
    'task-categories',
    'deal-stages',
  ]
    .concat('call-outcomes', 'custom-fields', 'workspace', 'members', 'audit-log', 'system')
    .map((page) => `/settings/${page}`),
];

test('whatever people and senders wrote appears on every screen only as text', async () => {
  const { page, open, goTo, expectNoComplaints } = await visit({ cookie });
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const leads = (await ask('GET', '/leads?limit=200')).body.data;
  const requests = (await ask('GET', '/submissions?limit=200')).body.data;
  const tokens = (await ask('GET', '/tokens')).body.data;
  await open('/account');
  for (const path of [
    ...screens,
    ...leads.slice(0, 6).flatMap(({ id }: { id: string }) => [`/leads?lead=${id}`, `/leads/${id}`]),
    ...requests.slice(0, 6).map(({ id }: { id: string }) => `/intake?open=${id}`),
    ...tokens.slice(-3).map(({ id }: { id: string }) => `/connections/${id}`),
  ]) {
    await goTo(path);
    expect(await harm(page), path).toEqual([]);
  }
  await page.keyboard.press('Control+k');
  await page.getByPlaceholder(/Search leads/).fill('evil');
  await page.getByRole('dialog').getByText(/evil/).first().waitFor();
  expect(await harm(page), 'the palette').toEqual([]);
  expect(dialogs).toEqual([]);
  expectNoComplaints();
});

/** Elements and URLs that none of our pages has, so they must have come from a hostile text. */
async function harm(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const address =
          element.getAttribute('href') ?? element.getAttribute('action') ?? element.getAttribute('src') ?? '';
        const isHandled = element.getAttributeNames().some((name) => name.startsWith('on'));
        const isAlien = element.matches('iframe, object, embed, base, math, img[src="x"], meta[http-equiv="refresh"]');
        return isHandled || isAlien || /^\s*(javascript|data:text)|evil\.example/i.test(address);
      })
      .map((element) => element.outerHTML.slice(0, 200)),
  );
}
