import { expect, test } from 'vitest';
import { rowsOf } from '../rows-of.ts';
import { testWorld } from '../world.ts';
import { senders } from './senders.ts';

const world = await testWorld();
const { isp, dialler, getlead, newest, count, ask } = await senders(world);

test.each(
  rowsOf(`
    a number that a spreadsheet took for an amount | 7911123456.0 | +447911123456
    an international one from a spreadsheet | 447840258823.0 | +447840258823
    one of another country | 919876500010.0 | +919876500010
    a number after a note with digits | call after 6pm 07840258824 | +447840258824
    a number before a note with digits | 07840 258825 (after 6pm) | +447840258825
    a comma as a slip | 07840,258843 | +447840258843
    two labelled numbers | M: 07840258846 H: 01632 960001 | +447840258846
    two numbers | 07840258827 / 07840258828 | +447840258827
    a prefilled country code | +44 +447840258837 | +447840258837
    a name behind it | 07840 258856 (Mary) | +447840258856
    invisible marks | \u202a+44 7840\u2068 2588\ufe0e57\u200b | +447840258857
    a label | p:+447840258858 | +447840258858
    an app | whatsapp:+447840258859 | +447840258859
    a chat address | 447840258860@c.us | +447840258860
    Arabic digits | ٠٧٨٤٠٢٥٨٨٦١ | +447840258861
    both ways of dialling | 00971 (0)50 123 4567 | +971501234567
    a link | tel:+44-7840-258862 | +447840258862
  `),
)('%s is read as the number written in it, and the text is kept', async (_, sent, number) => {
  expect((await isp(sent)).status).toBe(200);
  expect(await newest()).toMatchObject({
    phone: number,
    phone_sent: sent,
    phone_certainty: 'valid',
    phone_problem: null,
  });
});

test.each([
  '7911 1234567',
  '7700 9001234',
  '4.47911E+11',
  'ask me',
  '985*******',
  'order 7840258823',
  '123',
  '192.168.1.100',
  '3.14159265',
])('%s is stored as sent, flagged, never matched and never called', async (sent) => {
  await isp(sent);
  const lead = await newest();
  expect(lead).toMatchObject({ phone: sent, phone_certainty: 'none', phone_problem: 'not a phone number' });
  expect(
    await world.query("SELECT 1 FROM lead_keys WHERE kind = 'phone' AND lead_id = $1", [await idOf(lead)]),
  ).toEqual([]);
  const planned = await ask('POST', `/leads/${lead.id}/calls`, {});
  expect(planned.status).toBe(409);
  expect(planned.body.detail).toContain('not a phone number');
});

const idOf = async ({ number }: { number: number }) =>
  (await world.query<{ id: string }>('SELECT id FROM leads WHERE number = $1', [number]))[0]?.id;

test('a partner’s mobile number from a spreadsheet is read as domestic, not foreign', async () => {
  expect((await dialler('7911123457.0')).text).toBe('{"saved":true,"processed":true}');
  expect((await newest()).phone).toBe('+447911123457');
  const calls = await world.query("SELECT phone FROM calls WHERE phone = '+447911123457'");
  expect(calls).toHaveLength(1);
  expect((await dialler('7911 1234567')).status).toBe(400);
});

test('our own API refuses to plan a call to an invalid number', async () => {
  const reply = await ask('POST', '/leads', { name: 'Ann', phone: '0000000000', type: 'Sales', call: {} });
  expect(reply.status).toBe(422);
});

test.each(
  rowsOf(`
    91 | 00919876500001 | 9876500001 | +919876500001
    91 | 0919876500002 | 9876500002 | +919876500002
    44 | 00447840259001 | 07840259001 | +447840259001
    357 | 0035799123457 | 99123457 | +35799123457
    971 | 00971501234570 | 501234570 | +971501234570
    92 | 0923001234567 | 3001234567 | +923001234567
  `),
)(
  'country code %s repeated in the number %s finds the same lead as the number without it',
  async (code, again, plain, number) => {
    await getlead({ countrycode: code, mobileno: again });
    expect((await newest()).phone).toBe(number);
    const before = await count();
    await getlead({ countrycode: code, mobileno: plain });
    expect(await count()).toBe(before);
  },
);

test.each(
  rowsOf(`
    91 | 9123456789 | +919123456789
    39 | 3911234567 | +393911234567
    47 | 47161746 | +4747161746
    55 | 55987654321 | +5555987654321
    971 | 9710501234571 | +971501234571
    44 | 4407840259009 | +447840259009
  `),
)('a national number that begins like its country code %s stays whole: %s', async (code, sent, number) => {
  await getlead({ countrycode: code, mobileno: sent });
  expect((await newest()).phone).toBe(number);
});
