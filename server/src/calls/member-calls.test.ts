import { afterEach, describe, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const amyId = await world.member({ name: 'Amy' });
const amyCookie = await world.signIn(amyId);
const amy = client(world, { cookie: amyCookie });
const ben = client(world, { cookie: await world.signIn(await world.member({ name: 'Ben' })) });
const outcomes = (await ask('GET', '/call-outcomes')).body.data as { id: string; name: string }[];
const outcomeId = (name: string) => outcomes.find((one) => one.name === name)?.id;
let phones = 7_700_900_100;

async function planned(more: object = {}) {
  return (await ask('POST', '/leads', { name: 'Ann', phone: `0${phones++}`, type: 'Sales', call: {}, ...more })).body;
}
async function claimed(more: object = {}) {
  await planned(more);
  return (await amy('POST', '/calls/claim', {})).body;
}
const end = (one: { call: { id: string }; claim_id: string }, body: object, as = amy) =>
  as('POST', `/calls/${one.call.id}/outcome`, { claim_id: one.claim_id, ...body });
/** Never shortly before a full hour, so that what one test does falls on one day. */
const start = Date.now() + (new Date().getUTCMinutes() >= 40 ? 25 * 60_000 : 0);
const later = (seconds: number) => world.setClock(new Date(start + seconds * 1000));
const activities = async (lead: { id: string }) => (await ask('GET', `/leads/${lead.id}/activities`)).body.data;

afterEach(async () => {
  world.setClock(new Date(start));
  await world.query('DELETE FROM calls');
  await world.query('DELETE FROM agents');
});

describe('a member’s call', () => {
  test('is theirs by name, for ten minutes, and they hold one at a time', async () => {
    await planned();
    const one = await claimed();
    expect(one.call).toMatchObject({ claimed_by: 'Amy', member_id: amyId, state: 'claimed' });
    const lease = Date.parse(one.call.claim_expires_at) - Date.now();
    expect(lease).toBeGreaterThan(590_000);
    const again = (await amy('POST', '/calls/claim', {})).body;
    expect([again.call.id, again.claim_id]).toEqual([one.call.id, one.claim_id]);
    const self = (await amy('GET', '/agents/me')).body;
    expect([self.state, self.current.claim_id]).toEqual(['claimed', one.claim_id]);
    expect((await ben('POST', '/calls/claim', { call_id: one.call.id })).status).toBe(409);
  });

  test('measures the talk, counts as the first reply, and keeps the note on the lead', async () => {
    const one = await claimed();
    await amy('POST', `/calls/${one.call.id}/start`, { claim_id: one.claim_id });
    expect((await amy('GET', '/agents/me')).body.state).toBe('on_call');
    later(90);
    const ended = (await end(one, { outcome_id: outcomeId('Interested'), note: 'Wants two.' })).body;
    expect(ended).toMatchObject({ state: 'dialled', outcome: 'Interested', member_id: amyId });
    expect(Math.abs(ended.talk_seconds - 90)).toBeLessThan(5);
    expect((await ask('GET', `/leads/${one.lead.id}/notes`)).body.data[0].text).toBe('Wants two.');
    expect((await ask('GET', `/leads/${one.lead.id}`)).body.first_reply_at).not.toBeNull();
    const queue = (await amy('GET', '/calls/queue')).body;
    expect([queue.calls_today, queue.talk_seconds_today]).toEqual([1, ended.talk_seconds]);
    expect((await amy('GET', '/agents/me')).body).toMatchObject({ state: 'ready', current: null });
  });

  test('a callback needs a time to come, and comes back at it', async () => {
    const one = await claimed();
    const none = await end(one, { outcome_id: outcomeId('Call back') });
    expect([none.status, none.body.errors[0].field]).toEqual([422, 'callback_at']);
    const past = await end(one, { outcome_id: outcomeId('Call back'), callback_at: '2020-01-01T10:00:00Z' });
    expect(past.status).toBe(422);
    const callback_at = new Date(start + 3_600_000).toISOString();
    const ended = (await end(one, { outcome_id: outcomeId('Call back'), callback_at })).body;
    expect(ended).toMatchObject({ state: 'pending', callback: true, due_at: callback_at });
    expect((await amy('GET', '/calls/queue')).body.next_callback).toEqual({ at: callback_at, name: 'Ann' });
    expect((await ask('GET', `/leads/${one.lead.id}`)).body.next_step_kind).toBe('callback');
    expect((await amy('POST', '/calls/claim', {})).status).toBe(204);
    later(3601);
    expect((await amy('POST', '/calls/claim', {})).body.why.kind).toBe('callback');
  });

  test('a try that reached nobody comes again until the tries are used up', async () => {
    const retry = (
      await owner('POST', '/call-outcomes', {
        name: 'Engaged',
        meaning: 'retry',
        retry_minutes: 10,
        max_attempts: 2,
      })
    ).body;
    const one = await claimed();
    expect((await end(one, { outcome_id: retry.id })).body).toMatchObject({ state: 'pending', attempts: 1 });
    later(601);
    const two = (await amy('POST', '/calls/claim', {})).body;
    expect(two.why).toMatchObject({ kind: 'retry', attempt: 2, max_attempts: 2 });
    expect((await end(two, { outcome_id: retry.id })).body).toMatchObject({ state: 'dialled', attempts: 2 });
    expect((await amy('GET', '/calls/queue')).body.calls_today).toBeGreaterThanOrEqual(2);
    expect((await activities(one.lead))[0].reason).toContain('try 2 of 2, the last');
  });

  test('who says never again is not called again, by anybody', async () => {
    const one = await claimed();
    await ask('POST', `/leads/${one.lead.id}/calls`, { type: 'Support' });
    await end(one, { outcome_id: outcomeId('Do not call') });
    const calls = (await ask('GET', `/leads/${one.lead.id}/calls`)).body.data;
    expect(calls.map(({ state }: { state: string }) => state).sort()).toEqual(['cancelled', 'dialled']);
    expect((await ask('GET', `/leads/${one.lead.id}`)).body.do_not_call).toBe(true);
  });

  test('an outcome that moves the lead does so; a lost one asks why', async () => {
    const statuses = (await ask('GET', '/statuses')).body.data as { id: string; name: string }[];
    const status_id = statuses.find(({ name }) => name === 'Lost')?.id;
    const gone = (await owner('POST', '/call-outcomes', { name: 'Went elsewhere', meaning: 'done', status_id })).body;
    const one = await claimed();
    const without = await end(one, { outcome_id: gone.id });
    expect([without.status, without.body.errors[0].field]).toEqual([422, 'lost_reason']);
    expect((await end(one, { outcome_id: gone.id, lost_reason: 'Price' })).status).toBe(200);
    const lead = (await ask('GET', `/leads/${one.lead.id}`)).body;
    expect([lead.status, lead.lost_reason]).toEqual(['Lost', 'Price']);
    const kinds = (await activities(lead)).map(({ kind }: { kind: string }) => kind);
    expect(kinds.slice(0, 2).sort()).toEqual(['call_ended', 'status_changed']);
  });

  test('a skipped one comes a little later, and says why it was skipped', async () => {
    const one = await claimed();
    const skipped = await amy('POST', `/calls/${one.call.id}/skip`, { claim_id: one.claim_id, reason: 'At lunch' });
    expect(skipped.body).toMatchObject({ state: 'pending', skips: 1, attempts: 0, due_at: one.call.due_at });
    expect((await amy('POST', '/calls/claim', {})).status).toBe(204);
    expect((await activities(one.lead))[0]).toMatchObject({
      kind: 'call_skipped',
      reason: 'Amy skipped the call: At lunch.',
    });
    later(901);
    expect((await amy('POST', '/calls/claim', {})).body.call.id).toBe(one.call.id);
  });

  test('an outcome of the workspace decides by itself when it is tried again', async () => {
    const one = await claimed();
    const told = await end(one, { outcome_id: outcomeId('No answer'), retry_in_seconds: 5 });
    expect([told.status, told.body.errors[0].field]).toEqual([422, 'retry_in_seconds']);
    expect((await end(one, {})).body.errors[0].field).toBe('outcome');
    expect((await end(one, { outcome_id: 'nothing' })).body.errors[0].field).toBe('outcome_id');
  });
});

describe('who is gone holds nothing', () => {
  test('signing out gives the call back', async () => {
    const id = await world.member({ name: 'Cleo' });
    const cookie = await world.signIn(id);
    await planned();
    const one = (await client(world, { cookie })('POST', '/calls/claim', {})).body;
    await world.query('UPDATE sessions SET ended_at = now() WHERE member_id = $1', [id]);
    expect((await ask('GET', `/calls/${one.call.id}`)).body).toMatchObject({ state: 'pending', claimed_by: null });
    expect((await ben('POST', '/calls/claim', {})).body.call.id).toBe(one.call.id);
  });

  test('so does being deactivated', async () => {
    const id = await world.member({ name: 'Dora' });
    const dora = client(world, { cookie: await world.signIn(id) });
    await planned();
    const one = (await dora('POST', '/calls/claim', {})).body;
    await owner('PATCH', `/members/${id}`, { active: false });
    expect((await ask('GET', `/calls/${one.call.id}`)).body.state).toBe('pending');
  });

  test('a page that died loses its call with the lease', async () => {
    const one = await claimed();
    later(599);
    expect((await ben('POST', '/calls/claim', {})).status).toBe(204);
    later(601);
    expect((await ben('POST', '/calls/claim', {})).body.call.id).toBe(one.call.id);
    const lost = await end(one, { outcome_id: outcomeId('Interested') });
    expect([lost.status, lost.body.type]).toEqual([409, '/problems/claim_lost']);
  });
});
