import { expect, test } from 'vitest';
import { client, fieldsAtFault, testWorld } from '../../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const manager = client(world, {
  cookie: await world.signIn(await world.member({ name: 'Mona Manager', role: 'manager' })),
});
const beth = client(world, { cookie: await world.signIn(await world.member({ name: 'Beth Lund', role: 'agent' })) });
let phones = 7_700_900_100;
const newPhone = () => `0${phones++}`;
const newLead = async (more: object = {}) =>
  (await ask('POST', '/leads', { name: 'Ann', phone: newPhone(), ...more })).body;
const timeline = async (id: string, query = '', as = manager) =>
  (await as('GET', `/leads/${id}/timeline${query}`)).body;

test('the timeline starts with the request that created the lead, and says why and who owns it', async () => {
  const { id } = await newLead({ department: 'Sales', owner: 'Olive Owner', note: 'Rings after six' });
  const { data } = await timeline(id);
  expect(data.map((line: { kind: string }) => line.kind)).toEqual(['note', 'lead_created', 'request']);
  expect(data[1]).toMatchObject({
    title: 'Lead created, assigned to Olive Owner',
    actor: 'native of default',
    reason: "The token's policy is to create a new lead. The sender named the owner.",
  });
  expect(data[2]).toMatchObject({
    title: 'POST /v1/leads',
    actor: 'native of default',
    request: { dialect: 'native', method: 'POST', path: '/v1/leads', status_code: 201, token: 'native of default' },
  });
  expect(data[2].request.body).toContain('"note":"Rings after six"');
  expect(data[1].submission_id).toBe(data[2].submission_id);
});

test('an agent sees the request but not its body', async () => {
  const { id } = await newLead();
  const { data } = await timeline(id, '', beth);
  expect(data.at(-1).request).toMatchObject({ method: 'POST', body: null });
});

test('changes show names instead of ids and labels instead of field names', async () => {
  const { id } = await newLead();
  await beth('PATCH', `/leads/${id}`, { status: 'Contacted', owner: 'Olive Owner' });
  await beth('PATCH', `/leads/${id}`, { city: 'York' });
  await beth('PATCH', `/leads/${id}`, { city: null, email: 'ann@example.com' });
  const { data } = await timeline(id, '?kind=changes');
  expect(data.map(({ title, actor }: { title: string; actor: string }) => [title, actor])).toEqual([
    ['2 fields changed', 'Beth Lund'],
    ['City set to York', 'Beth Lund'],
    ['Status changed New → Contacted, and Owner changed', 'Beth Lund'],
  ]);
  expect(data[2].changes).toContainEqual({ field: 'owner_id', label: 'Owner', from: null, to: 'Olive Owner' });
});

test('the timeline can be filtered by kind and read page by page', async () => {
  const { id } = await newLead();
  await beth('POST', `/leads/${id}/notes`, { text: 'One' });
  await beth('POST', `/leads/${id}/call-log`, { outcome: 'No answer' });
  await beth('POST', `/leads/${id}/tasks`, { name: 'Send quote' });
  const kinds = async (query: string) => (await timeline(id, query)).data.map((line: { kind: string }) => line.kind);
  expect(await kinds('?kind=calls')).toEqual(['call_logged']);
  expect(await kinds('?kind=notes')).toEqual(['note']);
  expect(await kinds('?kind=system')).toEqual(['lead_created', 'request']);
  const first = await timeline(id, '?limit=2');
  const second = await timeline(id, `?limit=3&cursor=${first.next_cursor}`);
  expect([...first.data, ...second.data].map((line) => line.kind)).toEqual([
    ...['task_added', 'call_logged', 'note', 'lead_created', 'request'],
  ]);
  expect(second.next_cursor).toBe(null);
  expect((await ask('GET', `/leads/${id}/timeline?kind=other`)).status).toBe(422);
  expect((await ask('GET', '/leads/nobody/timeline')).status).toBe(404);
});

test('a note can be changed or deleted only by its author or a manager', async () => {
  const { id } = await newLead();
  const note = (await beth('POST', `/leads/${id}/notes`, { text: 'Wants a secret thing' })).body;
  const other = client(world, { cookie: await world.signIn(await world.member({ name: 'Carl', role: 'agent' })) });
  const line = async (as: typeof beth) => (await timeline(id, '?kind=notes', as)).data[0];
  expect([(await line(beth)).may_change, (await line(other)).may_change, (await line(manager)).may_change]).toEqual([
    ...[true, false, true],
  ]);
  expect((await other('PATCH', `/notes/${note.id}`, { text: 'x' })).status).toBe(403);
  expect((await other('DELETE', `/notes/${note.id}`)).status).toBe(403);
  expect(fieldsAtFault(await beth('PATCH', `/notes/${note.id}`, { text: '  ' }))).toEqual(['text required']);
  const changed = await beth('PATCH', `/notes/${note.id}`, { text: 'Wants fibre' });
  expect(changed.body).toMatchObject({ id: note.id, text: 'Wants fibre', edited_at: expect.any(String) });
  expect(await line(beth)).toMatchObject({ text: 'Wants fibre', note_id: note.id, edited_at: expect.any(String) });
  expect((await manager('DELETE', `/notes/${note.id}`)).status).toBe(204);
  expect((await manager('DELETE', `/notes/${note.id}`)).status).toBe(404);
  expect((await timeline(id, '?kind=notes')).data).toMatchObject([{ kind: 'note_deleted', actor: 'Mona Manager' }]);
  expect((await ask('GET', `/leads/${id}/activities`)).text).not.toContain('secret');
});

test('a call logged by hand shows its note and duration, and counts as the first reply', async () => {
  const { id } = await newLead();
  const at = new Date(Date.now() - 3_600_000);
  world.setClock(at);
  const logged = await beth('POST', `/leads/${id}/call-log`, {
    outcome: 'Interested',
    note: 'Call at 6',
    talk_seconds: 134,
  });
  world.setClock(undefined);
  expect(logged.status).toBe(204);
  const [line] = (await timeline(id)).data;
  expect(line).toMatchObject({ title: 'Called: Interested', text: 'Call at 6', talk_seconds: 134, actor: 'Beth Lund' });
  const [lead] = await world.query<{ first_reply_at: Date }>(
    'SELECT first_reply_at FROM leads ORDER BY id DESC LIMIT 1',
  );
  expect(lead?.first_reply_at).toEqual(at);
  expect(fieldsAtFault(await beth('POST', `/leads/${id}/call-log`, { outcome: ' ', talk_seconds: -1 }))).toEqual([
    'talk_seconds too_small',
  ]);
  expect(fieldsAtFault(await beth('POST', `/leads/${id}/call-log`, { outcome: ' ' }))).toEqual(['outcome required']);
});

test('a member who sees only their own leads gets 404 for the leads of others', async () => {
  const { id } = await newLead();
  const own = client(world, { cookie: await world.signIn(await world.member({ name: 'Own', visibility: 'own' })) });
  for (const path of ['timeline', 'possible-duplicates', 'presence'])
    expect((await own('GET', `/leads/${id}/${path}`)).status).toBe(404);
  expect((await own('POST', `/leads/${id}/call-log`, { outcome: 'x' })).status).toBe(404);
  expect((await own('POST', `/leads/${id}/reopen`)).status).toBe(404);
});

test('the agent calling a lead is shown for as long as the claim is valid', async () => {
  const { id } = await newLead();
  const held = async () => (await ask('GET', `/leads/${id}/presence`)).body.held;
  expect(await held()).toEqual([]);
  await ask('POST', `/leads/${id}/calls`, {});
  const claim = await ask('POST', '/calls/claim', { agent: 'Beth' });
  expect(claim.body.lead.id).toBe(id);
  const [one] = await held();
  expect(one).toMatchObject({ name: 'Beth', state: 'claimed' });
  expect(Math.abs(Date.now() - Date.parse(one.since))).toBeLessThan(60_000);
  world.setClock(new Date(Date.now() + 3_600_000));
  expect(await held()).toEqual([]);
  world.setClock(undefined);
});
