import { expect, test } from 'vitest';
import { testWorld } from './world.ts';

const world = await testWorld();
const bearer = (dialect: string) => ({ authorization: `Bearer ${world.tokens.get(dialect)}` });
const token = (dialect: string) => world.tokens.get(dialect) ?? '';
const get = async (url: string) => (await world.app.inject({ method: 'GET', url, headers: bearer('native') })).json();

test('one person sent through three dialects is one lead with a touch each, answered in each format', async () => {
  const first = await world.app.inject({
    method: 'GET',
    url: `/api/gl-website-contacts?token=${token('getlead')}&name=Ann&countrycode=44&mobileno=07840258823&source=Fair`,
  });
  const second = await world.app.inject({
    method: 'POST',
    url: '/api/v1/subscriber/CreateLead',
    headers: bearer('ispcrm'),
    payload: { name: 'Ann Lee', email: 'Ann@Example.com', phone: '+44 7840 258823' },
  });
  const third = await world.app.inject({
    method: 'POST',
    url: `/lead/add?key=${token('dialler')}`,
    payload: { email: 'ann@example.com', first_name: 'Ann', surname: 'Lee', mobile: '07840258823', type: 'Sales' },
  });
  expect(first.body).toBe('{"status":"success","message":"Lead Added Successfully."}');
  expect(second.json()).toMatchObject({ success: true, data: { status: 'New' } });
  expect(third.body).toBe('{"saved":true,"processed":true}');
  const { data } = await get('/v1/leads?phone=07840258823');
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({
    touch_count: 3,
    email: 'Ann@Example.com',
    name: 'Ann',
    number: second.json().data.lead_id,
  });
});

test('the same lead can be read in the other two dialects, by their own ids', async () => {
  const { data } = await get('/v1/leads?email=ann@example.com');
  const read = await world.app.inject({
    method: 'GET',
    url: `/api/crm/lead/${data[0].id}`,
    headers: bearer('overplane'),
  });
  expect(read.json()).toMatchObject({ lead_name: 'Ann', email_id: 'Ann@Example.com' });
  const shown = await world.app.inject({
    method: 'GET',
    url: `/crmapi/rest/v2/leads/show?token=${token('crmcom')}&lead_identifier=number%3D${data[0].number}`,
  });
  expect(shown.json().data).toMatchObject({ number: String(data[0].number), contact_email: 'Ann@Example.com' });
});

test('a department’s members take turns on its leads and on numbers assigned to it', async () => {
  const post = (url: string, payload: object) =>
    world.app.inject({ method: 'POST', url, payload, headers: bearer('native') });
  const members: string[] = [];
  for (const name of ['Bo', 'Cy'])
    members.push(
      (await post('/v1/members', { name, email: `${name}@example.com`, role: 'agent', password: 'long enough' })).json()
        .id,
    );
  const { data } = await get('/v1/departments');
  const sales = data.find((one: { name: string }) => one.name === 'Sales');
  await world.app.inject({
    method: 'PATCH',
    url: `/v1/departments/${sales.id}`,
    payload: { member_ids: members },
    headers: bearer('native'),
  });
  const owners: string[] = [];
  for (const n of [1, 2, 3, 4]) {
    const lead = `name=L${n}&countrycode=44&mobileno=0784025880${n}&source=Fair&department=sales`;
    await world.app.inject({ method: 'POST', url: `/api/gl-website-contacts?token=${token('getlead')}&${lead}` });
    owners.push((await get(`/v1/leads?phone=0784025880${n}`)).data[0].owner);
  }
  expect(owners).toEqual(['Bo', 'Cy', 'Bo', 'Cy']);
  const assign = `/api/gl-department-vise-agent-assign/${token('getlead')}?SourceNumber=07840258823&department=Sales`;
  await world.app.inject({ method: 'POST', url: assign });
  expect((await get('/v1/leads?phone=07840258823')).data[0]).toMatchObject({ owner: 'Bo', department: 'Sales' });
  await world.app.inject({ method: 'POST', url: assign.replace('07840258823', '07840258899') });
  await post('/v1/leads', { name: 'Later', phone: '07840258899' });
  expect((await get('/v1/leads?phone=07840258899')).data[0]).toMatchObject({ owner: 'Cy', department: 'Sales' });
});
