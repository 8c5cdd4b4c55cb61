import { expect, test } from 'vitest';
import { client, testWorld } from '../../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const add = async (body: object) => (await ask('POST', '/leads', body)).body;
const duplicatesOf = async (id: string) =>
  (await ask('GET', `/leads/${id}/possible-duplicates`)).body.data.map(
    ({ lead, why }: { lead: { name: string }; why: string }) => [lead.name, why],
  );

const ann = await add({ name: 'Ann', phone: '07840258823', email: 'ann@example.com' });
const again = await add({ name: 'A. Lee', phone: '+44 7840 258823', email: 'ANN@example.com' });
const third = await add({ name: 'Third', email: 'ann@example.com' });
await add({ name: 'Stranger', phone: '07840258824' });

test('leads that share a phone or an email are listed as possible duplicates, with the reason', async () => {
  expect(await duplicatesOf(ann.id)).toEqual([
    ['Third', 'Same email'],
    ['A. Lee', 'Same phone and email'],
  ]);
  expect(await duplicatesOf(third.id)).toEqual([
    ['A. Lee', 'Same email'],
    ['Ann', 'Same email'],
  ]);
});

test('two leads marked as not duplicates are no longer listed for either', async () => {
  const marked = await ask('POST', `/leads/${third.id}/possible-duplicates/${ann.id}/dismiss`);
  expect(marked.status).toBe(204);
  expect((await ask('POST', `/leads/${ann.id}/possible-duplicates/${third.id}/dismiss`)).status).toBe(204);
  expect(await duplicatesOf(ann.id)).toEqual([['A. Lee', 'Same phone and email']]);
  expect(await duplicatesOf(third.id)).toEqual([['A. Lee', 'Same email']]);
});

test('a lead can only be marked as not a duplicate of another existing lead', async () => {
  const nobody = 'lead_01h455vb4pex5vsknk084sn02q';
  expect((await ask('POST', `/leads/${ann.id}/possible-duplicates/${nobody}/dismiss`)).status).toBe(404);
  expect((await ask('POST', `/leads/${ann.id}/possible-duplicates/${ann.id}/dismiss`)).status).toBe(422);
  expect((await ask('GET', `/leads/${nobody}/possible-duplicates`)).status).toBe(404);
});

test('a lead out of sight is no lead that another could be marked as different from', async () => {
  const memberId = await world.member({ visibility: 'own' });
  const mine = await add({ name: 'Mine', email: 'ann@example.com', owner: memberId });
  const member = client(world, { cookie: await world.signIn(memberId) });
  expect((await member('POST', `/leads/${mine.id}/possible-duplicates/${third.id}/dismiss`)).status).toBe(404);
  expect((await duplicatesOf(mine.id)).map(([name]: string[]) => name)).toContain('Third');
  await ask('DELETE', `/leads/${mine.id}`);
});

test('a deleted lead is not listed as a duplicate', async () => {
  await ask('DELETE', `/leads/${again.id}`);
  expect(await duplicatesOf(ann.id)).toEqual([]);
});
