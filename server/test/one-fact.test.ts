import { describe, expect, test } from 'vitest';
import { client, testWorld } from './world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const token = (dialect: string) => world.tokens.get(dialect) ?? '';
const injected = async (url: string, payload: object, headers: Record<string, string> = {}) =>
  (await world.app.inject({ method: 'POST', url, payload, headers })).json();
const getlead = (payload: object) => injected(`/api/gl-website-contacts?token=${token('getlead')}`, payload);
const isp = (payload: object) =>
  injected('/api/v1/subscriber/CreateLead', payload, { authorization: `Bearer ${token('ispcrm')}` });
const overplane = (payload: object, secret = token('overplane')) =>
  injected('/api/crm/lead', payload, { authorization: `Bearer ${secret}` });
const dialler = (path: 'add' | 'cancel', payload: object) => injected(`/lead/${path}?key=${token('dialler')}`, payload);
const leadBy = async (phone: string) => (await ask('GET', `/leads?phone=${encodeURIComponent(phone)}`)).body.data;
const person = { email: 'd@example.com', first_name: 'Di', surname: 'Al', type: 'Sales' };

describe('a person who asked not to be called', () => {
  const mobile = '07840400001';
  test('is not called through another lead with the same number, whichever came first', async () => {
    const first = (await ask('POST', '/leads', { name: 'First', phone: mobile })).body;
    const second = (await ask('POST', '/leads', { name: 'Second', phone: mobile, type: 'Sales', call: {} })).body;
    expect((await ask('GET', `/leads/${second.id}/calls`)).body.data).toMatchObject([{ state: 'pending' }]);
    await ask('POST', `/leads/${first.id}/do-not-call`, { reason: 'said so' });
    expect((await ask('GET', `/leads/${second.id}/calls`)).body.data).toMatchObject([{ state: 'cancelled' }]);
    expect((await ask('GET', `/leads/${second.id}`)).body).toMatchObject({ do_not_call: true });
    const third = (await ask('POST', '/leads', { name: 'Third', phone: mobile, type: 'Sales', call: {} })).body;
    expect(third).toMatchObject({ do_not_call: true });
    expect((await ask('GET', `/leads/${third.id}/calls`)).body.data).toEqual([]);
    expect((await ask('GET', `/leads/${third.id}/activities`)).body.data[0].reason).toContain('asked not to be called');
    expect(await dialler('add', { ...person, mobile })).toMatchObject({ processed: false });
    expect((await ask('POST', '/calls/claim', {})).status).toBe(204);
  });

  test('is not called under a number that is corrected to theirs', async () => {
    const lead = (await ask('POST', '/leads', { name: 'Fourth', phone: '07840400002', type: 'Sales', call: {} })).body;
    expect((await ask('PATCH', `/leads/${lead.id}`, { phone: mobile })).body).toMatchObject({ do_not_call: true });
    expect((await ask('POST', '/calls/claim', {})).status).toBe(204);
    expect((await ask('POST', '/calls/claim', { lead_id: lead.id })).status).toBe(409);
  });

  test('may be called again through all their leads once one of them allows it', async () => {
    const [lead] = await leadBy(mobile);
    await ask('DELETE', `/leads/${lead.id}/do-not-call`);
    for (const one of await leadBy(mobile)) expect(one).toMatchObject({ do_not_call: false });
  });

  test('is not taken for another lead without a phone', async () => {
    const none = (await ask('POST', '/leads', { name: 'No phone', email: 'np1@example.com' })).body;
    await ask('POST', `/leads/${none.id}/do-not-call`, {});
    expect((await ask('POST', '/leads', { name: 'Other', email: 'np2@example.com' })).body.do_not_call).toBe(false);
  });
});

describe('a waiting call', () => {
  test('follows the corrected number, and its sender can cancel it by the number that they sent', async () => {
    await dialler('add', { ...person, email: 'w@example.com', mobile: '07840400010', delays: 600 });
    const [lead] = await leadBy('07840400010');
    await ask('PATCH', `/leads/${lead.id}`, { phone: '07840400011' });
    expect((await ask('GET', `/leads/${lead.id}/calls`)).body.data).toMatchObject([{ phone: '+447840400011' }]);
    expect(await dialler('cancel', { type: 'Sales', mobile: '07840400010' })).toMatchObject({ cancelled: true });
    expect((await ask('GET', `/leads/${lead.id}/calls`)).body.data).toMatchObject([{ state: 'cancelled' }]);
  });
});

test('a waiting call loses its number with its lead, and gets the next one that the lead gets', async () => {
  const mobile = '07840400012';
  const lead = (await ask('POST', '/leads', { name: 'Cleared', phone: mobile, type: 'Sales', call: {} })).body;
  await ask('PATCH', `/leads/${lead.id}`, { phone: null });
  expect((await ask('POST', '/calls/claim', { lead_id: lead.id })).status).toBe(409);
  await ask('PATCH', `/leads/${lead.id}`, { phone: '07840400013' });
  expect((await ask('GET', `/leads/${lead.id}/calls`)).body.data).toMatchObject([{ phone: '+447840400013' }]);
});

describe('a repeat', () => {
  const lead = { name: 'Rita', countrycode: '44', mobileno: '07840400020', source: 'Web' };
  const say = (status: string, mobileno = lead.mobileno) => getlead({ ...lead, mobileno, status });
  const stands = async (phone = lead.mobileno) => (await leadBy(phone))[0];

  test('is recognised only while it is the latest message about the lead', async () => {
    for (const status of ['Qualified', 'Qualified', 'Hot', 'Qualified']) await say(status);
    expect(await stands()).toMatchObject({ status: 'Qualified', touch_count: 3 });
    await say('Qualified');
    expect(await stands()).toMatchObject({ touch_count: 3 });
  });

  test('is not recognised after another endpoint has said something else', async () => {
    await injected(`/api/gl-status-change-api?token=${token('getlead')}`, {
      countrycode: '44',
      mobile_no: lead.mobileno,
      status: 'Hot',
    });
    expect(await stands()).toMatchObject({ status: 'Hot' });
    await say('Qualified');
    expect(await stands()).toMatchObject({ status: 'Qualified', touch_count: 4 });
  });

  test('is recognised in the same way when the messages arrive together', async () => {
    const phone = '07840400021';
    await Promise.all(['Qualified', 'Hot', 'Qualified', 'Qualified'].map((status) => say(status, phone)));
    expect(await stands(phone)).toMatchObject({ status: 'Qualified', touch_count: 3 });
  });
});

describe('a name', () => {
  test('that is new and complete replaces the parts that it contradicts', async () => {
    const phone = '07840400030';
    await overplane({ first_name: 'John', last_name: 'Doe', mobile_no: phone });
    await getlead({ name: 'Jane Smith', countrycode: '44', mobileno: phone, source: 'Web' });
    expect((await leadBy(phone))[0]).toMatchObject({ name: 'Jane Smith', first_name: null, last_name: null });
    await overplane({ first_name: 'José', last_name: 'García', mobile_no: '07840400031' });
    const longer = { name: 'JOSÉ Luis', countrycode: '44', mobileno: '07840400031', source: 'Web' };
    await getlead(longer);
    expect((await leadBy('07840400031'))[0]).toMatchObject({ name: 'JOSÉ Luis', first_name: 'José', last_name: null });
  });

  test('that is corrected as a whole drops the parts that it contradicts', async () => {
    const parts = { first_name: 'John', last_name: 'Doe', phone: '07840400036' };
    const lead = (await ask('POST', '/leads', parts)).body;
    const { body } = await ask('PATCH', `/leads/${lead.id}`, { name: 'Jane Doe' });
    expect(body).toMatchObject({ name: 'Jane Doe', first_name: null, last_name: 'Doe' });
  });

  test.each([
    ['the address', '07840400032', { email_id: 'jsmith77@example.com' }],
    ['a salutation', '07840400033', { salutation: 'Mr', first_name: 'J', last_name: 'Smith' }],
    ['the company', '07840400034', { company_name: 'Smith Ltd' }],
  ])('that was derived from %s gives way to a real one', async (_, phone, made) => {
    await overplane({ ...made, mobile_no: phone });
    const email = 'email_id' in made ? made.email_id : `jill${phone}@example.com`;
    await isp({ name: 'Jill Smith', email, phone });
    expect((await leadBy(phone))[0]).toMatchObject({ name: 'Jill Smith', touch_count: 2 });
    await isp({ name: 'Somebody Else', email, phone });
    expect((await leadBy(phone))[0]).toMatchObject({ name: 'Jill Smith' });
  });

  test('that was derived never replaces a real one', async () => {
    const merging = await world.token('overplane', { policy: 'merge', merge_style: 'overwrite' });
    await isp({ name: 'Real Name', email: 'real@example.com', phone: '07840400035' });
    await overplane({ email_id: 'real@example.com', mobile_no: '07840400035' }, merging);
    expect((await leadBy('07840400035'))[0]).toMatchObject({ name: 'Real Name', touch_count: 2 });
  });
});

test('CRM.COM’s contact_phone takes its country from the same number in the contact’s phone set', async () => {
  const reply = await injected('/crmapi/rest/v2/leads/create', {
    token: token('crmcom'),
    name: 'Cyprus',
    contact_phone: '99 550020',
    importance: 'IMPORTANCE3',
    priority: '3',
    type_identifier: { name: 'Sales' },
    source: { type: 'WEBSITE', name: 'Web' },
    contact_information: {
      type: 'PERSON',
      first_name: 'Maria',
      phone_set: [{ type: 'MOBILE', number: '99550020', country_identifier: { code: 'CY' } }],
    },
  });
  expect(reply.status).toMatchObject({ code: 'OK' });
  expect(await leadBy('+35799550020')).toMatchObject([{ phone: '+35799550020' }]);
});

test.each(['n/a', 'none', '-', 'null', 'undefined', 'N/A ', 'test@test.com', 'na@na.com', 'noreply@example.com'])(
  'a placeholder email does not replace a real one: %s',
  async (email) => {
    const lead = { name: 'Real', countrycode: '44', mobileno: '07840400040', source: 'Web' };
    await getlead({ ...lead, email: 'real.person@example.com' });
    await getlead({ ...lead, email });
    expect((await leadBy(lead.mobileno))[0]).toMatchObject({ email: 'real.person@example.com' });
  },
);

test('a placeholder email gives way to a real one', async () => {
  const lead = { name: 'Real', phone: '07840400041' };
  await isp({ ...lead, email: 'noreply@shop.example' });
  await isp({ ...lead, email: 'at.last@example.com' });
  expect((await leadBy(lead.phone))[0]).toMatchObject({ email: 'at.last@example.com' });
});
