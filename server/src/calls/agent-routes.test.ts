import { afterEach, describe, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const amyId = await world.member({ name: 'Amy' });
const amy = client(world, { cookie: await world.signIn(amyId) });
const mia = client(world, { cookie: await world.signIn(await world.member({ name: 'Mia', role: 'manager' })) });
const say = (state: string, reason?: string) => amy('PUT', '/agents/me', { state, ...(reason && { reason }) });
const later = (seconds: number) => world.setClock(new Date(Date.now() + seconds * 1000));
const seen = async () =>
  (await mia('GET', '/agents')).body.data.find(({ name }: { name: string }) => name === 'Amy') as Record<
    string,
    unknown
  >;
let phones = 7_700_900_100;

async function claimed() {
  await ask('POST', '/leads', { name: 'Ann', phone: `0${phones++}`, call: {} });
  return (await amy('POST', '/calls/claim', {})).body;
}

afterEach(async () => {
  world.setClock(undefined);
  await world.query('DELETE FROM calls');
  await world.query('DELETE FROM agents');
  await world.query('DELETE FROM call_attempts');
});

describe('the state of an agent', () => {
  test('changes between ready, paused with a reason, and offline', async () => {
    expect((await amy('GET', '/agents/me')).body).toMatchObject({ state: 'offline', current: null });
    expect((await say('ready')).body.state).toBe('ready');
    expect((await say('paused', 'Lunch')).body).toMatchObject({ state: 'paused', reason: 'Lunch' });
    expect((await amy('POST', '/calls/claim', {})).body.type).toBe('/problems/agent_state');
    expect((await say('ready')).body).toMatchObject({ state: 'ready', reason: null });
    expect((await say('offline')).body.state).toBe('offline');
  });

  test('keeps its start time when it is set again', async () => {
    const first = (await say('ready')).body;
    later(30);
    expect((await say('ready')).body.since).toBe(first.since);
  });

  test('cannot be paused during a call, and wraps up only a call that was started', async () => {
    const one = await claimed();
    expect((await say('paused', 'Lunch')).status).toBe(409);
    expect((await say('wrap_up')).status).toBe(409);
    await amy('POST', `/calls/${one.call.id}/start`, { claim_id: one.claim_id });
    expect((await say('ready')).status).toBe(409);
    expect((await say('wrap_up')).body.state).toBe('wrap_up');
    await amy('POST', `/calls/${one.call.id}/outcome`, { claim_id: one.claim_id, outcome: 'spoke' });
    expect((await amy('GET', '/agents/me')).body.state).toBe('ready');
  });

  test('becomes offline after a minute without a heartbeat', async () => {
    await say('ready');
    later(59);
    expect((await seen())['state']).toBe('ready');
    await amy('POST', '/agents/me/heartbeat');
    later(100);
    expect((await seen())['state']).toBe('ready');
    later(130);
    expect((await seen())['state']).toBe('offline');
  });
});

describe('a supervisor', () => {
  test('is shown counts only of calls with leads they may see', async () => {
    const own = await world.member({ name: 'Otto', role: 'manager', visibility: 'own' });
    const otto = client(world, { cookie: await world.signIn(own) });
    for (const more of [{}, { owner: 'Otto' }]) {
      const { body: lead } = await ask('POST', '/leads', { name: 'Lee', phone: `0${phones++}`, ...more });
      await amy('POST', `/leads/${lead.id}/call-log`, { outcome_id: 'Interested', talk_seconds: 60 });
    }
    const counted = async (as: typeof otto) =>
      (await as('GET', '/agents')).body.data.find(({ name }: { name: string }) => name === 'Amy');
    expect(await counted(mia)).toMatchObject({ calls_today: 2, talk_seconds_today: 120 });
    expect(await counted(otto)).toMatchObject({ calls_today: 1, talk_seconds_today: 60 });
  });

  test('sees who is calling whom, and the results of the day', async () => {
    const one = await claimed();
    expect(await seen()).toMatchObject({ state: 'claimed', lead_name: 'Ann', lead_id: one.lead.id, calls_today: 0 });
    await amy('POST', `/calls/${one.call.id}/start`, { claim_id: one.claim_id });
    later(30);
    const { data } = (await ask('GET', '/call-outcomes')).body;
    const reached = data.find(({ name }: { name: string }) => name === 'Interested');
    await amy('POST', `/calls/${one.call.id}/outcome`, {
      claim_id: one.claim_id,
      outcome_id: reached.id,
      talk_seconds: 25,
    });
    expect(await seen()).toMatchObject({
      state: 'ready',
      lead_id: null,
      calls_today: 1,
      talk_seconds_today: 25,
      contacts_per_hour: 1,
    });
  });

  test('can pause an agent, who finishes the current call first', async () => {
    const one = await claimed();
    await amy('POST', `/calls/${one.call.id}/start`, { claim_id: one.claim_id });
    expect((await mia('POST', `/agents/${amyId}/pause`, { reason: 'Team meeting' })).status).toBe(204);
    expect((await amy('GET', '/agents/me')).body).toMatchObject({ state: 'paused', reason: 'Team meeting' });
    expect((await say('ready')).status).toBe(409);
    expect((await say('wrap_up')).status).toBe(200);
    await amy('POST', `/calls/${one.call.id}/outcome`, { claim_id: one.claim_id, outcome: 'spoke' });
    expect((await amy('GET', '/agents/me')).body).toMatchObject({ state: 'paused', current: null });
    expect((await amy('POST', '/calls/claim', {})).status).toBe(409);
    expect((await say('ready')).body.state).toBe('ready');
  });

  test('cannot be an agent or a token', async () => {
    expect((await amy('GET', '/agents')).status).toBe(403);
    expect((await amy('POST', `/agents/${amyId}/pause`, {})).status).toBe(403);
    expect((await ask('GET', '/agents')).status).toBe(403);
    expect((await mia('POST', '/agents/018f0000-0000-7000-8000-000000000000/pause', {})).status).toBe(404);
  });
});

describe('call outcomes', () => {
  const admin = client(world, world.tokens.get('native'));
  const names = async () => (await admin('GET', '/call-outcomes')).body.data.map(({ name }: { name: string }) => name);

  test('are added, changed, ordered and deleted by administrators', async () => {
    const made = await admin('POST', '/call-outcomes', { name: 'Voicemail', meaning: 'retry', retry_minutes: 30 });
    expect(made.body).toMatchObject({ name: 'Voicemail', reached: false, max_attempts: null });
    const path = `/call-outcomes/${made.body.id}`;
    expect((await admin('PATCH', path, { max_attempts: 4 })).body).toMatchObject({
      retry_minutes: 30,
      max_attempts: 4,
    });
    await admin('PUT', '/call-outcomes/order', { ids: [made.body.id] });
    expect((await names())[0]).toBe('Voicemail');
    expect((await admin('DELETE', path)).status).toBe(204);
    expect(await names()).not.toContain('Voicemail');
    expect((await admin('DELETE', path)).status).toBe(404);
    expect((await amy('POST', '/call-outcomes', { name: 'x', meaning: 'done' })).status).toBe(403);
  });

  test('need a unique name and an existing status', async () => {
    const twice = await admin('POST', '/call-outcomes', { name: ' interested ', meaning: 'done' });
    expect([twice.status, twice.body.type]).toEqual([409, '/problems/name_taken']);
    const status_id = '018f0000-0000-7000-8000-000000000000';
    expect((await admin('POST', '/call-outcomes', { name: 'New', meaning: 'done', status_id })).status).toBe(422);
    expect((await admin('POST', '/call-outcomes', { name: '', meaning: 'done' })).status).toBe(422);
  });
});
