import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, { cookie: await world.signIn(world.ownerId) });

const done = async () => {
  const { steps } = (await ask('GET', '/first-steps')).body;
  return steps.filter((step: { done: boolean }) => step.done).map((step: { name: string }) => step.name);
};

test('each first step is completed by real work, not by sample data', async () => {
  expect(await done()).toEqual([]);
  await ask('POST', '/demo', { leads: 20 });
  await world.parts.jobs.runDue();
  expect(await done()).toEqual([]);

  await ask('POST', '/tokens', { name: 'Our form', dialect: 'getlead' });
  expect(await done()).toEqual(['connect']);
  await ask('POST', '/leads', { name: 'Anjali Menon', phone: '+919895912345' });
  expect(await done()).toEqual(['connect', 'lead']);
  const statuses = (await ask('GET', '/statuses')).body.data;
  await ask('PATCH', `/statuses/${statuses[1].id}`, { name: 'Reached' });
  expect(await done()).toEqual(['connect', 'lead', 'statuses']);
  await ask('POST', '/members', { name: 'Beth', email: 'beth@example.com', role: 'agent' });
  expect(await done()).toEqual(['connect', 'lead', 'statuses', 'people']);
});

test('the first steps can be dismissed for good', async () => {
  expect((await ask('GET', '/first-steps')).body.dismissed).toBe(false);
  expect((await ask('POST', '/first-steps/dismiss')).status).toBe(204);
  expect((await ask('POST', '/first-steps/dismiss')).status).toBe(204);
  expect((await ask('GET', '/first-steps')).body.dismissed).toBe(true);
});
