import { expect, test } from 'vitest';
import { client, fieldsAtFault, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const newLead = async () => (await ask('POST', '/leads', { name: 'Ann' })).body;
const move = (id: string, status: string, more: object = {}) => ask('PATCH', `/leads/${id}`, { status, ...more });

test('a reopened lead returns to its previous status without its lost reason, and the timeline says so', async () => {
  const { id } = await newLead();
  await move(id, 'Qualified');
  await move(id, 'Lost', { lost_reason: 'Price' });
  const back = await ask('POST', `/leads/${id}/reopen`);
  expect(back.body).toMatchObject({ status: 'Qualified', lifecycle_state: 'open', lost_reason: null });
  const [line] = (await ask('GET', `/leads/${id}/timeline`)).body.data;
  expect(line).toMatchObject({
    title: 'Status changed Lost → Qualified',
    reason: 'Reopened in its previous status: Qualified.',
  });
});

test('a lead closed twice returns to its last open status', async () => {
  const { id } = await newLead();
  await move(id, 'Hot');
  await move(id, 'Won');
  await move(id, 'Lost', { lost_reason: 'Price' });
  expect((await ask('POST', `/leads/${id}/reopen`)).body.status).toBe('Hot');
});

test('an open lead stays unchanged; one that was created closed reopens in the first status', async () => {
  const open = await newLead();
  expect((await ask('POST', `/leads/${open.id}/reopen`)).body).toEqual(open);
  const born = (await ask('POST', '/leads', { name: 'Born lost', status: 'Won' })).body;
  expect((await ask('POST', `/leads/${born.id}/reopen`)).body.status).toBe('New');
  expect((await ask('POST', '/leads/nobody/reopen')).status).toBe(404);
});

test('a replayed request without a lost reason is refused again, and accepted once a reason is added', async () => {
  const { id } = await newLead();
  const silent = await move(id, 'Lost');
  expect(fieldsAtFault(silent)).toEqual(['lost_reason required']);
  const kept = silent.body.instance.replace('/v1', '');
  const again = await ask('POST', `${kept}/replay`, {});
  expect(again.body).toMatchObject({ outcome: 'refused', status_code: 422 });
  const edited = await ask('POST', `${kept}/replay`, { body: '{"status":"Lost","lost_reason":"Price"}' });
  expect(edited.body).toMatchObject({ outcome: 'accepted', status_code: 200 });
  expect((await ask('GET', `/leads/${id}`)).body.lost_reason).toBe('Price');
});
