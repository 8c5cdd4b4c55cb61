import { afterEach, describe, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
let phones = 7_700_900_100;
const lead = async (more: object = {}) =>
  (await ask('POST', '/leads', { name: 'Ann', phone: `0${phones++}`, type: 'Sales', ...more })).body;
const planned = async (delay_seconds = 0) => {
  const made = await lead({ call: { delay_seconds } });
  return { lead: made, call: (await ask('GET', `/leads/${made.id}/calls`)).body.data[0] };
};
const claim = (body: object = {}) => ask('POST', '/calls/claim', body);
const later = (seconds: number) => world.setClock(new Date(Date.now() + seconds * 1000));

afterEach(async () => {
  world.setClock(undefined);
  await world.query('DELETE FROM calls');
});

describe('planning', () => {
  test('a call planned by hand waits for its time', async () => {
    const one = await lead();
    const due_at = new Date(Date.now() + 86_400_000).toISOString();
    const call = await ask('POST', `/leads/${one.id}/calls`, { due_at, type: 'support' });
    expect(call.status).toBe(201);
    expect(call.body).toMatchObject({
      lead_id: one.id,
      phone: one.phone,
      state: 'pending',
      type: 'Support',
      attempts: 0,
      due_at,
    });
    expect((await ask('GET', `/calls/${call.body.id}`)).body).toEqual(call.body);
    expect((await claim()).status).toBe(204);
  });

  test('a second call of the same type is refused while the first waits', async () => {
    const one = await lead();
    await ask('POST', `/leads/${one.id}/calls`, {});
    const second = await ask('POST', `/leads/${one.id}/calls`, {});
    expect([second.status, second.body.type]).toEqual([409, '/problems/call_waiting']);
    expect((await ask('POST', `/leads/${one.id}/calls`, { type: 'Support' })).status).toBe(201);
  });

  test('a lead without a phone cannot be called', async () => {
    const silent = (await ask('POST', '/leads', { name: 'No phone' })).body;
    const reply = await ask('POST', `/leads/${silent.id}/calls`, {});
    expect([reply.status, reply.body.errors[0].field]).toEqual([422, 'phone']);
    expect((await ask('POST', '/leads/lead_01h455vb4pex5vsknk084sn02q/calls', {})).status).toBe(404);
  });
});

describe('claiming', () => {
  test('the call due first comes first, with its lead', async () => {
    await planned(3600);
    const first = await planned();
    const second = await planned();
    const one = await claim({ agent: 'Amy' });
    expect(one.status).toBe(200);
    expect(one.body).toMatchObject({
      call: { id: first.call.id, state: 'claimed', claimed_by: 'Amy' },
      lead: { id: first.lead.id },
    });
    const two = await claim();
    expect(two.body.call).toMatchObject({ id: second.call.id, claimed_by: 'native of default' });
    expect((await claim()).status).toBe(204);
  });

  test('calls of another type are not offered when a type is named', async () => {
    await planned();
    expect((await claim({ type: 'Support' })).status).toBe(204);
    expect((await claim({ type: 'sales' })).status).toBe(200);
    const reply = await claim({ type: 'Nowhere' });
    expect([reply.status, reply.body.errors[0].field]).toEqual([422, 'type']);
  });

  test('thirty simultaneous claims hand out each of twenty calls once', async () => {
    for (let at = 0; at < 20; at += 1) await planned();
    const replies = await Promise.all(Array.from({ length: 30 }, () => claim()));
    const ids = replies.filter(({ status }) => status === 200).map(({ body }) => body.call.id);
    expect(new Set(ids).size).toBe(ids.length);
    // A claim may find nothing while other claims hold locks on the remaining calls, so claim again until none is left.
    for (let next = await claim(); next.status === 200; next = await claim()) ids.push(next.body.call.id);
    expect(new Set(ids).size).toBe(20);
  });

  test('while one call of a lead is claimed, no other agent is offered another call of it', async () => {
    for (let at = 0; at < 5; at += 1) {
      const one = await lead();
      await ask('POST', `/leads/${one.id}/calls`, { type: 'Sales' });
      await ask('POST', `/leads/${one.id}/calls`, { type: 'Support' });
    }
    const replies = await Promise.all(Array.from({ length: 20 }, () => claim()));
    const leads = replies.filter(({ status }) => status === 200).map(({ body }) => body.lead.id);
    for (let next = await claim(); next.status === 200; next = await claim()) leads.push(next.body.lead.id);
    expect(leads).toHaveLength(5);
    expect(new Set(leads).size).toBe(5);
  });

  test('a call whose claim expires goes to the next agent, and the first claim is lost', async () => {
    const { call } = await planned();
    const first = (await claim({ agent: 'Amy', lease_seconds: 30 })).body;
    later(29);
    expect((await claim()).status).toBe(204);
    later(31);
    const second = (await claim({ agent: 'Ben' })).body;
    expect(second.call.id).toBe(call.id);
    for (const [what, body] of [
      ['outcome', { outcome: 'spoke' }],
      ['release', {}],
      ['extend', {}],
    ] as const) {
      const lost = await ask('POST', `/calls/${call.id}/${what}`, { claim_id: first.claim_id, ...body });
      expect([lost.status, lost.body.type]).toEqual([409, '/problems/claim_lost']);
    }
    expect(
      (await ask('POST', `/calls/${call.id}/outcome`, { claim_id: second.claim_id, outcome: 'spoke' })).status,
    ).toBe(200);
  });

  test('an extended claim is valid for longer', async () => {
    const { call } = await planned();
    const { claim_id } = (await claim({ lease_seconds: 30 })).body;
    later(25);
    expect((await ask('POST', `/calls/${call.id}/extend`, { claim_id, lease_seconds: 60 })).status).toBe(200);
    later(80);
    expect((await claim()).status).toBe(204);
  });

  test.each([29, 3601, 'x'])('a lease of %s seconds is refused', async (lease_seconds) => {
    const reply = await claim({ lease_seconds });
    expect([reply.status, reply.body.errors[0].field]).toEqual([422, 'lease_seconds']);
  });
});

describe('ending', () => {
  test('a call with an outcome is dialled, and the lead’s timeline and an event record it', async () => {
    const { call, lead: called } = await planned();
    const { claim_id } = (await claim({ agent: 'Amy' })).body;
    const ended = await ask('POST', `/calls/${call.id}/outcome`, {
      claim_id,
      outcome: 'interested',
      note: 'Wants a roof.',
    });
    expect(ended.body).toMatchObject({
      state: 'dialled',
      attempts: 1,
      outcome: 'interested',
      note: 'Wants a roof.',
      claimed_by: null,
    });
    const [last, before] = (await ask('GET', `/leads/${called.id}/activities`)).body.data;
    expect(last).toMatchObject({
      kind: 'call_ended',
      reason: 'Amy called: interested.',
      detail: { outcome: 'interested', note: 'Wants a roof.' },
    });
    expect(before).toMatchObject({ kind: 'call_claimed', reason: 'Amy claimed the call.' });
    const events = await world.query<{ payload: object }>(
      "SELECT payload FROM events WHERE type = 'call.ended' ORDER BY id DESC LIMIT 1",
    );
    expect(events[0]?.payload).toEqual({
      call_id: call.id,
      outcome: null,
      member_id: null,
      talk_seconds: null,
      again_at: null,
    });
    expect((await ask('POST', `/calls/${call.id}/outcome`, { claim_id, outcome: 'again' })).status).toBe(409);
    expect((await claim()).status).toBe(204);
  });

  test('a call to be retried waits until its time', async () => {
    const { call } = await planned();
    const one = (await claim()).body;
    const ended = await ask('POST', `/calls/${call.id}/outcome`, {
      claim_id: one.claim_id,
      outcome: 'busy',
      retry_in_seconds: 600,
    });
    expect(ended.body).toMatchObject({ state: 'pending', attempts: 1, outcome: 'busy' });
    expect((await claim()).status).toBe(204);
    later(601);
    const two = (await claim()).body;
    const at = new Date(Date.now() + 7_200_000).toISOString();
    const again = await ask('POST', `/calls/${call.id}/outcome`, {
      claim_id: two.claim_id,
      outcome: 'call me later',
      callback_at: at,
    });
    expect(again.body).toMatchObject({ state: 'pending', attempts: 2, due_at: at });
  });

  test('a released call is offered again at once, as if it had never been claimed', async () => {
    const { call } = await planned();
    const { claim_id } = (await claim()).body;
    const released = await ask('POST', `/calls/${call.id}/release`, { claim_id });
    expect(released.body).toMatchObject({ state: 'pending', attempts: 0, claimed_by: null });
    expect((await claim()).body.call.id).toBe(call.id);
  });

  test('a late outcome is accepted unless somebody else has claimed the call', async () => {
    const { call } = await planned();
    const { claim_id } = (await claim({ lease_seconds: 30 })).body;
    later(100);
    expect((await ask('POST', `/calls/${call.id}/outcome`, { claim_id, outcome: 'long talk' })).status).toBe(200);
  });

  test.each([
    [{ outcome: '' }, 'outcome'],
    [{ outcome: ' ' }, 'outcome'],
    [{ outcome: 'x', retry_in_seconds: 1, callback_at: '2027-01-01T00:00:00Z' }, 'callback_at'],
    [{ outcome: 'x', retry_in_seconds: -1 }, 'retry_in_seconds'],
    [{ outcome: 'x', callback_at: 'tomorrow' }, 'callback_at'],
  ])('an invalid outcome is refused, and the claim stays: %j', async (body, field) => {
    const { call } = await planned();
    const { claim_id } = (await claim()).body;
    const reply = await ask('POST', `/calls/${call.id}/outcome`, { claim_id, ...body });
    expect([reply.status, reply.body.errors[0].field]).toEqual([422, field]);
    expect((await ask('GET', `/calls/${call.id}`)).body.state).toBe('claimed');
  });

  test('an unknown call returns 404', async () => {
    for (const id of ['x', 'call_01h455vb4pex5vsknk084sn02q'])
      expect((await ask('POST', `/calls/${id}/outcome`, { claim_id: 'x', outcome: 'x' })).status).toBe(404);
  });
});

test('calls are listed by state, without their claim ids', async () => {
  await planned();
  await planned();
  const { claim_id } = (await claim()).body;
  const listed = await ask('GET', '/calls?state=claimed');
  expect(listed.body.data).toHaveLength(1);
  expect(listed.text).not.toContain(claim_id);
  expect((await ask('GET', '/calls')).body.data).toHaveLength(2);
  expect((await ask('GET', '/calls?state=lost')).status).toBe(422);
});
