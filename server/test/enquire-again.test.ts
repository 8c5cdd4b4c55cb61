import { beforeAll, describe, expect, test } from 'vitest';
import { client, testWorld } from './world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const injected = async (url: string, payload: object, headers: Record<string, string> = {}) =>
  (await world.app.inject({ method: 'POST', url, payload, headers })).json();
const enquire = (phone: string, more: object = {}) =>
  injected(
    '/api/v1/subscriber/CreateLead',
    { name: 'Eve', email: `e${phone}@example.com`, phone, ...more },
    { authorization: `Bearer ${world.tokens.get('ispcrm')}` },
  );
const leadBy = async (phone: string) => (await ask('GET', `/leads?phone=${phone}`)).body.data[0];
const lastLine = async (id: string) => (await ask('GET', `/leads/${id}/activities`)).body.data[0];
const idsIn = async (query: string) =>
  (await ask('GET', `/leads?${query}`)).body.data.map((lead: { id: string }) => lead.id);

beforeAll(async () => {
  await ask('POST', '/lost-reasons', { name: 'Price' });
});

async function closedLead(phone: string, status: string): Promise<{ id: string; status: string }> {
  await enquire(phone);
  const { id } = await leadBy(phone);
  const reason = status === 'Lost' ? { lost_reason: 'Price' } : {};
  return (await ask('PATCH', `/leads/${id}`, { status, ...reason })).body;
}

describe('a closed lead that enquires again', () => {
  test.each([
    ['Won', '07840500001'],
    ['Lost', '07840500002'],
    ['Cancelled', '07840500003'],
  ])('gets a next step for today, and says so: %s', async (status, phone) => {
    const { id } = await closedLead(phone, status);
    await enquire(phone, { remarks: 'again' });
    const lead = await leadBy(phone);
    expect(lead).toMatchObject({ status, touch_count: 2, enquired_again_at: expect.any(String) });
    const { data } = (await ask('GET', `/leads/${id}/tasks`)).body;
    expect(data).toMatchObject([{ name: 'Enquired again', done: false, lead_id: id }]);
    expect(await idsIn('next=today')).toContain(id);
    expect(await lastLine(id)).toMatchObject({ kind: 'lead_merged' });
    expect((await lastLine(id)).reason).toContain(
      `It enquired again after it was ${status.toLowerCase()}; a next step was planned.`,
    );
    const events = await world.query(
      'SELECT type FROM events WHERE lead_id = (SELECT lead_id FROM tasks ORDER BY id DESC LIMIT 1)',
    );
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['lead.enquired_again', 'task.added']));
    // Another request must not plan a second task.
    await enquire(phone, { remarks: 'and again' });
    expect((await ask('GET', `/leads/${id}/tasks`)).body.data).toHaveLength(1);
  });

  test('appears in the view “Enquired again”', async () => {
    const views = (await ask('GET', '/views')).body.data;
    const view = views.find((one: { name: string }) => one.name === 'Enquired again');
    expect(view).toMatchObject({ query: 'enquired_again=30d' });
    const open = (await ask('POST', '/leads', { name: 'Open' })).body;
    const ids = await idsIn(view.query);
    expect(ids).toHaveLength(3);
    expect(ids).not.toContain(open.id);
  });

  test('gives the next step to its owner, unless they have left', async () => {
    const stays = await world.member({ name: 'Stays' });
    const leaves = await world.member({ name: 'Leaves' });
    for (const [phone, owner, assignee] of [
      ['07840500004', stays, 'Stays'],
      ['07840500005', leaves, null],
    ] as const) {
      const { id } = await closedLead(phone, 'Won');
      await world.query('UPDATE leads SET owner_id = $1 WHERE phone = $2', [owner, `+44${phone.slice(1)}`]);
      await world.query('UPDATE members SET active = false WHERE id = $1', [leaves]);
      await world.parts.changed(world.workspaceId);
      await enquire(phone, { remarks: 'again' });
      expect((await ask('GET', `/leads/${id}/tasks`)).body.data).toMatchObject([{ assignee }]);
    }
  });

  test('is reopened instead if the workspace is set up that way', async () => {
    const { id } = await closedLead('07840500006', 'Lost');
    const changed = await ask('PATCH', '/workspace', { closed_lead_enquires: 'reopen' });
    expect(changed.body).toMatchObject({ closed_lead_enquires: 'reopen' });
    await enquire('07840500006', { remarks: 'again' });
    expect(await leadBy('07840500006')).toMatchObject({ status: 'New', lost_reason: null });
    expect((await ask('GET', `/leads/${id}/tasks`)).body.data).toEqual([]);
    expect((await lastLine(id)).reason).toContain('It enquired again after it was lost, and was reopened.');
    expect((await ask('PATCH', '/workspace', { closed_lead_enquires: 'nothing' })).status).toBe(422);
    await ask('PATCH', '/workspace', { closed_lead_enquires: 'next_step' });
  });

  test('gets no next step when its sender says that it is closed', async () => {
    const { id } = await closedLead('07840500007', 'Won');
    await injected(`/api/gl-website-contacts?token=${world.tokens.get('getlead')}`, {
      name: 'Eve',
      countrycode: '44',
      mobileno: '07840500007',
      source: 'Sync',
      status: 'Won',
    });
    expect((await ask('GET', `/leads/${id}/tasks`)).body.data).toEqual([]);
  });
});

test('a lead of a member who has left goes to an active one when it returns with a department', async () => {
  const [leaves, stays] = [await world.member({ name: 'Gone' }), await world.member({ name: 'Here' })];
  const { data } = (await ask('GET', '/departments')).body;
  const sales = data.find((one: { name: string }) => one.name === 'Sales');
  await ask('PATCH', `/departments/${sales.id}`, { member_ids: [leaves, stays] });
  const url = `/api/gl-website-contacts?token=${world.tokens.get('getlead')}`;
  const lead = { name: 'Dept', countrycode: '44', mobileno: '07840500010', source: 'Web', department: 'Sales' };
  await injected(url, lead);
  await world.query("UPDATE leads SET owner_id = $1 WHERE phone = '+447840500010'", [leaves]);
  await world.query('UPDATE members SET active = false WHERE id = $1', [leaves]);
  await world.parts.changed(world.workspaceId);
  await injected(url, { ...lead, feedback: 'again' });
  expect(await leadBy('07840500010')).toMatchObject({ owner: 'Here', touch_count: 2 });
});

test('a task for a day is overdue only after that day, in the workspace’s zone', async () => {
  await ask('PATCH', '/workspace', { time_zone: 'Asia/Dubai' });
  const url = `/api/gl-task-creation-api?token=${world.tokens.get('getlead')}`;
  const task = { task_category_id: '1', countrycode: '44', mobile_no: '07840500001' };
  await injected(url, { ...task, name: 'On a day', scheduled_date: '2027-03-10' });
  await injected(url, { ...task, name: 'At a time', scheduled_date: '2027-03-10 09:00' });
  const { data } = (await ask('GET', '/tasks?when=open')).body;
  const due = (name: string) => data.find((one: { name: string }) => one.name === name)?.due_at;
  expect(due('On a day')).toBe('2027-03-10T19:59:59.000Z');
  expect(due('At a time')).toBe('2027-03-10T05:00:00.000Z');
});

test.each(['Asia/Kolkata', 'Asia/Calcutta', 'Europe/Kyiv', 'America/Argentina/Buenos_Aires', 'UTC'])(
  'days begin and end in the time zone %s, however the server lists it',
  async (time_zone) => {
    expect((await ask('GET', '/workspace/choices')).body.time_zones).toContain(time_zone);
    expect((await ask('PATCH', '/workspace', { time_zone })).body).toMatchObject({ time_zone });
    const { body } = await ask('POST', '/tasks/parse', { text: 'visit 2027-03-10' });
    const [day] = await world.query<{ ends: Date }>("SELECT '2027-03-10 23:59:59'::timestamp AT TIME ZONE $1 AS ends", [
      time_zone,
    ]);
    expect(new Date(body.due_at)).toEqual(day?.ends);
  },
);

test.each(['Asia/Nowhere', '+05:30', 'Factory', ''])('%j is not a time zone', async (time_zone) => {
  expect((await ask('PATCH', '/workspace', { time_zone })).status).toBe(422);
});
