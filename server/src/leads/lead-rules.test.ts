import { beforeAll, describe, expect, test } from 'vitest';
import { client, fieldsAtFault, testWorld, type World } from '../../test/world.ts';

let world: World;
let ask: ReturnType<typeof client>;
let names = 0;

beforeAll(async () => {
  world = await testWorld();
  ask = client(world, { cookie: await world.signIn(world.ownerId) });
  await ask('POST', '/custom-fields', { name: 'Roof size', type: 'number' });
});

interface Rule {
  field: string;
  when: string;
  states?: string[];
  other?: string;
  value?: string;
}

/** Creates a lead type with these rules and returns its name. */
async function typeWith(...rules: Rule[]): Promise<string> {
  const name = `Type ${++names}`;
  const made = await ask('POST', '/lead-types', { name, rules });
  expect(made.status).toBe(201);
  expect(made.body.rules).toEqual(rules);
  return name;
}
const lead = async (values: object) => {
  const made = await ask('POST', '/leads', values);
  expect(made.status).toBe(201);
  return `/leads/${made.body.id}`;
};

describe('a field that a lead type requires', () => {
  test('in every state must be set on creation and cannot be cleared', async () => {
    const type = await typeWith({ field: 'city', when: 'always' }, { field: 'phone', when: 'always' });
    const bare = await ask('POST', '/leads', { name: 'Bare', type });
    expect(fieldsAtFault(bare)).toEqual(['city required', 'phone required']);
    expect(bare.body.errors[0].detail).toBe(`city is required of leads of the type ${type}.`);
    const path = await lead({ type, phone: '07840258823', city: 'Bath' });
    expect(fieldsAtFault(await ask('PATCH', path, { city: '' }))).toEqual(['city required']);
    expect((await ask('PATCH', path, { city: 'York' })).status).toBe(200);
    const other = await lead({ name: 'Other' });
    expect((await ask('PATCH', other, { type })).status).toBe(422);
    expect((await ask('PATCH', other, { type, city: 'Bath', phone: '1' })).status).toBe(200);
  });

  test('in some states must be set when the status changes to one of them', async () => {
    const type = await typeWith({ field: 'target_amount', when: 'state', states: ['won', 'open'] });
    const path = await lead({ name: 'Mover', type });
    const refused = await ask('PATCH', path, { status: 'Won' });
    expect(fieldsAtFault(refused)).toEqual(['target_amount required']);
    expect(refused.body.detail).toBe(`target_amount is required of leads of the type ${type} that are won or open.`);
    expect((await ask('PATCH', path, { status: 'Won', target_amount: 0 })).status).toBe(200);
    expect(fieldsAtFault(await ask('PATCH', path, { target_amount: null }))).toEqual(['target_amount required']);
    expect(fieldsAtFault(await ask('POST', '/leads', { name: 'Made', type, status: 'Contacted' }))).toEqual([
      'target_amount required',
    ]);
  });

  test('can depend on another field being set or having a value, and can be a custom field', async () => {
    const type = await typeWith(
      { field: 'custom.Roof size', when: 'equals', other: 'purpose', value: 'Solar' },
      { field: 'job_title', when: 'given', other: 'company_name' },
      { field: 'department', when: 'equals', other: 'source', value: 'partner' },
    );
    const sent = { name: 'Ann', type, purpose: ' SOLAR', company_name: 'Acme', source: 'Partner' };
    expect(fieldsAtFault(await ask('POST', '/leads', sent))).toEqual([
      'custom.Roof size required',
      'job_title required',
      'department required',
    ]);
    const path = await lead({ ...sent, custom: { 'Roof size': 0 }, job_title: 'Boss', department: 'Sales' });
    expect(fieldsAtFault(await ask('PATCH', path, { custom: { 'Roof size': null } }))).toEqual([
      'custom.Roof size required',
    ]);
    expect((await ask('PATCH', path, { custom: { 'Roof size': null }, purpose: 'Wind' })).status).toBe(200);
  });

  test('is not required of a lead that is lost, unless the rule is for lost leads', async () => {
    const type = await typeWith(
      { field: 'email', when: 'always' },
      { field: 'description', when: 'state', states: ['lost'] },
    );
    const path = await lead({ name: 'Gone', type, email: 'a@example.com' });
    await world.query("UPDATE leads SET email = NULL WHERE name = 'Gone'");
    expect(fieldsAtFault(await ask('PATCH', path, { status: 'Lost' }))).toEqual([
      'lost_reason required',
      'description required',
    ]);
    expect((await ask('PATCH', path, { status: 'Lost', lost_reason: 'Price', description: 'x' })).status).toBe(200);
    expect(fieldsAtFault(await ask('PATCH', path, { status: 'New' }))).toEqual(['email required']);
  });

  test('is not required of leads from vendors until their status changes', async () => {
    const type = await typeWith({ field: 'city', when: 'always' });
    await ask('PATCH', `/lead-types/${(await idOf(type)) ?? ''}`, { alternative_code: 'roof' });
    const sent = await world.app.inject({
      method: 'POST',
      url: `/lead/add?key=${world.tokens.get('dialler')}`,
      headers: { 'content-type': 'application/json' },
      payload: { first_name: 'D', surname: 'Ial', email: 'd@example.com', mobile: '07840258824', type },
    });
    expect(sent.json()).toMatchObject({ saved: true });
    const [found] = (await ask('GET', '/leads?q=d@example.com')).body.data;
    expect((await ask('PATCH', `/leads/${found.id}`, { job_title: 'Boss' })).status).toBe(200);
    expect(fieldsAtFault(await ask('PATCH', `/leads/${found.id}`, { status: 'Contacted' }))).toEqual(['city required']);
  });

  test('is required by bulk changes too, which report it', async () => {
    const type = await typeWith({ field: 'email', when: 'state', states: ['open'] });
    const path = await lead({ name: 'In bulk', type });
    const ids = [path.slice('/leads/'.length)];
    const job = (await ask('POST', '/leads/bulk', { ids, change: { status: 'Contacted' } })).body;
    await world.parts.jobs.runDue();
    const done = (await ask('GET', `/jobs/${job.id}`)).body;
    expect(JSON.stringify(done.result)).toContain('email is required');
    expect((await ask('GET', path)).body.status).toBe('New');
  });

  test('is required for the status that a call outcome sets', async () => {
    const type = await typeWith({ field: 'city', when: 'state', states: ['won'] });
    const won = (await ask('GET', '/statuses')).body.data.find(({ name }: { name: string }) => name === 'Won');
    const outcome = (await ask('POST', '/call-outcomes', { name: 'Sold', meaning: 'done', status_id: won.id })).body;
    const path = await lead({ name: 'Called', type, phone: '07840258825' });
    const log = (more: object = {}) => ask('POST', `${path}/call-log`, { outcome_id: outcome.id, ...more });
    expect(fieldsAtFault(await log())).toEqual(['city required']);
    await ask('PATCH', path, { city: 'Bath' });
    expect((await log()).status).toBe(204);
    expect((await ask('GET', path)).body.status).toBe('Won');
  });
});

const idOf = async (type: string) =>
  (await ask('GET', '/lead-types')).body.data.find(({ name }: { name: string }) => name === type)?.id;

test('a rule must refer to existing fields and have everything its kind needs', async () => {
  const refused = await ask('POST', '/lead-types', {
    name: 'Wrong',
    rules: [
      { field: 'shoe_size', when: 'always' },
      { field: 'email', when: 'state' },
      { field: 'email', when: 'equals', other: 'email' },
      { field: 'custom.Nothing', when: 'given' },
      { field: 'owner', when: 'always' },
    ],
  });
  expect(fieldsAtFault(refused)).toEqual([
    'rules.0.field unknown_reference',
    'rules.1.states required',
    'rules.2.other unknown_reference',
    'rules.2.value required',
    'rules.3.field unknown_reference',
    'rules.3.other required',
    'rules.4.field unknown_reference',
  ]);
});

test('a custom field cannot be deleted while a rule refers to it', async () => {
  const made = (await ask('POST', '/custom-fields', { name: 'Ruled' })).body;
  const type = await typeWith({ field: 'custom.Ruled', when: 'always' });
  const refused = await ask('DELETE', `/custom-fields/${made.id}`);
  expect([refused.status, refused.body.detail]).toEqual([
    409,
    `The rules of the lead type ${type} use it. Change them first.`,
  ]);
  await ask('PATCH', `/lead-types/${await idOf(type)}`, { rules: [] });
  expect((await ask('DELETE', `/custom-fields/${made.id}`)).status).toBe(204);
});

test('the fields of leads are listed with names, types and whether rules may refer to them', async () => {
  const { data } = (await ask('GET', '/lead-fields')).body;
  expect(data).toContainEqual({
    name: 'postal_code',
    label: 'Postal code',
    type: 'text',
    format: 'plain',
    allowed_in_rules: true,
  });
  expect(data).toContainEqual({
    name: 'owner',
    label: 'Owner',
    type: 'choice',
    format: 'plain',
    allowed_in_rules: false,
  });
  expect(data).toContainEqual({
    name: 'custom.Roof size',
    label: 'Roof size',
    type: 'number',
    format: 'plain',
    allowed_in_rules: true,
  });
  expect(data).toContainEqual({
    name: 'target_amount',
    label: 'Target amount',
    type: 'number',
    format: 'money',
    allowed_in_rules: true,
  });
});
