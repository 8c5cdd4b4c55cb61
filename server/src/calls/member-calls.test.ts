import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
/** Never shortly before a full hour, so that everything a test does falls on one day. */
const start = Date.now() + (new Date().getUTCMinutes() >= 40 ? 25 * 60_000 : 0);
const later = (seconds: number) => world.setClock(new Date(start + seconds * 1000));
const activities = async (lead: { id: string }) => (await ask('GET', `/leads/${lead.id}/activities`)).body.data;

beforeEach(() => later(0));
afterEach(async () => {
  await world.query('DELETE FROM calls');
  await world.query('DELETE FROM agents');
});

describe('a member’s call', () => {
  test('is claimed in their name for ten minutes, and they hold one at a time', async () => {
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

  test('measures the talk time, counts as the first reply, and adds the note to the lead', async () => {
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

  test('a callback needs a time in the future, and comes back then', async () => {
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

  test('a call that reached nobody is retried until the tries are used up', async () => {
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
    expect((await activities(one.lead))[0].reason).toContain('attempt 2 of 2, the last');
  });

  test('the outcome "Do not call" cancels all other calls of the lead', async () => {
    const one = await claimed();
    await ask('POST', `/leads/${one.lead.id}/calls`, { type: 'Support' });
    await end(one, { outcome_id: outcomeId('Do not call') });
    const calls = (await ask('GET', `/leads/${one.lead.id}/calls`)).body.data;
    expect(calls.map(({ state }: { state: string }) => state).sort()).toEqual(['cancelled', 'dialled']);
    expect((await ask('GET', `/leads/${one.lead.id}`)).body.do_not_call).toBe(true);
  });

  test('an outcome with a status moves the lead, and a lost status needs a reason', async () => {
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

  test('a skipped call comes back a little later, and the timeline says why it was skipped', async () => {
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

  test('a configured outcome sets the time of the retry, which a request cannot override', async () => {
    const one = await claimed();
    const told = await end(one, { outcome_id: outcomeId('No answer'), retry_in_seconds: 5 });
    expect([told.status, told.body.errors[0].field]).toEqual([422, 'retry_in_seconds']);
    expect((await end(one, {})).body.errors[0].field).toBe('outcome');
    expect((await end(one, { outcome_id: 'nothing' })).body.errors[0].field).toBe('outcome_id');
  });
});

test('a call of a lead that its holder no longer sees is released, and does not show the lead', async () => {
  const danId = await world.member({ name: 'Dan', visibility: 'own' });
  const dan = client(world, { cookie: await world.signIn(danId) });
  const lead = await planned({ name: 'Given away', owner: danId });
  expect((await dan('POST', '/calls/claim', {})).body.lead.id).toBe(lead.id);
  await owner('PATCH', `/leads/${lead.id}`, { owner: amyId });
  const again = await dan('POST', '/calls/claim', {});
  expect([again.status, again.text]).toEqual([204, '']);
  expect((await dan('POST', '/calls/list/claim', {})).status).toBe(204);
  expect((await amy('POST', '/calls/claim', {})).body.lead.id).toBe(lead.id);
});

describe('a member who is gone holds no call', () => {
  test('ending the session releases the call', async () => {
    const id = await world.member({ name: 'Cleo' });
    const cookie = await world.signIn(id);
    await planned();
    const one = (await client(world, { cookie })('POST', '/calls/claim', {})).body;
    await world.query('UPDATE sessions SET ended_at = now() WHERE member_id = $1', [id]);
    expect((await ask('GET', `/calls/${one.call.id}`)).body).toMatchObject({ state: 'pending', claimed_by: null });
    expect((await ben('POST', '/calls/claim', {})).body.call.id).toBe(one.call.id);
  });

  test('deactivating the member releases the call', async () => {
    const id = await world.member({ name: 'Dora' });
    const dora = client(world, { cookie: await world.signIn(id) });
    await planned();
    const one = (await dora('POST', '/calls/claim', {})).body;
    await owner('PATCH', `/members/${id}`, { active: false });
    expect((await ask('GET', `/calls/${one.call.id}`)).body.state).toBe('pending');
  });

  test('a page that died loses its call when the lease expires', async () => {
    const one = await claimed();
    later(599);
    expect((await ben('POST', '/calls/claim', {})).status).toBe(204);
    later(601);
    expect((await ben('POST', '/calls/claim', {})).body.call.id).toBe(one.call.id);
    const lost = await end(one, { outcome_id: outcomeId('Interested') });
    expect([lost.status, lost.body.type]).toEqual([409, '/problems/claim_lost']);
  });
});

describe('working through a list', () => {
  let tags = 0;
  /** Creates leads with a tag of their own; returns them with the query of their list, which is sorted by name. */
  async function listed(...leads: object[]) {
    tags += 1;
    await owner('POST', '/tags', { name: `List ${tags}` });
    const made = [];
    for (const more of leads) {
      const lead = { phone: `0${phones++}`, type: 'Sales', tags: [`List ${tags}`], ...more };

      made.push((await owner('POST', '/leads', lead)).body);
    }
    return { leads: made, query: new URLSearchParams({ tag: `List ${tags}`, sort: 'name' }).toString() };
  }
  const listOf = async (query: string, more = '') =>
    (await amy('GET', `/calls/list?query=${encodeURIComponent(query)}${more}`)).body;
  const next = (body: object, as = amy) => as('POST', '/calls/list/claim', body);
  const names = ({ next: leads }: { next: { name: string }[] }) => leads.map(({ name }) => name);

  test('offers its leads in order, even without a planned call, and says who is passed over and why', async () => {
    const { leads, query } = await listed(
      { name: 'Ben' },
      { name: 'Amy' },
      { name: 'No phone', phone: null, email: 'no-phone@example.com' },
      { name: 'Not to call' },
      { name: 'Callback' },
      { name: 'Held' },
    );
    const idOf = (name: string) => leads.find((one) => one.name === name).id;
    await owner('POST', `/leads/${idOf('Not to call')}/do-not-call`, {});
    const callback_at = new Date(start + 7_200_000).toISOString();
    await owner('POST', `/leads/${idOf('Callback')}/call-log`, { outcome_id: outcomeId('Call back'), callback_at });
    later(3_700);
    await next({ lead_id: idOf('Held') }, ben);
    const list = await listOf(query);
    expect([list.to_call, list.has_more, names(list)]).toEqual([2, false, ['Amy', 'Ben']]);
    expect(list.passed_over).toEqual([
      { why: 'do_not_call', count: 1 },
      { why: 'no_phone', count: 1 },
      { why: 'held', count: 1 },
      { why: 'callback', count: 1 },
    ]);
    const one = (await next({ query })).body;
    expect([one.lead.name, one.call.claimed_by]).toEqual(['Amy', 'Amy']);
    expect((await next({ query })).body.claim_id).toBe(one.claim_id);
    await end(one, { outcome_id: outcomeId('Interested') });
    expect((await next({ query })).body.lead.name).toBe('Ben');
  });

  test('leads called within the last hour, or skipped since the agent began, are not offered again', async () => {
    const { query } = await listed({ name: 'One' }, { name: 'Two' });
    const since = new Date(start).toISOString();
    const one = (await next({ query, since })).body;
    const skipped = await amy('POST', `/calls/${one.call.id}/skip`, { claim_id: one.claim_id });
    // The skipped call was planned only to work through the list, so nobody else is offered it.
    expect(skipped.body.state).toBe('cancelled');
    expect((await ben('POST', '/calls/claim', {})).status).toBe(204);
    const two = (await next({ query, since })).body;
    expect(two.lead.name).toBe('Two');
    await end(two, { outcome_id: outcomeId('Interested') });
    expect((await next({ query, since })).status).toBe(204);
    expect((await listOf(query, `&since=${since}`)).passed_over).toEqual([{ why: 'done', count: 2 }]);
    later(1);
    expect(names(await listOf(query))).toEqual(['One']);
    later(3_700);
    expect(names(await listOf(query))).toEqual(['One', 'Two']);
  });

  test('two agents never get the same lead', async () => {
    const { query } = await listed({ name: 'First' }, { name: 'Second' });
    const [one, two] = await Promise.all([next({ query }), next({ query }, ben)]);
    const got = [one.body?.lead?.name, two.body?.lead?.name].filter(Boolean);
    expect(new Set(got).size).toBe(got.length);
    expect([...got, ...names(await listOf(query))].sort()).toEqual(['First', 'Second']);
  });

  test('a saved view is a list for every member who can see it, limited to the leads they may see', async () => {
    const { leads, query } = await listed({ name: 'Mine' }, { name: 'Of nobody' });
    const danId = await world.member({ name: 'Dan', visibility: 'own' });
    const dan = client(world, { cookie: await world.signIn(danId) });
    await owner('PATCH', `/leads/${leads[0].id}`, { owner: danId });
    const shared = (await owner('POST', '/views', { name: 'Shared', query, audience: 'all' })).body;
    const secret = (await owner('POST', '/views', { name: 'Secret', query })).body;
    expect(names((await dan('GET', `/calls/list?view=${shared.id}`)).body)).toEqual(['Mine']);
    expect((await next({ view: shared.id, lead_id: leads[1].id }, dan)).status).toBe(404);
    expect((await next({ view: shared.id }, dan)).body.lead.name).toBe('Mine');
    for (const view of [secret.id, 'x']) expect((await next({ view }, dan)).status).toBe(404);
  });

  test.each([
    [{ query: 'state=sleeping' }, 'query.state'],
    [{ query: 'colour=red' }, 'query.colour'],
    [{ query: 'sort=luck' }, 'query.sort'],
    [{ query: '', view: 'view_x' }, 'query'],
    [{ since: 'yesterday' }, 'since'],
  ])('an invalid list is refused: %j', async (list, field) => {
    const refused = await next(list);
    expect([refused.status, refused.body.errors[0].field]).toEqual([422, field]);
  });

  test('a call created only for the list is cancelled when its holder leaves', async () => {
    const { query } = await listed({ name: 'Only' });
    const one = (await next({ query })).body;
    later(601);
    expect((await next({ query, lead_id: one.lead.id }, ben)).body.lead.name).toBe('Only');
    const id = await world.member({ name: 'Eve' });
    const eve = client(world, { cookie: await world.signIn(id) });
    const { query: other } = await listed({ name: 'Other' });
    const two = (await next({ query: other }, eve)).body;
    await world.query('UPDATE sessions SET ended_at = now() WHERE member_id = $1', [id]);
    expect((await ask('GET', `/calls/${two.call.id}`)).body.state).toBe('cancelled');
  });
});
