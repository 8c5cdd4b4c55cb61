import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));

interface Told {
  id: string;
  type: string;
  payload: Record<string, unknown>;
}

/** The events about the newest lead since the last call, oldest first. */
async function newEvents(): Promise<Told[]> {
  const events = await world.query<Told>(
    `DELETE FROM events WHERE lead_id = (SELECT id FROM leads ORDER BY id DESC LIMIT 1) RETURNING id, type, payload`,
  );
  return events.sort((a, b) => (a.id < b.id ? -1 : 1));
}

test('events of a new lead contain ids and workspace names, but not its name or phone', async () => {
  await ask('POST', '/leads', { name: 'Ann Anyone', phone: '07700900555', source: 'Fair', note: 'x' });
  const events = await newEvents();
  expect(events).toMatchObject([
    {
      type: 'lead.created',
      payload: { status: { name: 'New', state: 'new' }, source: { name: 'Fair' }, owner_id: null },
    },
    { type: 'touch.added', payload: { dialect: 'native', source: { name: 'Fair' } } },
    { type: 'note.added', payload: { note_id: expect.stringMatching(/^note_/) } },
  ]);
  expect(JSON.stringify(events)).not.toMatch(/Ann|7700900555/);
});

test('one change is announced as a whole, and also as a status change and an assignment', async () => {
  const { body: lead } = await ask('POST', '/leads', { name: 'Ben' });
  await newEvents();
  await ask('PATCH', `/leads/${lead.id}`, { status: 'Won', owner: world.ownerId, custom: { tax_id: '7' } });
  expect(await newEvents()).toMatchObject([
    { type: 'lead.updated', payload: { changed: ['status', 'owner', 'custom.tax_id'] } },
    {
      type: 'lead.status_changed',
      payload: { from: { name: 'New' }, to: { name: 'Won', state: 'won' }, lost_reason: null },
    },
    { type: 'lead.assigned', payload: { from: null, to: world.ownerId } },
  ]);
});

test('events of a repeated enquiry say which fields it changed', async () => {
  const merging = client(world, await world.token('native', { policy: 'merge' }));
  await merging('POST', '/leads', { email: 'again@example.com' });
  await newEvents();
  await merging('POST', '/leads', { email: 'again@example.com', city: 'York' });
  expect(await newEvents()).toMatchObject([
    { type: 'lead.enquired_again', payload: { changed: ['city'] } },
    { type: 'lead.updated', payload: { changed: ['city'] } },
    { type: 'touch.added', payload: { dialect: 'native', source: null } },
  ]);
  await merging('POST', '/leads', { email: 'again@example.com', city: 'York' });
  expect((await newEvents()).map(({ type }) => type)).toEqual(['lead.enquired_again', 'touch.added']);
});

test('marking a lead as do-not-call announces each of its waiting calls as cancelled, by id', async () => {
  const { body: lead } = await ask('POST', '/leads', { name: 'Cy', phone: '07700900556', call: {} });
  expect((await newEvents()).map(({ type }) => type)).toEqual(['lead.created', 'touch.added', 'call.planned']);
  const [call] = (await ask('GET', `/leads/${lead.id}/calls`)).body.data;
  await ask('POST', `/leads/${lead.id}/do-not-call`, {});
  expect(await newEvents()).toMatchObject([
    { type: 'call.cancelled', payload: { call_id: call.id } },
    { type: 'lead.updated', payload: { changed: ['do_not_call'] } },
  ]);
});
