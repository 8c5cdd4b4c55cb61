import { expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const token = client(world, world.tokens.get('native'));
const member = client(world, { cookie: await world.signIn(await world.member()) });
let phones = 7_700_900_100;
const newLead = async () => (await token('POST', '/leads', { name: 'Ann', phone: `0${phones++}` })).body;

interface Kept {
  next_step_at: Date | null;
  next_step_kind: string | null;
  next_step: string | null;
  first_reply_at: Date | null;
}
const kept = async ({ number }: { number: number }) => {
  const [row] = await world.query<Kept>(
    'SELECT next_step_at, next_step_kind, next_step, first_reply_at FROM leads WHERE number = $1',
    [number],
  );
  return row as Kept;
};
const step = async (lead: { number: number }) => {
  const { next_step_at, next_step_kind, next_step } = await kept(lead);
  return [next_step_kind, next_step_at?.toISOString() ?? null, next_step];
};
const early = '2026-12-01T09:00:00.000Z';
const late = '2026-12-24T09:00:00.000Z';

test('the next step is the open task due first, also after tasks are changed, done or reopened', async () => {
  const lead = await newLead();
  expect(await step(lead)).toEqual([null, null, null]);
  const task = async (name: string, due_at: string | null, category = 'normal') =>
    (await member('POST', `/leads/${lead.id}/tasks`, { name, due_at, category })).body;
  await task('Some day', null);
  expect(await step(lead)).toEqual(['task', null, 'Some day']);
  const quote = await task('Quote', late);
  expect(await step(lead)).toEqual(['task', late, 'Quote']);
  const ring = await task('Ring', early, 'call');
  expect(await step(lead)).toEqual(['call', early, 'Ring']);
  await member('PATCH', `/tasks/${ring.id}`, { done: true });
  expect(await step(lead)).toEqual(['task', late, 'Quote']);
  await member('PATCH', `/tasks/${ring.id}`, { done: false });
  expect(await step(lead)).toEqual(['call', early, 'Ring']);
  await world.query('DELETE FROM tasks WHERE name = $1', ['Ring']);
  await member('PATCH', `/tasks/${quote.id}`, { name: 'Send the quote' });
  expect(await step(lead)).toEqual(['task', late, 'Send the quote']);
});

test('a waiting call is a next step until it is made or cancelled', async () => {
  const lead = await newLead();
  await member('POST', `/leads/${lead.id}/calls`, { due_at: late });
  expect(await step(lead)).toEqual(['call', late, null]);
  await member('POST', `/leads/${lead.id}/tasks`, { name: 'Quote', due_at: early });
  expect(await step(lead)).toEqual(['task', early, 'Quote']);
  await world.query("UPDATE tasks SET done_at = now() WHERE name = 'Quote'");
  await world.query('UPDATE calls SET callback = true');
  expect(await step(lead)).toEqual(['callback', late, null]);
  await world.query("UPDATE calls SET state = 'cancelled'");
  expect(await step(lead)).toEqual([null, null, null]);
});

test('the first reply is a member’s first call or status change, and never a later one', async () => {
  const lead = await newLead();
  await token('PATCH', `/leads/${lead.id}`, { status: 'Hot' });
  await member('POST', `/leads/${lead.id}/notes`, { text: 'x' });
  await member('PATCH', `/leads/${lead.id}`, { city: 'York' });
  expect((await kept(lead)).first_reply_at).toBe(null);
  const at = new Date(Date.now() + 60_000);
  world.setClock(at);
  await member('PATCH', `/leads/${lead.id}`, { status: 'Contacted' });
  world.setClock(new Date(at.getTime() + 3_600_000));
  await member('POST', `/leads/${lead.id}/call-log`, { outcome: 'Interested' });
  world.setClock(undefined);
  expect((await kept(lead)).first_reply_at).toEqual(at);
});

test('a status change is no longer the first reply once it is reverted, but a call remains one', async () => {
  const lead = await newLead();
  const first = (await token('GET', `/leads/${lead.id}`)).body.status;
  await member('PATCH', `/leads/${lead.id}`, { status: 'Contacted' });
  expect((await kept(lead)).first_reply_at).not.toBe(null);
  await member('PATCH', `/leads/${lead.id}`, { status: first });
  expect((await kept(lead)).first_reply_at).toBe(null);
  await member('PATCH', `/leads/${lead.id}`, { status: 'Hot' });
  await member('POST', `/leads/${lead.id}/call-log`, { outcome: 'Interested' });
  const replied = (await kept(lead)).first_reply_at;
  await member('PATCH', `/leads/${lead.id}`, { status: first });
  expect((await kept(lead)).first_reply_at).toEqual(replied);
});

test.each(['call_ended', 'call_logged', 'email_sent', 'status_changed'])(
  'an activity of kind %s is a first reply if a member did it',
  async (kind) => {
    const lead = await newLead();
    const tell = (actor: string) =>
      world.query(
        `INSERT INTO activities (workspace_id, lead_id, id, kind, actor, at)
         SELECT workspace_id, id, gen_random_uuid(), $2, $3, '2026-11-21T10:00:00Z' FROM leads WHERE number = $1`,
        [lead.number, kind, actor],
      );
    await tell('token:01900000-0000-7000-8000-000000000000');
    expect((await kept(lead)).first_reply_at).toBe(null);
    await tell('member:01900000-0000-7000-8000-000000000000');
    expect((await kept(lead)).first_reply_at).toEqual(new Date('2026-11-21T10:00:00Z'));
  },
);
