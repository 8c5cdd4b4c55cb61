import { expect, test } from 'vitest';
import { client, fieldsAtFault, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
let phones = 7_700_900_100;
const newPhone = () => `0${phones++}`;

const make = async (more: object = {}) =>
  (await ask('POST', '/leads', { name: 'Ann', phone: newPhone(), ...more })).body;

test('a PATCH changes the fields it names, clears those with null or blanks, and leaves the rest', async () => {
  const lead = await make({ city: 'York', company_name: 'Old', custom: { a: 1, b: 2 }, source: 'Website' });
  const reply = await ask('PATCH', `/leads/${lead.id}`, {
    ...{ city: null, company_name: ' ', last_name: 'Lee', source: null, custom: { a: null, c: 3 } },
  });
  expect(reply.status).toBe(200);
  expect(reply.body).toMatchObject({
    ...{ name: 'Ann', city: null, company_name: null, last_name: 'Lee', source: null, custom: { b: 2, c: 3 } },
    version: lead.version + 1,
  });
  expect((await ask('GET', `/leads/${lead.id}`)).body).toEqual(reply.body);
});

test('a corrected phone is found from then on, and the old one no longer is', async () => {
  const lead = await make();
  const phone = newPhone();
  await ask('PATCH', `/leads/${lead.id}`, { phone });
  const found = async (text: string) => (await ask('GET', `/leads?phone=${encodeURIComponent(text)}`)).body.data.length;
  expect([await found(phone), await found(lead.phone)]).toEqual([1, 0]);
});

test('marking a lead as lost needs a reason, and a lead that is no longer lost has none', async () => {
  const lead = await make();
  const silent = await ask('PATCH', `/leads/${lead.id}`, { status: 'Lost' });
  expect([silent.status, fieldsAtFault(silent)]).toEqual([422, ['lost_reason required']]);
  const lost = await ask('PATCH', `/leads/${lead.id}`, { status: 'Lost', lost_reason: 'price' });
  expect(lost.body).toMatchObject({ status: 'Lost', lost_reason: 'Price', lifecycle_state: 'lost' });
  expect((await ask('PATCH', `/leads/${lead.id}`, { status: 'Lost', city: 'York' })).status).toBe(200);
  const back = await ask('PATCH', `/leads/${lead.id}`, { status: 'Hot' });
  expect(back.body).toMatchObject({ status: 'Hot', lost_reason: null });
});

test('a status cannot be cleared, and fields that exist only on creation are unknown', async () => {
  const lead = await make();
  expect(fieldsAtFault(await ask('PATCH', `/leads/${lead.id}`, { status: null }))).toEqual(['status required']);
  expect(fieldsAtFault(await ask('PATCH', `/leads/${lead.id}`, { note: 'x' }))).toEqual(['note unknown_field']);
});

test('a typed custom field accepts only values of its type', async () => {
  await ask('POST', '/custom-fields', { name: 'seats', type: 'number' });
  await ask('POST', '/custom-fields', { name: 'renewal', type: 'date' });
  const lead = await make({ custom: { seats: 4, renewal: '2027-01-31' } });
  const reply = await ask('PATCH', `/leads/${lead.id}`, { custom: { seats: 'four', renewal: '31/01/2027' } });
  expect(fieldsAtFault(reply)).toEqual(['custom.seats not_number', 'custom.renewal not_date']);
});

test('a lead can be read by any form of its id', async () => {
  const lead = await make();
  const { id: uuid } =
    (await world.query<{ id: string }>('SELECT id FROM leads WHERE number = $1', [lead.number]))[0] ?? {};
  for (const id of [lead.id, uuid, uuid?.toUpperCase(), uuid?.replaceAll('-', '')])
    expect((await ask('GET', `/leads/${id}`)).body.id).toBe(lead.id);
});

test('a deleted lead is gone, and its phone no longer finds it', async () => {
  const lead = await make();
  await ask('POST', `/leads/${lead.id}/notes`, { text: 'x' });
  const gone = await ask('DELETE', `/leads/${lead.id}`);
  expect([gone.status, gone.text]).toEqual([204, '']);
  expect((await ask('GET', `/leads/${lead.id}`)).status).toBe(404);
  expect((await ask('DELETE', `/leads/${lead.id}`)).status).toBe(404);
  expect((await ask('GET', `/leads?phone=${encodeURIComponent(lead.phone)}`)).body.data).toEqual([]);
});

test.each(['GET', 'PATCH', 'DELETE'] as const)('%s of an unknown lead is 404, whatever its id', async (method) => {
  const body = method === 'PATCH' ? { name: 'x' } : undefined;
  for (const id of ['lead_01h455vb4pex5vsknk084sn02q', '01900000-0000-7000-8000-000000000000', 'x', '%00', '1;DROP'])
    expect((await ask(method, `/leads/${id}`, body)).status).toBe(404);
});
