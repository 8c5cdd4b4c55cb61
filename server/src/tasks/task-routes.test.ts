import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));

test('a task may stand on its own or be about a lead', async () => {
  const alone = await ask('POST', '/tasks', { name: 'Order paper', lead_id: '' });
  expect([alone.status, alone.body.lead_id]).toEqual([201, null]);
  const lead = (await ask('POST', '/leads', { name: 'Ann' })).body;
  const about = await ask('POST', '/tasks', { name: 'Visit', lead_id: lead.id });
  expect(about.body).toMatchObject({ lead_id: lead.id, lead_name: 'Ann' });
  expect((await ask('GET', '/tasks')).body.data).toEqual([about.body, alone.body]);
});

test('a task about an unknown lead is refused', async () => {
  expect((await ask('POST', '/tasks', { name: 'x', lead_id: 'lead_01h455vb4pex5vsknk084sn02q' })).status).toBe(404);
  const reply = await ask('POST', '/tasks', { name: 'x', lead_id: 'nonsense' });
  expect([reply.status, reply.body.errors[0]]).toMatchObject([422, { field: 'lead_id', code: 'unknown_reference' }]);
});

test('a task is completed once, appears on its lead’s timeline and can be reopened', async () => {
  const lead = (await ask('POST', '/leads', { name: 'Ann' })).body;
  const { body: task } = await ask('POST', `/leads/${lead.id}/tasks`, {
    name: 'Visit',
    due_at: '2027-01-01T00:00:00Z',
  });
  const done = await ask('PATCH', `/tasks/${task.id}`, { done: true });
  expect(done.body).toMatchObject({ done: true, name: 'Visit' });
  const again = await ask('PATCH', `/tasks/${task.id}`, { done: true });
  expect(again.body.done_at).toBe(done.body.done_at);
  expect((await ask('GET', '/tasks?when=done')).body.data).toEqual([again.body]);
  const open = await ask('PATCH', `/tasks/${task.id}`, { done: false, due_at: null, name: 'Visit soon' });
  expect(open.body).toMatchObject({ done: false, done_at: null, due_at: null, name: 'Visit soon' });
  const kinds = (await ask('GET', `/leads/${lead.id}/activities`)).body.data.map((line: { kind: string }) => line.kind);
  expect(kinds).toEqual(['task_reopened', 'task_done', 'task_added', 'lead_created']);
});

test.each([
  [{ name: ' ' }, 'name'],
  [{ assignee: 'Nobody' }, 'assignee'],
  [{ done: 'yes' }, 'done'],
  [{ done_at: 'x' }, 'done_at'],
])('an invalid change is refused: %j', async (body, field) => {
  const { body: task } = await ask('POST', '/tasks', { name: 'x' });
  const reply = await ask('PATCH', `/tasks/${task.id}`, body);
  expect([reply.status, reply.body.errors[0].field]).toEqual([422, field]);
});

test('an unknown task is 404', async () => {
  for (const id of ['x', 'task_01h455vb4pex5vsknk084sn02q', 'lead_01h455vb4pex5vsknk084sn02q']) {
    expect((await ask('GET', `/tasks/${id}`)).status).toBe(404);
    expect((await ask('PATCH', `/tasks/${id}`, { done: true })).status).toBe(404);
  }
});
