import { describe, expect, test } from 'vitest';
import { client, testWorld } from '../../../test/world.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const names = async (path: string) => (await ask('GET', path)).body.data.map((item: { name: string }) => item.name);

const paths = ['/statuses', '/lead-types', '/sources', '/departments', '/reference/lost_reason', '/reference/product'];

describe.each(paths)('%s', (path) => {
  test('an item is created, shown, changed and deleted', async () => {
    const made = await ask('POST', path, { name: 'Brand new', alternative_code: 'BN', description: 'For tests' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Brand new', alternative_code: 'BN', description: 'For tests' });
    expect((await names(path)).at(-1)).toBe('Brand new');
    const changed = await ask('PATCH', `${path}/${made.body.id}`, { name: 'Renamed', description: null });
    expect(changed.body).toEqual({ ...made.body, name: 'Renamed', description: null });
    expect((await ask('DELETE', `${path}/${made.body.id}`)).status).toBe(204);
    expect(await names(path)).not.toContain('Renamed');
    expect((await ask('DELETE', `${path}/${made.body.id}`)).status).toBe(404);
  });

  test('a name is unique, ignoring case and extra spaces', async () => {
    const one = await ask('POST', path, { name: 'Taken Name' });
    const two = await ask('POST', path, { name: ' taken  NAME ' });
    expect([two.status, two.body.type]).toEqual([409, '/problems/name_taken']);
    const other = await ask('POST', path, { name: 'Another' });
    expect((await ask('PATCH', `${path}/${other.body.id}`, { name: 'TAKEN NAME' })).status).toBe(409);
    expect((await ask('PATCH', `${path}/${one.body.id}`, { name: 'taken name' })).status).toBe(200);
  });

  test.each([
    {},
    { name: ' ' },
    { name: 5 },
    { name: 'x'.repeat(101) },
    { name: 'y', folded_name: 'z' },
    { name: 'y', workspace_id: 'z' },
  ])('an invalid item is refused: %j', async (body) => {
    expect((await ask('POST', path, body)).status).toBe(422);
    expect(await names(path)).not.toContain('y');
  });
});

test('an item that leads use cannot be deleted', async () => {
  const used = { status: 'Hot', type: 'Support', source: 'Partner', department: 'Sales', category: 'Business' };
  await ask('POST', '/leads', { name: 'User', ...used });
  const shelf = {
    status: '/statuses',
    type: '/lead-types',
    source: '/sources',
    department: '/departments',
    category: '/reference/category',
  };
  for (const [kind, path] of Object.entries(shelf)) {
    const items = (await ask('GET', path)).body.data as { id: string; name: string }[];
    const id = items.find((item) => item.name === used[kind as keyof typeof used])?.id;
    const reply = await ask('DELETE', `${path}/${id}`);
    expect([reply.status, reply.body.type], path).toEqual([409, '/problems/in_use']);
  }
});

test('there is always one default status', async () => {
  const made = await ask('POST', '/statuses', { name: 'Fresh', state: 'new', is_default: true });
  const defaults = async () =>
    (await ask('GET', '/statuses')).body.data.filter((status: { is_default: boolean }) => status.is_default);
  expect(await defaults()).toEqual([made.body]);
  expect((await ask('POST', '/leads', { name: 'First' })).body.status).toBe('Fresh');
  expect((await ask('PATCH', `/statuses/${made.body.id}`, { is_default: false })).status).toBe(409);
  expect((await ask('DELETE', `/statuses/${made.body.id}`)).status).toBe(409);
  expect((await ask('POST', '/statuses', { name: 'Odd', state: 'odd' })).body.errors[0].field).toBe('state');
});

test('the last deal stage cannot be deleted', async () => {
  const stages = (await ask('GET', '/reference/deal_stage')).body.data as { id: string }[];
  const endings = [];
  for (const { id } of stages) endings.push((await ask('DELETE', `/reference/deal_stage/${id}`)).status);
  expect(endings).toEqual([...stages.slice(1).map(() => 204), 409]);
});

test('a department’s members take turns in the order given', async () => {
  const secondId = await world.member({ name: 'Sam Second' });
  const department = await ask('POST', '/departments', {
    name: 'Roofs',
    member_ids: [secondId, world.ownerId, secondId],
  });
  expect(department.body.member_ids).toEqual([secondId, world.ownerId]);
  const owners = [];
  for (let at = 0; at < 3; at += 1)
    owners.push((await ask('POST', '/leads', { name: 'x', department: 'Roofs' })).body.owner);
  expect(owners).toEqual(['Sam Second', 'Olive Owner', 'Sam Second']);
  expect((await ask('PATCH', `/departments/${department.body.id}`, { member_ids: [] })).body.member_ids).toEqual([]);
});

test('a lead type gives its leads a default status and category', async () => {
  const hot = (await ask('GET', '/statuses')).body.data.find((one: { name: string }) => one.name === 'Hot');
  const business = (await ask('GET', '/reference/category')).body.data.find(
    (one: { name: string }) => one.name === 'Business',
  );
  await ask('POST', '/lead-types', { name: 'Trade', default_status_id: hot.id, default_category_id: business.id });
  expect((await ask('POST', '/leads', { name: 'x', type: 'Trade' })).body).toMatchObject({
    status: 'Hot',
    category: 'Business',
  });
});

test('a list that does not exist is refused', async () => {
  expect((await ask('GET', '/reference/nonsense')).status).toBe(422);
  const reason = (await ask('GET', '/reference/lost_reason')).body.data[0];
  expect((await ask('DELETE', `/reference/product/${reason.id}`)).status).toBe(404);
  expect((await ask('PATCH', `/reference/product/${reason.id}`, { name: 'x' })).status).toBe(404);
});

test('a custom field is created by hand or by a request, and can be deleted when no lead has it', async () => {
  const made = await ask('POST', '/custom-fields', { name: 'Shoe size', type: 'number' });
  expect(made.body).toMatchObject({ name: 'Shoe size', type: 'number', created_by: 'native' });
  expect((await ask('POST', '/custom-fields', { name: 'Shoe size' })).status).toBe(409);
  await ask('POST', '/leads', { name: 'x', custom: { 'Shoe size': 42, 'hat size': 'M' } });
  const fields = (await ask('GET', '/custom-fields')).body.data as { id: string; name: string; type: string }[];
  expect(fields.map(({ name, type }) => `${name} ${type}`)).toEqual(['Shoe size number', 'hat size text']);
  expect((await ask('DELETE', `/custom-fields/${made.body.id}`)).status).toBe(409);
  expect((await ask('PATCH', `/custom-fields/${made.body.id}`, { type: 'text' })).body.type).toBe('text');
  const spare = await ask('POST', '/custom-fields', { name: 'spare' });
  expect((await ask('DELETE', `/custom-fields/${spare.body.id}`)).status).toBe(204);
});
