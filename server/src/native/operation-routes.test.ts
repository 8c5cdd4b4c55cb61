import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const newLead = async () => (await ask('POST', '/leads', { name: 'Ann Lee', phone: '07840258823' })).body;

test('a note is stored as it was written and appears on the timeline', async () => {
  const lead = await newLead();
  const note = await ask('POST', `/leads/${lead.id}/notes`, { text: '  Line one\nLine two 😀 ' });
  expect(note.status).toBe(201);
  expect(note.body).toMatchObject({ lead_id: lead.id, text: '  Line one\nLine two 😀 ' });
  expect(note.body.id).toMatch(/^note_[0-9a-z]{26}$/);
  expect((await ask('GET', `/leads/${lead.id}/notes`)).body.data).toEqual([note.body]);
  const [last] = (await ask('GET', `/leads/${lead.id}/activities`)).body.data;
  expect(last).toMatchObject({ kind: 'note_added', actor: note.body.actor });
});

test('creating a task on a lead returns it as later reads do', async () => {
  const lead = await newLead();
  const due = '2026-12-24T09:30:00+02:00';
  const task = await ask('POST', `/leads/${lead.id}/tasks`, {
    name: 'Call back',
    category: 'call',
    due_at: due,
    assignee: 'Olive Owner',
  });
  expect(task.status).toBe(201);
  expect(task.body).toMatchObject({
    ...{ lead_id: lead.id, name: 'Call back', category: 'call', due_at: '2026-12-24T07:30:00.000Z' },
    ...{ assignee: 'Olive Owner', assignee_id: world.ownerId, done: false },
  });
  expect((await ask('GET', `/leads/${lead.id}/tasks`)).body.data).toEqual([task.body]);
  expect((await ask('GET', `/tasks/${task.body.id}`)).body).toEqual(task.body);
});

test('creating a deal on a lead returns it as later reads do, in the first stage by default', async () => {
  const lead = await newLead();
  const plain = await ask('POST', `/leads/${lead.id}/deals`, {});
  expect(plain.body).toMatchObject({ stage: 'Open', amount: null });
  const deal = await ask('POST', `/leads/${lead.id}/deals`, {
    ...{
      name: 'Roof',
      stage: 'proposal',
      amount: 1999.999,
      start_date: '2026-01-31',
      end_date: '',
      owner: 'owner-default',
    },
  });
  expect(deal.body).toMatchObject({
    name: 'Roof',
    stage: 'Proposal',
    amount: 2000,
    start_date: '2026-01-31',
    end_date: null,
    owner: 'Olive Owner',
  });
  expect((await ask('GET', `/leads/${lead.id}/deals`)).body.data).toEqual([deal.body, plain.body]);
  expect((await ask('GET', '/deals?limit=1')).body).toMatchObject({ data: [deal.body] });
});

test.each([
  ['notes', { text: ' ' }, 'text required'],
  ['notes', {}, 'text required'],
  ['notes', { text: 'x'.repeat(10_001) }, 'text too_long'],
  ['tasks', { name: '' }, 'name required'],
  ['tasks', { name: 'x', due_at: '2026-02-30T00:00:00Z' }, 'due_at not_date'],
  ['tasks', { name: 'x', due_at: '2026-02-20' }, 'due_at not_date'],
  ['tasks', { name: 'x', due_at: '2026-02-20T23:59:60Z' }, 'due_at not_date'],
  ['tasks', { name: 'x', category: 'other' }, 'category not_in_list'],
  ['tasks', { name: 'x', assignee: 'Nobody' }, 'assignee unknown_reference'],
  ['deals', { stage: 'Nowhere' }, 'stage unknown_reference'],
  ['deals', { amount: '5' }, 'amount not_number'],
  ['deals', { amount: 1e13 }, 'amount too_big'],
  ['deals', { start_date: '0000-01-01' }, 'start_date not_date'],
])('%s refuse %j: %s', async (part, body, at) => {
  const lead = await newLead();
  const reply = await ask('POST', `/leads/${lead.id}/${part}`, body);
  expect(reply.status).toBe(422);
  expect(reply.body.errors.map((error: { field: string; code: string }) => `${error.field} ${error.code}`)).toEqual([
    at,
  ]);
  expect((await ask('GET', `/leads/${lead.id}/${part}`)).body.data).toEqual([]);
});

test.each(['activities', 'touches', 'notes', 'tasks', 'deals', 'calls'])('%s of absent leads are 404', async (part) => {
  for (const id of ['lead_01h455vb4pex5vsknk084sn02q', 'nonsense'])
    expect((await ask('GET', `/leads/${id}/${part}`)).status).toBe(404);
});

test('every change is on the timeline with who did it and why, newest first and paged', async () => {
  const lead = await newLead();
  await ask('PATCH', `/leads/${lead.id}`, { status: 'Hot' });
  await ask('PATCH', `/leads/${lead.id}`, { city: 'York' });
  const first = (await ask('GET', `/leads/${lead.id}/activities?limit=2`)).body;
  const second = (await ask('GET', `/leads/${lead.id}/activities?limit=2&cursor=${first.next_cursor}`)).body;
  const lines = [...first.data, ...second.data];
  expect(lines.map((line) => line.kind)).toEqual(['lead_updated', 'status_changed', 'lead_created']);
  expect(lines[0].detail.changes).toEqual([{ field: 'city', from: null, to: 'York' }]);
  expect(lines.every((line) => /^token:/.test(line.actor))).toBe(true);
  expect(lines[2].reason).toBe("The token's policy is to create a new lead.");
  expect(second.next_cursor).toBe(null);
});

test('a timeline says nothing of other leads with the same phone, even in entries of earlier versions', async () => {
  const phone = '+447700900777';
  await ask('POST', '/leads', { name: 'First', phone });
  const lead = (await ask('POST', '/leads', { name: 'Second', phone })).body;
  const seen = async () => {
    const lines = (await ask('GET', `/leads/${lead.id}/activities`)).body.data;
    const shown = (await ask('GET', `/leads/${lead.id}/timeline`)).body.data;
    return JSON.stringify([lines, shown.map(({ request: _, ...line }: { request: unknown }) => line)]);
  };
  expect(await seen()).not.toMatch(/other lead|twin|same phone/);
  await world.query(
    `UPDATE activities SET detail = '{"twins":["phone"]}', reason = 'The token''s policy is to create; 2 other leads have the same phone or email. Next in turn.'
     WHERE reason = 'The token''s policy is to create a new lead.'`,
  );
  expect(await seen()).not.toMatch(/other lead|twin|same phone/);
  expect(await seen()).toContain("The token's policy is to create. Next in turn.");
});

test('a touch records the fields that arrived and the request that brought them', async () => {
  const lead = (await ask('POST', '/leads', { name: 'Touch', source: 'Partner', custom: { a: 1 } })).body;
  const [touch] = (await ask('GET', `/leads/${lead.id}/touches`)).body.data;
  expect(touch).toMatchObject({ dialect: 'native', source: 'Partner', fields: { name: 'Touch', custom: { a: 1 } } });
  expect((await ask('GET', `/submissions/${touch.submission_id}`)).body.lead_id).toBe(lead.id);
});

describe('a member who sees only their own leads', async () => {
  const memberId = await world.member({ name: 'Own Olga', visibility: 'own' });
  const olga = client(world, { cookie: await world.signIn(memberId) });
  let phones = 7_840_259_000;
  const leadOf = async (owner?: string) => {
    phones += 1;
    const body = { name: 'Ann Lee', phone: `0${phones}`, ...(owner && { owner }) };
    return (await ask('POST', '/leads', body)).body;
  };

  test.each([
    ['PATCH', '', { city: 'York' }],
    ['DELETE', '', undefined],
    ['POST', '/reopen', undefined],
    ['POST', '/notes', { text: 'Hello' }],
    ['POST', '/tasks', { name: 'Call' }],
    ['POST', '/deals', { name: 'Roof' }],
  ] as const)('%s %s of a hidden lead is 404 like an unknown one and changes nothing', async (method, path, body) => {
    const lead = await leadOf();
    const before = await ask('GET', `/leads/${lead.id}`);
    // Only managers may delete leads.
    if (method === 'DELETE') await world.query("UPDATE members SET role = 'manager' WHERE id = $1", [memberId]);
    if (method === 'DELETE') await world.parts.changed(world.workspaceId);
    const hidden = await olga(method, `/leads/${lead.id}${path}`, body);
    const unknown = await olga(method, `/leads/lead_01h455vb4pex5vsknk084sn02q${path}`, body);
    expect(hidden.status).toBe(404);
    expect({ ...hidden.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
    expect((await ask('GET', `/leads/${lead.id}`)).text).toBe(before.text);
    const stored = await ask('GET', hidden.body.instance.replace('/v1', ''));
    expect(stored.body).toMatchObject({ outcome: 'refused', status_code: 404, lead_id: null });
  });

  test('can change their own leads and give them away', async () => {
    const lead = await leadOf('Own Olga');
    expect((await olga('PATCH', `/leads/${lead.id}`, { city: 'York' })).body).toMatchObject({ city: 'York' });
    expect(await olga('PATCH', `/leads/${lead.id}`, { owner: 'Olive Owner' })).toMatchObject({ status: 200 });
    expect(await olga('PATCH', `/leads/${lead.id}`, { city: 'Leeds' })).toMatchObject({ status: 404 });
  });

  test('makes two leads possible duplicates by entering the phone of a hidden one', async () => {
    const other = await leadOf();
    const lead = await leadOf('Own Olga');
    expect((await olga('PATCH', `/leads/${lead.id}`, { phone: other.phone })).status).toBe(200);
    const [twin] = (await ask('GET', `/leads/${lead.id}/possible-duplicates`)).body.data;
    expect(twin.lead.id).toBe(other.id);
  });
});

test('a token in test mode gets the usual responses to a change and a deletion, but neither is carried out', async () => {
  const { id } = await newLead();
  const testing = client(world, await world.token('native', { test_mode: true }));
  expect((await testing('PATCH', `/leads/${id}`, { name: 'Changed' })).body.name).toBe('Changed');
  expect((await testing('DELETE', `/leads/${id}`)).status).toBe(204);
  expect((await ask('GET', `/leads/${id}`)).body).toMatchObject({ name: 'Ann Lee', version: 1 });
  const stored = (await ask('GET', '/submissions?limit=2')).body.data;
  expect(stored.map(({ method, outcome }: { method: string; outcome: string }) => [method, outcome])).toEqual([
    ['DELETE', 'test'],
    ['PATCH', 'test'],
  ]);
});

test('a test request creates its new names once it is replayed', async () => {
  const tested = { name: 'Tested', phone: '07840258901', source: 'New Partner', custom: { shoe: '42' } };
  const reply = await ask('POST', '/leads', tested, { 'leadwell-test': 'true' });
  expect(reply).toMatchObject({ status: 200, body: { custom: { shoe: '42' } } });
  const [kept] = (await ask('GET', '/submissions?limit=1&outcome=test')).body.data;
  const ended = await ask('POST', `/submissions/${kept.id}/replay`, {});
  expect(ended.body).toMatchObject({ outcome: 'accepted' });
  const lead = (await ask('GET', `/leads/${ended.body.lead_id}`)).body;
  expect(lead).toMatchObject({ source: 'New Partner', custom: { shoe: '42' } });
});

test('long but not short responses are gzipped for clients that accept it, with the same headers', async () => {
  const fields = { method: 'GET', url: '/v1/openapi.json' } as const;
  const plain = await world.app.inject(fields);
  const packed = await world.app.inject({ ...fields, headers: { 'accept-encoding': 'gzip' } });
  expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', ratelimit: expect.any(String) });
  expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
  expect(plain.headers['content-encoding']).toBeUndefined();
  const lead = await newLead();
  const short = await ask('GET', `/leads/${lead.id}/notes`, undefined, { 'accept-encoding': 'gzip' });
  expect(short.headers['content-encoding']).toBeUndefined();
});
