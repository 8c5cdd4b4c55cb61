import { expect, test } from 'vitest';
import { diallerPartner, person } from '../../test/dialler-partner.ts';
import { client, testWorld } from '../../test/world.ts';

const world = await testWorld();
const { ask, send } = diallerPartner(world);
const phones = (at: number) => ({ mobile: `078402590${String(at).padStart(2, '0')}`, email: `r${at}@example.com` });
const teach = (value: string, meaning = 'Sales', more = {}) =>
  ask('POST', '/reading-rules', { dialect: 'dialler', field: 'type', value, meaning, ...more });
const read = async (id: string) => (await ask('GET', `/submissions/${id}`)).body;

test('a rule applies to later requests, which are stored as sent, and the timeline says so', async () => {
  const refused = await read(await send(person({ type: 'motor-trad', ...phones(1) })));
  expect(refused).toMatchObject({
    outcome: 'refused',
    errors: [{ field: 'type', value: 'motor-trad', can_add_rule: true }],
  });
  expect(refused.errors[0].known_values).toContain('Sales');
  const made = await teach('motor-trad');
  expect(made).toMatchObject({
    status: 201,
    body: { field: 'type', value: 'motor-trad', meaning: 'Sales', token_id: null },
  });
  const taken = await read(await send(person({ type: 'Motor-Trad', ...phones(2) })));
  expect(taken.outcome).toBe('accepted');
  expect(taken.request.body).toContain('"Motor-Trad"');
  const lead = await ask('GET', `/leads/${taken.lead_id}`);
  expect(lead.body.type).toBe('Sales');
  const { data } = (await ask('GET', `/leads/${taken.lead_id}/timeline`)).body;
  const created = data.find(({ kind }: { kind: string }) => kind === 'lead_created');
  expect(created.reason).toContain('“Motor-Trad” was read as “Sales”.');
});

test('requests refused before the rule existed are accepted when they are replayed', async () => {
  const sent = [];
  for (let at = 10; at < 13; at += 1) sent.push(await send(person({ type: 'roofers', ...phones(at) })));
  const group = { dialect: 'dialler', code: 'unknown_reference', field: 'type', value: 'roofers' };
  const groups = (await ask('GET', '/submissions/groups')).body;
  expect(groups.searched_to).toBeNull();
  expect(groups.data.find((one: { value: string }) => one.value === 'roofers')).toMatchObject({
    count: 3,
    can_add_rule: true,
  });
  await teach('roofers');
  const job = await ask('POST', '/submissions/replays', { group });
  await world.parts.jobs.runDue();
  expect((await ask('GET', `/jobs/${job.body.id}`)).body.result).toEqual({ outcomes: { accepted: 3 } });
  for (const id of sent) expect((await read(id)).request.body).toContain('roofers');
});

test('a rule for one token does not affect others', async () => {
  const secret = await world.token('dialler', { name: 'Partner' });
  const { data } = (await ask('GET', '/tokens')).body;
  const token = data.find(({ name }: { name: string }) => name === 'Partner');
  expect((await teach('plumbers', 'Support', { token_id: token.id })).body.token_name).toBe('Partner');
  expect((await read(await send(person({ type: 'plumbers', ...phones(20) }), secret))).outcome).toBe('accepted');
  expect((await read(await send(person({ type: 'plumbers', ...phones(21) })))).outcome).toBe('refused');
});

test('a deleted rule no longer applies, and the audit log shows its creation and deletion', async () => {
  const { body } = await teach('tilers');
  expect((await ask('GET', '/reading-rules')).body.data[0]).toMatchObject({ id: body.id, value: 'tilers' });
  expect((await ask('DELETE', `/reading-rules/${body.id}`)).status).toBe(204);
  expect((await ask('DELETE', `/reading-rules/${body.id}`)).status).toBe(404);
  expect((await read(await send(person({ type: 'tilers', ...phones(30) })))).outcome).toBe('refused');
  const owner = client(world, { cookie: await world.signIn(world.ownerId) });
  const told = (await owner('GET', '/audit-log?limit=2')).body.data.map((row: { text: string }) => row.text);
  expect(JSON.stringify(told)).toContain('deleted a rule: type “tilers” means “Sales” through dialler');
  expect(JSON.stringify(told)).toContain('created a rule: type “tilers” means “Sales” through dialler');
});

test('a rule needs a value, another meaning, a supported dialect and a known token, and must be unique', async () => {
  expect((await teach('once')).status).toBe(201);
  expect((await teach(' ONCE ', 'Support')).status).toBe(409);
  const codes = async (body: object) => (await ask('POST', '/reading-rules', body)).body.errors?.[0]?.code;
  const whole = { dialect: 'dialler', field: 'type', value: 'x', meaning: 'Sales' };
  expect(await codes({ ...whole, value: '  ' })).toBe('required');
  expect(await codes({ ...whole, meaning: 'X' })).toBe('not_applicable');
  expect(await codes({ ...whole, dialect: 'native' })).toBe('not_in_list');
  expect(await codes({ ...whole, token_id: '018f0000-0000-7000-8000-000000000000' })).toBe('unknown_reference');
});

test('members who may read the journal see the rules, but only administrators create them', async () => {
  const as = async (role: 'manager' | 'agent') =>
    client(world, { cookie: await world.signIn(await world.member({ role })) });
  const manager = await as('manager');
  expect((await manager('GET', '/reading-rules')).status).toBe(200);
  const rule = { dialect: 'dialler', field: 'type', value: 'm', meaning: 'Sales' };
  expect((await manager('POST', '/reading-rules', rule)).status).toBe(403);
  expect((await (await as('agent'))('GET', '/reading-rules')).status).toBe(403);
});
