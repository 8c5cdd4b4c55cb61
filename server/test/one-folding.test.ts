import { describe, expect, test } from 'vitest';
import { client, testWorld } from './world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const getlead = (parameters: Record<string, string>) =>
  world.app.inject({
    method: 'POST',
    url: `/api/gl-website-contacts?token=${world.tokens.get('getlead')}`,
    payload: parameters,
  });
const ispcrm = (payload: object) =>
  world.app.inject({
    method: 'POST',
    url: '/api/v1/subscriber/CreateLead',
    headers: { authorization: `Bearer ${world.tokens.get('ispcrm')}` },
    payload,
  });
const idsFor = async (query: string) =>
  (await ask('GET', `/leads?${query}`)).body.data.map((one: { id: string }) => one.id);
const search = (text: string) => idsFor(`q=${encodeURIComponent(text)}`);

describe('a lead is found by its name', () => {
  test.each([
    ['in Greek capitals', 'ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ', ['ΓΙΩΡΓΟΣ ΠΑΠΑΔΟΠΟΥΛΟΣ', 'γιωργος παπαδοπουλος', 'ΠΑΠΑΔΟΠΟΥΛΟΣ']],
    ['with a Turkish capital', 'İbrahim Işıktaş', ['İbrahim Işıktaş', 'ibrahim ışıktaş', 'IBRAHIM IŞIKTAŞ']],
    ['decomposed', 'Hiếu Nguyễn'.normalize('NFD'), ['Hiếu Nguyễn', 'Hiếu Nguyễn'.normalize('NFD'), 'HIẾU']],
    ['with two blanks', 'Petra  Doppelt', ['Petra  Doppelt', 'petra doppelt']],
    ['with a no-break space', 'Nadia\u00a0Hart', ['Nadia\u00a0Hart', 'nadia hart', 'Nadia \u2009Hart']],
    ['in full width', 'Ｙｕｋｉ Ｔａｎａｋａ', ['Ｙｕｋｉ Ｔａｎａｋａ', 'yuki tanaka']],
    ['with a ligature', 'ﬁona Griﬃn', ['ﬁona', 'fiona griffin', 'GRIFFIN']],
    ['with marks that nobody sees', 'Zo\u200be \u202aBlack\u202c\ufe0f', ['zoe black', 'Zo\u200be']],
    ['with sharp s', 'Jörg Weißmann', ['WEISSMANN', 'weißmann', 'JÖRG']],
  ])('%s', async (_, name, asked) => {
    const { id } = (await ask('POST', '/leads', { name })).body;
    // The search must find the lead both before and after it is indexed.
    for (const text of asked) expect(await search(text), text).toEqual([id]);
    await world.parts.indexer.run();
    for (const text of asked) expect(await search(text), text).toEqual([id]);
  });

  test('and so are its deals', async () => {
    const { id } = (await ask('POST', '/leads', { name: 'ΜΑΡΙΟΣ' })).body;
    const deal = (await ask('POST', `/leads/${id}/deals`, { name: 'ΟΡΟΦΟΣ' })).body;
    for (const text of ['οροφος', 'ΟΡΟΦΟΣ', 'μαριος'])
      expect((await ask('GET', `/deals?q=${encodeURIComponent(text)}`)).body.data).toMatchObject([{ id: deal.id }]);
  });
});

describe('an email address', () => {
  test.each([
    ['a mark of direction', 'dir@example.com', '\u200edir@example.com'],
    ['an embedding', 'emb@example.com', '\u202aemb@example.com\u202c'],
    ['a soft hyphen', 'soft@example.com', 'so\u00adft@example.com'],
    ['a variation selector', 'sel@example.com', 'sel@example.com\ufe0f'],
    ['punycode', 'info@müller-shop.de', 'INFO@xn--mller-shop-9db.de'],
  ])('with %s identifies the same person', async (_, first, second) => {
    for (const email of [first, second]) await ispcrm({ name: 'One', email, phone: 'none' });
    for (const email of [first, second])
      expect((await ask('GET', `/leads?email=${encodeURIComponent(email)}`)).body.data).toMatchObject([
        { touch_count: 2 },
      ]);
  });
});

describe('a name in another spelling', () => {
  test('finds the same source or status', async () => {
    const lead = { name: 'S', countrycode: '44' };
    await getlead({ ...lead, mobileno: '07840200001', source: 'Google Ads', status: 'Ποιοτικός' });
    await getlead({ ...lead, mobileno: '07840200002', source: 'Google\u200b Ads', status: 'ΠΟΙΟΤΙΚΌΣ' });
    await getlead({
      ...lead,
      mobileno: '07840200003',
      source: 'Goo\u00adgle\u00a0\u00a0ADS\ufe0f',
      status: 'Ποιοτικός',
    });
    const names = async (path: string) => (await ask('GET', path)).body.data.map((one: { name: string }) => one.name);
    expect((await names('/sources')).filter((name: string) => /oo/.test(name))).toEqual(['Google Ads']);
    expect((await names('/statuses')).filter((name: string) => /ΠΟΙΟΤΙΚ/i.test(name))).toEqual(['Ποιοτικός']);
    expect(await idsFor('source=GOOGLE%E2%80%8B%20ads')).toHaveLength(3);
  });

  test('finds the same custom field', async () => {
    const lead = { name: 'C', countrycode: '44', mobileno: '07840200004', source: 'Web' };
    await getlead({ ...lead, Budget: '5', Größe: 'XL' });
    await getlead({ ...lead, 'Bud\u200bget': '6', ['GRÖSSE'.normalize('NFD')]: 'L' });
    expect((await ask('GET', '/leads?phone=07840200004')).body.data[0].custom).toEqual({ Budget: '6', Größe: 'L' });
    expect(await idsFor('custom=Gr%C3%B6%C3%9Fe%3Dl%E2%80%8B')).toHaveLength(1);
  });
});
