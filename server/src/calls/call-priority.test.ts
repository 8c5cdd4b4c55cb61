import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));

test('raising the priority of a lead type also moves its waiting calls forward', async () => {
  const agent = client(world, { cookie: await world.signIn(await world.member({ name: 'Amy' })) });
  const plan = (name: string, type: string, phone: string) => ask('POST', '/leads', { name, type, phone, call: {} });
  await plan('Early', 'Sales', '07700900101');
  await plan('Late', 'Support', '07700900102');
  const { data } = (await ask('GET', '/lead-types')).body;
  const support = data.find(({ name }: { name: string }) => name === 'Support');
  expect((await ask('PATCH', `/lead-types/${support.id}`, { call_priority: 5 })).status).toBe(200);
  const [{ priority }] = (await world.query(
    "SELECT c.priority FROM calls c JOIN leads l ON l.id = c.lead_id WHERE l.name = 'Late'",
  )) as [{ priority: number }];
  expect(priority).toBe(5);
  await agent('PUT', '/agents/me', { state: 'ready' });
  const claimed = (await agent('POST', '/calls/claim', {})).body;
  expect(claimed.lead.name).toBe('Late');
});
