import { expect, test } from 'vitest';
import { client, testWorld } from '../../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const add = async (body: object) => (await ask('POST', '/leads', body)).body;
const twinsOf = async (id: string) =>
  (await ask('GET', `/leads/${id}/twins`)).body.data.map(({ lead, why }: { lead: { name: string }; why: string }) => [
    lead.name,
    why,
  ]);

const ann = await add({ name: 'Ann', phone: '07840258823', email: 'ann@example.com' });
const again = await add({ name: 'A. Lee', phone: '+44 7840 258823', email: 'ANN@example.com' });
const third = await add({ name: 'Third', email: 'ann@example.com' });
await add({ name: 'Stranger', phone: '07840258824' });

test('leads that share a phone or an e-mail are told of each other, with why', async () => {
  expect(await twinsOf(ann.id)).toEqual([
    ['Third', 'Same e-mail'],
    ['A. Lee', 'Same phone and e-mail'],
  ]);
  expect(await twinsOf(third.id)).toEqual([
    ['A. Lee', 'Same e-mail'],
    ['Ann', 'Same e-mail'],
  ]);
});

test('two leads that somebody told apart are no twins any more, seen from either', async () => {
  const told = await ask('POST', `/leads/${third.id}/twins/${ann.id}/dismiss`);
  expect(told.status).toBe(204);
  expect((await ask('POST', `/leads/${ann.id}/twins/${third.id}/dismiss`)).status).toBe(204);
  expect(await twinsOf(ann.id)).toEqual([['A. Lee', 'Same phone and e-mail']]);
  expect(await twinsOf(third.id)).toEqual([['A. Lee', 'Same e-mail']]);
});

test('a lead is told apart only from another one that there is', async () => {
  const nobody = 'lead_01h455vb4pex5vsknk084sn02q';
  expect((await ask('POST', `/leads/${ann.id}/twins/${nobody}/dismiss`)).status).toBe(404);
  expect((await ask('POST', `/leads/${ann.id}/twins/${ann.id}/dismiss`)).status).toBe(422);
  expect((await ask('GET', `/leads/${nobody}/twins`)).status).toBe(404);
});

test('a lead that is gone is nobody’s twin', async () => {
  await ask('DELETE', `/leads/${again.id}`);
  expect(await twinsOf(ann.id)).toEqual([]);
});
