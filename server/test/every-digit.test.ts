import { expect, test } from 'vitest';
import { client, testWorld } from './world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const token = (dialect: string) => world.tokens.get(dialect) ?? '';
const post = (url: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
  world.app.inject({ method: 'POST', url, payload, headers: { 'content-type': 'application/json', ...headers } });
const leadBy = async (phone: string) => (await ask('GET', `/leads?phone=${phone}`)).body.data[0];
const remembered = async (phone: string, dialect: string) =>
  (
    await world.query<{ fields: Record<string, unknown> }>(
      'SELECT dialect_fields -> $2 AS fields FROM leads WHERE phone = $1',
      [phone, dialect],
    )
  )[0]?.fields;

const numbers = '"fb_lead_id":7615917337495251231,"ad_id":120210000000000123,"price":1.10,"plain":5';
const digits = { fb_lead_id: '7615917337495251231', ad_id: '120210000000000123', price: '1.10', plain: 5 };

test('numbers keep every digit in GetLead’s additional fields', async () => {
  const lead = `"name":"A","countrycode":"44","mobileno":"07840300001","source":"Web"`;
  await post(
    `/api/gl-website-contacts?token=${token('getlead')}`,
    `{${lead},${numbers},"utm_campaign":120210000000000123}`,
  );
  expect(await leadBy('07840300001')).toMatchObject({ custom: digits, utm_campaign: '120210000000000123' });
});

test('numbers keep every digit in the dialler’s data, as object or text, and in its unknown fields', async () => {
  const lead = (mobile: string) =>
    `"email":"d@example.com","first_name":"D","surname":"D","mobile":"${mobile}","type":"Sales"`;
  await post(`/lead/add?key=${token('dialler')}`, `{${lead('07840300002')},"data":{${numbers}},${numbers}}`);
  expect(await remembered('+447840300002', 'dialler')).toMatchObject({ ...digits, data: `{${numbers}}` });
  const text = JSON.stringify(`{${numbers}}`);
  await post(`/lead/add?key=${token('dialler')}`, `{${lead('07840300003').replace('d@', 'e@')},"data":${text}}`);
  expect(await remembered('+447840300003', 'dialler')).toMatchObject({ data: `{${numbers}}` });
});

test('numbers keep every digit in ISPCRM’s undocumented fields', async () => {
  const lead = '"name":"I","email":"i@example.com","phone":"07840300004"';
  await post('/api/v1/subscriber/CreateLead', `{${lead},${numbers}}`, { authorization: `Bearer ${token('ispcrm')}` });
  expect(await remembered('+447840300004', 'ispcrm')).toMatchObject(digits);
});

test('numbers keep every digit in our own API’s custom fields; only a number field stores numbers', async () => {
  await ask('POST', '/custom-fields', { name: 'Ratio', type: 'number' });
  const headers = { authorization: `Bearer ${token('native')}` };
  const made = await post('/v1/leads', `{"name":"N","custom":{${numbers},"Ratio":1.10}}`, headers);
  expect(made.json().custom).toEqual({ ...digits, Ratio: 1.1 });
  const changed = await world.app.inject({
    method: 'PATCH',
    url: `/v1/leads/${made.json().id}`,
    payload: '{"custom":{"ad_id":120210000000000124}}',
    headers: { ...headers, 'content-type': 'application/json' },
  });
  expect(changed.json().custom).toEqual({ ...digits, ad_id: '120210000000000124', Ratio: 1.1 });
  const refused = await ask('PATCH', `/leads/${made.json().id}`, { custom: { Ratio: '1.10' } });
  expect(refused.body.errors).toMatchObject([{ code: 'not_number' }]);
});

test('the values of an indexed form array become one field', async () => {
  const lead = 'name=A&countrycode=44&mobileno=07840300005&source=Web';
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const array = 'interests[0]=fibre&interests[1]=tv&other%5B%5D=x&other%5B%5D=y&one[0]=z';
  await post(`/api/gl-website-contacts?token=${token('getlead')}`, `${lead}&${array}`, form);
  expect((await leadBy('07840300005')).custom).toEqual({
    'interests[]': ['fibre', 'tv'],
    'other[]': ['x', 'y'],
    'one[]': 'z',
  });
  const isp = 'name=A&email=f%40example.com&phone=07840300006&interests[0]=fibre&interests[1]=tv';
  await post('/api/v1/subscriber/CreateLead', isp, { ...form, authorization: `Bearer ${token('ispcrm')}` });
  expect(await remembered('+447840300006', 'ispcrm')).toMatchObject({ 'interests[]': ['fibre', 'tv'] });
});

/** Replays the last request as if it had failed through a fault of the server. */
async function replayLast(): Promise<void> {
  const [{ id }] = (await ask('GET', '/submissions?limit=1')).body.data;
  await world.query(
    "UPDATE submissions SET outcome = 'failed' WHERE id = (SELECT id FROM submissions ORDER BY id DESC LIMIT 1)",
  );
  expect(await ask('POST', `/submissions/${id}/replay`)).toMatchObject({ status: 200 });
}

const encodings: [string, (text: string) => Buffer][] = [
  ['Latin-1 without a charset', (text) => Buffer.from(text, 'latin1')],
  ['UTF-16, big-endian', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
];
test.each(encodings)('a body in %s is read, and read again when it is replayed', async (name, encode) => {
  const phone = `0784030001${name.length % 10}`;
  const lead = `{"name":"Zoë Müller","email":"z${phone}@example.com","phone":"${phone}"}`;
  await post('/api/v1/subscriber/CreateLead', encode(lead), { authorization: `Bearer ${token('ispcrm')}` });
  expect(await leadBy(phone)).toMatchObject({ name: 'Zoë Müller', touch_count: 1 });
  await replayLast();
  expect(await leadBy(phone)).toMatchObject({ name: 'Zoë Müller', touch_count: 2 });
});

test('the JSON body of a GET is read, stored byte for byte, and read again when it is replayed', async () => {
  const payload =
    '{ "name":"G","countrycode":"44","mobileno":"07840300020","source":"Web","ad_id":120210000000000123 }';
  const reply = await world.app.inject({
    method: 'GET',
    url: `/api/gl-website-contacts?token=${token('getlead')}`,
    payload,
    headers: { 'content-type': 'application/json' },
  });
  expect(reply.json()).toEqual({ status: 'success', message: 'Lead Added Successfully.' });
  expect(await leadBy('07840300020')).toMatchObject({ name: 'G', custom: { ad_id: '120210000000000123' } });
  const [submission] = (await ask('GET', '/submissions?limit=1')).body.data;
  expect((await ask('GET', `/submissions/${submission.id}`)).body.request.body).toBe(payload);
  await replayLast();
  expect((await leadBy('07840300020')).touch_count).toBe(2);
});
