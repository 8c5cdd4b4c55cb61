import { expect, test } from 'vitest';
import { client, fieldsAtFault, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const amyId = await world.member({ name: 'Amy' });
const amy = client(world, { cookie: await world.signIn(amyId) });
const ben = client(world, { cookie: await world.signIn(await world.member({ name: 'Ben' })) });
let phones = 7_700_900_300;

const newLead = async (more: object = {}) =>
  (await ask('POST', '/leads', { name: 'Ann', phone: `0${phones++}`, ...more })).body.id as string;
const log = (lead: string, body: object, as = amy) => as('POST', `/leads/${lead}/call-log`, body);
const calls = async (lead: string) => (await ask('GET', `/leads/${lead}/calls`)).body.data;
const attempts = (lead: string) =>
  world.query<{ outcome: string; talk_seconds: number | null; member_id: string }>(
    `SELECT outcome, talk_seconds, member_id FROM call_attempts
     WHERE lead_id = (SELECT id FROM leads WHERE number = $1) ORDER BY ended_at`,
    [lead],
  );

test('a call logged by hand counts like one from the queue, and as the first reply', async () => {
  const lead = await newLead();
  expect((await log(lead, { outcome_id: 'Interested', note: 'Wants two.', talk_seconds: 90 })).status).toBe(204);
  expect(await calls(lead)).toMatchObject([
    { state: 'dialled', outcome: 'Interested', attempts: 1, talk_seconds: 90, member_id: amyId },
  ]);
  const { first_reply_at, number } = (await ask('GET', `/leads/${lead}`)).body;
  expect(first_reply_at).not.toBeNull();
  expect(await attempts(number)).toEqual([{ outcome: 'Interested', talk_seconds: 90, member_id: amyId }]);
  expect((await ask('GET', `/leads/${lead}/notes`)).body.data[0].text).toBe('Wants two.');
  expect((await amy('GET', '/agents/me')).body.state).toBe('offline');
});

test('a logged call that reached nobody is retried, as the call that was already waiting', async () => {
  const lead = await newLead({ call: { delay_seconds: 3600 } });
  await log(lead, { outcome_id: 'No answer' });
  const [call, ...others] = await calls(lead);
  expect(others).toEqual([]);
  expect(call).toMatchObject({ state: 'pending', attempts: 1, outcome: 'No answer' });
  expect(Date.parse(call.due_at)).toBeGreaterThan(Date.now() + 100 * 60_000);
});

test('a callback needs a time and becomes the next step of the lead', async () => {
  const lead = await newLead();
  expect(fieldsAtFault(await log(lead, { outcome_id: 'Call back' }))).toEqual(['callback_at required']);
  expect(await calls(lead)).toEqual([]);
  const callback_at = new Date(Date.now() + 26 * 3_600_000).toISOString();
  await log(lead, { outcome_id: 'Call back', callback_at });
  expect(await calls(lead)).toMatchObject([{ state: 'pending', callback: true, due_at: callback_at }]);
  expect((await ask('GET', `/leads/${lead}`)).body.next_step_kind).toBe('callback');
});

test('logging "Do not call" marks the lead and ends its waiting call', async () => {
  const lead = await newLead({ call: {} });
  await log(lead, { outcome_id: 'Do not call' });
  expect((await ask('GET', `/leads/${lead}`)).body.do_not_call).toBe(true);
  expect((await calls(lead)).map(({ state }: { state: string }) => state)).toEqual(['dialled']);
});

test('logging a call ends the member’s own claim, but is refused if somebody else claimed the call', async () => {
  const lead = await newLead({ call: {} });
  const claimed = (await amy('POST', '/calls/claim', { lead_id: lead })).body;
  expect((await log(lead, { outcome_id: 'Interested' }, ben)).status).toBe(409);
  expect((await log(lead, { outcome_id: 'Interested' })).status).toBe(204);
  expect(await calls(lead)).toMatchObject([{ id: claimed.call.id, state: 'dialled' }]);
  expect((await amy('GET', '/agents/me')).body).toMatchObject({ state: 'ready', current: null });
});

test('an outcome in free text has no further effects', async () => {
  const lead = await newLead();
  expect((await log(lead, { outcome: 'Chatted' })).status).toBe(204);
  expect(await calls(lead)).toEqual([]);
  const callback_at = new Date(Date.now() + 86_400_000).toISOString();
  expect(fieldsAtFault(await log(lead, { outcome: 'Chatted', callback_at }))).toEqual(['callback_at not_applicable']);
  expect(fieldsAtFault(await log(lead, { outcome_id: 'Nothing like it' }))).toEqual(['outcome_id unknown_reference']);
  const faceless = (await ask('POST', '/leads', { email: 'f@example.com' })).body.id;
  expect(fieldsAtFault(await log(faceless, { outcome_id: 'Interested' }))).toEqual(['phone required']);
});

const step = { name: 'Send the offer', due_at: '2030-05-06T09:00:00.000Z' };
const leadOf = async (id: string) => (await ask('GET', `/leads/${id}`)).body;
const undo = (id: string, as = amy) => as('POST', `/leads/${id}/calls/undo`);

test('an outcome moves the lead and plans its next step, and one undo reverts all of it', async () => {
  const lead = await newLead({ call: { delay_seconds: 3600 } });
  const [waiting] = await calls(lead);
  const said = { outcome_id: 'Interested', note: 'Wants two.', next_step: step };
  expect((await log(lead, said)).status).toBe(204);
  expect(await leadOf(lead)).toMatchObject({ status: 'Contacted', next_step: step.name, next_step_at: step.due_at });
  expect((await undo(lead)).status).toBe(204);
  const after = await leadOf(lead);
  expect(after).toMatchObject({ status: 'New', first_reply_at: null, next_step_kind: 'call' });
  expect(await attempts(after.number)).toEqual([]);
  expect((await ask('GET', `/leads/${lead}/notes`)).body.data).toEqual([]);
  expect((await ask('GET', `/leads/${lead}/tasks`)).body.data).toEqual([]);
  const { updated_at: _, ...same } = waiting;
  expect(await calls(lead)).toMatchObject([same]);
  expect((await undo(lead)).status).toBe(409);
});

test('undoing a call that was only logged cancels it and lifts do-not-call', async () => {
  const lead = await newLead();
  await log(lead, { outcome_id: 'Do not call' });
  expect((await undo(lead, ben)).status).toBe(409);
  expect((await undo(lead)).status).toBe(204);
  expect((await leadOf(lead)).do_not_call).toBe(false);
  expect(await calls(lead)).toMatchObject([{ state: 'cancelled' }]);
});

test('undo leaves a next step that has been done, and is refused after an hour', async () => {
  const lead = await newLead();
  const at = new Date();
  world.setClock(at);
  await log(lead, { outcome_id: 'Interested', next_step: step });
  const [task] = (await ask('GET', `/leads/${lead}/tasks`)).body.data;
  await ask('PATCH', `/tasks/${task.id}`, { done: true });
  world.setClock(new Date(at.getTime() + 3_600_001));
  expect((await undo(lead)).status).toBe(409);
  world.setClock(new Date(at.getTime() + 3_600_000));
  expect((await undo(lead)).status).toBe(204);
  world.setClock(undefined);
  expect((await ask('GET', `/leads/${lead}/tasks`)).body.data).toMatchObject([{ id: task.id, done: true }]);
});

test('a call planned since then waits instead of the one whose outcome is undone', async () => {
  const lead = await newLead({ call: {} });
  await log(lead, { outcome_id: 'Interested', next_step: step });
  const planned = (await ask('POST', `/leads/${lead}/calls`, {})).body;
  expect((await undo(lead)).status).toBe(204);
  expect((await leadOf(lead)).status).toBe('New');
  const waiting = (await calls(lead)).filter(({ state }: { state: string }) => state === 'pending');
  expect(waiting).toMatchObject([{ id: planned.id }]);
});

test('undoing the last try keeps the one before it', async () => {
  const lead = await newLead({ call: {} });
  await log(lead, { outcome_id: 'No answer', talk_seconds: 3 });
  await log(lead, { outcome_id: 'Not interested' });
  expect(await leadOf(lead)).toMatchObject({ status: 'Lost', lost_reason: 'No interest' });
  await undo(lead);
  const { status, lost_reason, number } = await leadOf(lead);
  expect({ status, lost_reason }).toEqual({ status: 'New', lost_reason: null });
  expect(await attempts(number)).toMatchObject([{ outcome: 'No answer', talk_seconds: 3 }]);
  expect(await calls(lead)).toMatchObject([{ state: 'pending', attempts: 1, outcome: 'No answer' }]);
});

test('an outcome does not move a lead backwards, and undo is refused once the lead was moved again', async () => {
  const lead = await newLead();
  await ask('PATCH', `/leads/${lead}`, { status: 'Qualified' });
  await log(lead, { outcome_id: 'Interested' });
  expect((await leadOf(lead)).status).toBe('Qualified');
  const other = await newLead();
  await log(other, { outcome_id: 'Interested' });
  await ask('PATCH', `/leads/${other}`, { status: 'Hot' });
  expect((await undo(other)).status).toBe(409);
  expect((await leadOf(other)).status).toBe('Hot');
});
