import { afterEach, describe, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const amy = await world.member({ name: 'Amy' });
const asAmy = client(world, { cookie: await world.signIn(amy) });
const manager = await world.member({ name: 'Mia', role: 'manager' });
const asManager = client(world, { cookie: await world.signIn(manager) });
const statement = (text: string, values: unknown[] = []) => world.query(text, [world.workspaceId, ...values]);
let phones = 7_700_900_100;
const START = new Date('2026-01-07T12:00:00Z');

async function lead(more: object = {}) {
  return (await ask('POST', '/leads', { phone: `0${phones++}`, type: 'Sales', ...more })).body;
}
async function planned(name: string, more: object = {}) {
  return lead({ name, call: {}, ...more });
}
const claimName = async (body: object = {}) => (await ask('POST', '/calls/claim', body)).body?.lead.name;
const at = (minutes: number) => world.setClock(new Date(START.getTime() + minutes * 60_000));
async function changeType(name: string, change: object) {
  const sets = Object.keys(change).map((column, place) => `${column} = $${place + 3}`);
  await statement(`UPDATE lead_types SET ${sets.join(', ')} WHERE workspace_id = $1 AND name = $2`, [
    name,
    ...Object.values(change),
  ]);
  await world.parts.changed(world.workspaceId);
}

afterEach(async () => {
  world.setClock(undefined);
  await world.query('DELETE FROM calls');
  await changeType('Support', { call_priority: 0 });
  await changeType('Sales', { call_from: null, call_until: null });
});

describe('the order of calls', () => {
  test('due callbacks come first, then priority, then the longest wait for a first reply, then retries', async () => {
    at(0);
    const again = await planned('Retry');
    const one = (await ask('POST', '/calls/claim', {})).body;
    await ask('POST', `/calls/${one.call.id}/outcome`, {
      claim_id: one.claim_id,
      outcome: 'busy',
      retry_in_seconds: 1,
    });
    expect(one.lead.id).toBe(again.id);
    at(1);
    await planned('Waits longest');
    at(2);
    await planned('Waits');
    const replied = await planned('Replied');
    await asAmy('POST', `/leads/${replied.id}/call-log`, { outcome: 'Spoke' });
    await changeType('Support', { call_priority: 5 });
    await planned('Important', { type: 'Support' });
    await planned('Callback');
    await statement(
      "UPDATE calls SET callback = true WHERE workspace_id = $1 AND lead_id = (SELECT id FROM leads WHERE name = 'Callback')",
    );
    at(3);
    const order: unknown[] = [];
    for (let name = await claimName(); name; name = await claimName()) order.push(name);
    expect(order).toEqual(['Callback', 'Important', 'Waits longest', 'Waits', 'Retry', 'Replied']);
  });

  test('no call comes before its time', async () => {
    at(0);
    await planned('Later', { call: { delay_seconds: 600 } });
    at(9);
    expect(await claimName()).toBeUndefined();
    at(10);
    expect(await claimName()).toBe('Later');
  });

  test('a claim contains the reason, the time zone and the script', async () => {
    at(0);
    await changeType('Sales', { script: '## Opening\nHello' });
    await planned('New one');
    at(6);
    const { body } = await ask('POST', '/calls/claim', {});
    expect(body.why).toMatchObject({ kind: 'new', attempt: 1, waiting_since: START.toISOString() });
    expect(body.zone.approximate).toBe(false);
    expect(body.script).toBe('## Opening\nHello');
  });
});

describe('calling hours', () => {
  test('a call is offered only within the callee’s calling hours', async () => {
    await changeType('Sales', { call_from: '09:00', call_until: '18:00' });
    at(0);
    await planned('In Kochi', { phone: '+919895912345' });
    await planned('In London');
    at(60);
    expect(await claimName()).toBe('In London');
    expect(await claimName()).toBeUndefined();
    const queue = (await ask('GET', '/calls/queue')).body;
    expect(queue.next[0]).toMatchObject({ name: 'In Kochi', is_due: false, offer_at: '2026-01-08T03:30:00.000Z' });
    world.setClock(new Date('2026-01-08T03:30:00Z'));
    expect(await claimName()).toBe('In Kochi');
  });

  test('many leads that may not be called now do not hide one that may', async () => {
    await changeType('Sales', { call_from: '09:00', call_until: '18:00' });
    at(0);
    await Promise.all(
      Array.from({ length: 120 }, (_, i) => planned(`Abroad ${i}`, { phone: `+9198959${String(12000 + i)}` })),
    );
    at(60);
    await planned('At home');
    expect(await claimName()).toBe('At home');
    expect(await claimName()).toBeUndefined();
  });

  test('a lead outside its hours cannot be claimed by id, and the error says when it can be called', async () => {
    await changeType('Sales', { call_from: '09:00', call_until: '18:00' });
    world.setClock(new Date('2026-01-07T20:00:00Z'));
    const one = await planned('Evening');
    const reply = await ask('POST', '/calls/claim', { lead_id: one.id });
    expect([reply.status, reply.body.type]).toEqual([409, '/problems/outside_hours']);
    expect(reply.body.detail).toContain('2026-01-08T09:00:00.000Z');
  });

  test('calling outside the hours must be requested, and the timeline and audit log record it', async () => {
    await ask('PATCH', '/workspace', { calling_hours: 'lawful' });
    world.setClock(new Date('2026-01-07T11:00:00Z'));
    const one = await planned('In Denver', { phone: '+13035550123', type: null });
    expect(await claimName()).toBeUndefined();
    const refused = await asAmy('POST', '/calls/claim', { lead_id: one.id });
    expect(refused.body.type).toBe('/problems/outside_hours');
    const { body } = await asAmy('POST', '/calls/claim', { lead_id: one.id, outside_hours: true });
    expect(body).toMatchObject({ may_call: false, zone: { time_zone: 'America/Denver', guessed_from: 'area_code' } });
    const [told] = (await ask('GET', `/leads/${one.id}/activities`)).body.data;
    expect(told.reason).toContain('outside the calling hours, at about 04:00 in America/Denver.');
    const owner = client(world, { cookie: await world.signIn(world.ownerId) });
    const [entry] = (await owner('GET', '/audit-log?limit=1')).body.data;
    expect(entry).toMatchObject({ action: 'called_outside_hours', detail: { lead_id: one.id } });
    await asAmy('POST', `/calls/${body.call.id}/release`, { claim_id: body.claim_id });
    // The same applies when a lead is called from its page.
    const permission = (asked: object) => asAmy('POST', `/leads/${one.id}/calls/permission`, asked);
    expect((await permission({})).body.type).toBe('/problems/outside_hours');
    expect((await permission({ outside_hours: true })).status).toBe(204);
    const [called] = (await ask('GET', `/leads/${one.id}/activities`)).body.data;
    expect(called).toMatchObject({
      kind: 'called_outside_hours',
      detail: { local_time: 'about 04:00 in America/Denver' },
    });
    expect((await owner('GET', '/audit-log')).body.data.slice(0, 2)).toMatchObject(
      [entry, entry].map(({ action }) => ({ action })),
    );
    world.setClock(new Date('2026-01-07T18:00:00Z'));
    expect((await permission({})).status).toBe(204);
    await ask('PATCH', '/workspace', { calling_hours: 'any' });
  });
});

describe('a lead that asked not to be called', () => {
  test('is never offered, and planning a call is refused with the reason', async () => {
    at(0);
    const one = await planned('Quiet');
    const set = await asAmy('POST', `/leads/${one.id}/do-not-call`, { reason: 'Wrote to us' });
    expect(set.body.do_not_call).toBe(true);
    expect((await ask('GET', `/leads/${one.id}/calls`)).body.data[0].state).toBe('cancelled');
    expect(await claimName()).toBeUndefined();
    const plan = await ask('POST', `/leads/${one.id}/calls`, {});
    expect([plan.status, plan.body.type]).toEqual([409, '/problems/cannot_call']);
    const [told] = (await ask('GET', `/leads/${one.id}/activities`)).body.data;
    expect(told).toMatchObject({ kind: 'do_not_call', reason: 'Do not call this lead: Wrote to us' });
  });

  test('is not offered even if a call is still waiting', async () => {
    at(0);
    const one = await planned('Slipped');
    await statement("UPDATE leads SET do_not_call_since = now() WHERE workspace_id = $1 AND name = 'Slipped'");
    expect(await claimName()).toBeUndefined();
    expect((await ask('POST', '/calls/claim', { lead_id: one.id })).status).toBe(409);
  });

  test('counts as known when a dialler sends it again, and no call is planned', async () => {
    at(0);
    const one = await lead({ name: 'Sent again', phone: '07700900999', email: 'again@example.com', type: 'Support' });
    await asAmy('POST', `/leads/${one.id}/do-not-call`, {});
    const reply = await world.app.inject({
      method: 'POST',
      url: `/lead/add?key=${world.tokens.get('dialler')}`,
      payload: {
        email: 'again@example.com',
        first_name: 'Sent',
        surname: 'Again',
        mobile: '07700900999',
        type: 'Sales',
      },
    });
    expect(reply.json()).toEqual({ saved: true, processed: false, error: 'Existing Contact' });
    expect((await ask('GET', `/leads/${one.id}/calls`)).body.data).toEqual([]);
  });

  test('can be made callable again by a manager but not by an agent', async () => {
    at(0);
    const one = await lead({ name: 'Back' });
    await asAmy('POST', `/leads/${one.id}/do-not-call`, {});
    expect((await asAmy('DELETE', `/leads/${one.id}/do-not-call`)).status).toBe(403);
    expect((await asManager('DELETE', `/leads/${one.id}/do-not-call`)).body.do_not_call).toBe(false);
    expect((await ask('POST', `/leads/${one.id}/calls`, {})).status).toBe(201);
  });
});

test('a member who sees only their own leads is offered only their calls, however far back in the queue', async () => {
  at(0);
  const own = await world.member({ name: 'Owen', visibility: 'own' });
  const asOwen = client(world, { cookie: await world.signIn(own) });
  for (let i = 0; i < 30; i += 1) await planned(`Theirs ${i}`);
  const mine = await planned('Mine');
  await ask('PATCH', `/leads/${mine.id}`, { owner: own });
  // Puts more calls ahead of it in the queue than one claim looks through.
  await world.query(
    `INSERT INTO calls (workspace_id, id, lead_id, phone, state, due_at, created_at, updated_at, type_id)
     SELECT c.workspace_id, gen_random_uuid(), l.id, '+440000000', 'pending', c.due_at - interval '1 day', now(), now(), NULL
     FROM calls c JOIN leads l ON l.name LIKE 'Theirs%' AND l.workspace_id = c.workspace_id
     WHERE c.lead_id = l.id`,
  );
  at(1);
  const queue = (await asOwen('GET', '/calls/queue')).body;
  expect(queue.next.map(({ name }: { name: string }) => name)).toEqual(['Mine']);
  expect(queue.in_queue).toBe(1);
  expect((await asOwen('POST', '/calls/claim', {})).body.lead.name).toBe('Mine');
  const other = (await ask('GET', '/calls?state=pending')).body.data[0];
  const owen2 = await asOwen('POST', '/calls/claim', { call_id: other.id });
  expect(owen2.status).toBe(409);
});
