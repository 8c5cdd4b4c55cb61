import { expect, test } from 'vitest';
import { client, fieldsAtFault, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
let phones = 7_700_900_100;
const newPhone = () => `0${phones++}`;

test('a created lead reads back exactly as the response showed it', async () => {
  const made = await ask('POST', '/leads', {
    ...{ name: 'Ann Lee', email: ' Ann@Example.com ', phone: '07840 258823', date_of_birth: '1990-02-28' },
    ...{ target_amount: 1234.567, probability: 40, priority: 3, unsubscribed: false },
    ...{
      status: 'hot',
      type: 'Sales',
      category: 'Business',
      source: 'Website',
      department: 'support',
      owner: 'Olive Owner',
    },
    custom: { size: 4, 'shoe size': 'XL', gone: null },
    note: 'Rang twice.',
  });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    ...{ name: 'Ann Lee', email: 'Ann@Example.com', phone: '+447840258823', target_amount: 1234.57 },
    ...{ status: 'Hot', lifecycle_state: 'open', type: 'Sales', category: 'Business', source: 'Website' },
    ...{ department: 'Support', owner: 'Olive Owner', owner_id: world.ownerId, touch_count: 1, last_name: null },
    custom: { size: 4, 'shoe size': 'XL' },
  });
  expect(made.headers).toMatchObject({
    location: `/v1/leads/${made.body.id}`,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  const kept = await ask('GET', `/submissions/${made.headers['leadwell-request-id']}`);
  expect(kept.body).toMatchObject({ lead_id: made.body.id });
  const read = await ask('GET', `/leads/${made.body.id}`);
  expect(read.body).toEqual(made.body);
  expect((await ask('GET', `/leads/${made.body.id}/notes`)).body.data).toMatchObject([{ text: 'Rang twice.' }]);
});

test('all errors are reported at once under the request’s field names, and only the submission is kept', async () => {
  const reply = await ask('POST', '/leads', {
    ...{ name: 5, email: 'no address', phone: 'none', date_of_birth: '2026-02-30', probability: 101, priority: 2.5 },
    ...{ unsubscribed: 'yes', status: 'Nowhere', owner: 'Nobody', nickname: 'x', custom: [], call: { delay: 1 } },
  });
  expect(reply.status).toBe(422);
  expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(fieldsAtFault(reply).sort()).toEqual([
    ...[
      'call.delay unknown_field',
      'custom not_object',
      'date_of_birth not_date',
      'name not_text',
      'nickname unknown_field',
    ],
    ...['priority not_integer', 'probability too_big', 'unsubscribed not_boolean'],
  ]);
  expect(reply.body).toMatchObject({ type: '/problems/invalid', status: 422 });
  expect(reply.body.errors[0].detail).toMatch(/^name must be text\.|^nickname is not a field/);
  const kept = await ask('GET', String(reply.body.instance).replace('/v1', ''));
  expect(kept.body).toMatchObject({ dialect: 'native', outcome: 'refused', status_code: 422, lead_id: null });
  expect(kept.body.answer).toBe(reply.text);
  expect(JSON.parse(kept.body.request.body)).toMatchObject({ nickname: 'x' });
});

test('errors that depend on the workspace are reported together too', async () => {
  const reply = await ask('POST', '/leads', {
    email: 'no address',
    phone: 'none',
    status: 'Nowhere',
    owner: 'Nobody',
    type: 'x',
  });
  expect(fieldsAtFault(reply)).toEqual([
    ...[
      'email bad_email',
      'phone bad_phone',
      'type unknown_reference',
      'owner unknown_reference',
      'status unknown_reference',
    ],
  ]);
});

test.each([{}, { name: ' ', email: '', phone: null }, { first_name: null, custom: { a: 1 } }, ''])(
  'a lead that identifies nobody is refused: %j',
  async (body) => {
    const reply = await ask('POST', '/leads', body);
    expect(reply.status).toBe(422);
    expect(fieldsAtFault(reply)).toEqual(['name required']);
  },
);

test.each(['first_name', 'last_name', 'company_name', 'email', 'phone'])('%s alone is enough', async (field) => {
  const value = field === 'email' ? 'only@example.com' : field === 'phone' ? newPhone() : 'Only';
  expect((await ask('POST', '/leads', { [field]: value })).status).toBe(201);
});

test('special JavaScript property names are ordinary names in custom, and unknown fields elsewhere', async () => {
  const names = '{"__proto__":"a","constructor":"b","toString":"c"}';
  const inside = await ask('POST', '/leads', `{"name":"P","custom":${names}}`);
  expect(inside.status).toBe(201);
  expect(Object.entries(inside.body.custom).sort()).toEqual([
    ...[['__proto__', 'a'] as const, ['constructor', 'b'] as const, ['toString', 'c'] as const],
  ]);
  const outside = await ask('POST', '/leads', '{"name":"P","__proto__":{"email":"x@y.z"},"constructor":1}');
  expect(fieldsAtFault(outside).sort()).toEqual(['__proto__ unknown_field', 'constructor unknown_field']);
});

test('NUL characters are removed, lone surrogates replaced, and the rest of the text stays', async () => {
  const sent = '{"name":"A\\u0000nn \\ud800!","custom":{"k\\u0000ey":"v\\u0000"},"note":"n\\u0000"}';
  const made = await ask('POST', '/leads', sent);
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ name: 'Ann \ufffd!', custom: { key: 'v' } });
});

test('an unknown source is created, and found again in another spelling', async () => {
  const made = await ask('POST', '/leads', { name: 'S', source: 'Fair 2026' });
  expect(made.body).toMatchObject({ source: 'Fair 2026' });
  const again = await ask('POST', '/leads', { name: 'S', source: 'fair  2026' });
  expect(again.body.source_id).toBe(made.body.source_id);
});

test('a token that may not create fields is told which are unknown; an unknown source is still accepted', async () => {
  const strict = client(world, await world.token('native', { may_extend: false }));
  const reply = await strict('POST', '/leads', { name: 'S', source: 'Unheard of', custom: { unheard: 1 } });
  expect(fieldsAtFault(reply)).toEqual(['custom.unheard unknown_field']);
  expect((await strict('POST', '/leads', { name: 'S', source: 'Unheard of' })).status).toBe(201);
});

test('a call is planned on request and needs a phone', async () => {
  const lead = await ask('POST', '/leads', { phone: newPhone(), type: 'Sales', call: { delay_seconds: 60 } });
  const [call] = (await ask('GET', `/leads/${lead.body.id}/calls`)).body.data;
  expect(call).toMatchObject({ state: 'pending', phone: lead.body.phone, type: 'Sales' });
  expect(Date.parse(call.due_at) - Date.parse(lead.body.created_at)).toBe(60_000);
  expect(fieldsAtFault(await ask('POST', '/leads', { name: 'X', call: {} }))).toEqual(['phone required']);
});

test('the policy of the token decides what happens with a known person', async () => {
  const phone = newPhone();
  const first = await ask('POST', '/leads', { phone, first_name: 'One' });
  const twin = await ask('POST', '/leads', { phone, first_name: 'One' });
  expect(twin.status).toBe(201);
  expect(twin.body.id).not.toBe(first.body.id);
  const by = async (policy: 'merge' | 'attach' | 'refuse', body: object) =>
    client(world, await world.token('native', { policy }))('POST', '/leads', { phone, ...body });
  const merged = await by('merge', { city: 'York', first_name: 'One B' });
  expect([merged.status, merged.headers['leadwell-outcome']]).toEqual([200, 'merged']);
  expect(merged.body).toMatchObject({ id: first.body.id, first_name: 'One', city: 'York', touch_count: 2 });
  const attached = await by('attach', { city: 'Leeds', company_name: 'Later Ltd' });
  expect([attached.status, attached.headers['leadwell-outcome']]).toEqual([200, 'duplicate']);
  expect(attached.body).toMatchObject({ id: first.body.id, city: 'York', company_name: null, touch_count: 3 });
  const refused = await by('refuse', {});
  expect([refused.status, refused.body.type]).toEqual([409, '/problems/duplicate_lead']);
  expect((await ask('GET', `/leads/${first.body.id}/touches`)).body.data).toHaveLength(3);
});

test('a test request is checked and answered but creates no lead', async () => {
  const phone = newPhone();
  const tried = await ask('POST', '/leads', { phone }, { 'leadwell-test': 'true' });
  expect([tried.status, tried.headers['leadwell-outcome']]).toEqual([200, 'test']);
  expect((await ask('GET', `/leads?phone=${phone}`)).body.data).toEqual([]);
  expect((await ask('GET', `/leads/${tried.body.id}`)).status).toBe(404);
  const unsure = await ask('POST', '/leads', { phone }, { 'leadwell-test': 'maybe' });
  expect(fieldsAtFault(unsure)).toEqual(['leadwell-test not_in_list']);
});
