import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const as = async (member: Parameters<typeof world.member>[0]) => {
  const id = await world.member(member);
  return { id, ask: client(world, { cookie: await world.signIn(id) }) };
};

test('completing a task is announced once, with its details', async () => {
  const { body: task } = await ask('POST', '/tasks', { name: 'Order paper', category: 'email' });
  await ask('PATCH', `/tasks/${task.id}`, { done: true });
  await ask('PATCH', `/tasks/${task.id}`, { done: true, name: 'Order more paper' });
  const events = await world.query("SELECT payload FROM events WHERE type = 'task.completed'");
  expect(events.map((row) => (row as { payload: object }).payload)).toMatchObject([
    { task_id: task.id, category: 'email', due_at: null, assignee_id: null },
  ]);
});

test('a task says when nothing more is planned for its open lead', async () => {
  const lead = (await ask('POST', '/leads', { name: 'Ann' })).body;
  const add = async (name: string) =>
    (await ask('POST', `/leads/${lead.id}/tasks`, { name, due_at: '2027-01-01T10:00:00Z' })).body;
  const [first, second] = [await add('Call'), await add('Visit')];
  expect((await ask('PATCH', `/tasks/${first.id}`, { done: true })).body.lead_needs_next_step).toBe(false);
  expect((await ask('PATCH', `/tasks/${second.id}`, { done: true })).body.lead_needs_next_step).toBe(true);
  expect((await ask('PATCH', `/tasks/${second.id}`, { done: false })).body.lead_needs_next_step).toBe(false);
  await ask('PATCH', `/tasks/${second.id}`, { done: true });
  await ask('PATCH', `/leads/${lead.id}`, { status: 'Won' });
  expect((await ask('GET', `/tasks/${second.id}`)).body.lead_needs_next_step).toBe(false);
});

test('a deleted task is gone, and its lead’s timeline says so', async () => {
  const lead = (await ask('POST', '/leads', { name: 'Ann' })).body;
  const { body: task } = await ask('POST', `/leads/${lead.id}/tasks`, { name: 'Visit' });
  expect((await ask('DELETE', `/tasks/${task.id}`)).status).toBe(204);
  expect((await ask('GET', `/tasks/${task.id}`)).status).toBe(404);
  expect((await ask('DELETE', `/tasks/${task.id}`)).status).toBe(404);
  const [line] = (await ask('GET', `/leads/${lead.id}/activities`)).body.data;
  expect(line).toMatchObject({ kind: 'task_deleted', reason: 'Task deleted: Visit' });
});

test('a viewer can read tasks but not change them', async () => {
  const { body: task } = await ask('POST', '/tasks', { name: 'x' });
  const viewer = await as({ role: 'viewer' });
  expect((await viewer.ask('GET', `/tasks/${task.id}`)).status).toBe(200);
  expect((await viewer.ask('PATCH', `/tasks/${task.id}`, { done: true })).status).toBe(403);
  expect((await viewer.ask('DELETE', `/tasks/${task.id}`)).status).toBe(403);
  expect((await ask('GET', `/tasks/${task.id}`)).body.done).toBe(false);
});

test('an agent who sees only their own leads can change their tasks and those of their leads, no others', async () => {
  const agent = await as({ name: 'Ada Agent', visibility: 'own' });
  const mine = (await ask('POST', '/leads', { name: 'Mine', owner: agent.id })).body;
  const foreign = (await ask('POST', '/leads', { name: 'Foreign' })).body;
  const add = async (body: object) => (await ask('POST', '/tasks', body)).body.id;
  const ofMyLead = await add({ name: 'a', lead_id: mine.id });
  const myOwn = await add({ name: 'b', assignee: agent.id });
  const myOwnElsewhere = await add({ name: 'c', assignee: agent.id, lead_id: foreign.id });
  const others = await add({ name: 'd' });
  const elsewhere = await add({ name: 'e', lead_id: foreign.id });
  for (const id of [ofMyLead, myOwn, myOwnElsewhere])
    expect((await agent.ask('PATCH', `/tasks/${id}`, { done: true })).status).toBe(200);
  for (const id of [others, elsewhere]) {
    expect((await agent.ask('PATCH', `/tasks/${id}`, { done: true })).status).toBe(404);
    expect((await agent.ask('DELETE', `/tasks/${id}`)).status).toBe(404);
    expect((await ask('GET', `/tasks/${id}`)).body.done).toBe(false);
  }
  expect((await agent.ask('GET', `/tasks/${myOwnElsewhere}`)).body).toMatchObject({ lead_name: null, done: true });
});

test('a typed task is parsed, and the leads it may refer to are found', async () => {
  world.setClock(new Date('2026-11-18T11:30:00Z'));
  await ask('POST', '/leads', { name: 'Anjali Menon', company_name: 'Kerala Spices' });
  const { body } = await ask('POST', '/tasks/parse', { text: 'call Anjali tomorrow 10' });
  expect(body).toMatchObject({ name: 'Call Anjali', category: 'call', due_at: '2026-11-19T10:00:00.000Z' });
  expect(body.leads).toMatchObject([{ name: 'Anjali Menon', company: 'Kerala Spices', phone: null }]);
  const stranger = await as({ visibility: 'own' });
  expect((await stranger.ask('POST', '/tasks/parse', { text: 'call Anjali' })).body.leads).toEqual([]);
  expect((await ask('POST', '/tasks/parse', { text: 'tidy up' })).body).toMatchObject({ due_at: null, leads: [] });
  expect((await ask('POST', '/tasks/parse', { text: 'x'.repeat(501) })).status).toBe(422);
  world.setClock(undefined);
});
