import { beforeAll, expect, test } from 'vitest';
import { client, type Home, testWorld, type World } from '../../../test/world.ts';
import { createToken } from '../../workspaces/tokens/token-store.ts';

const LIMITS = {
  sources_by_requests: 3,
  statuses_by_requests: 2,
  waiting_of_token: 6,
  waiting_names: 10,
  fields_of_token: 4,
  fields_by_requests: 6,
};
let world: World;
let homes = 0;
let home: Home;
let owner: ReturnType<typeof client>;
let usualSources: string[];
let phones = 7_700_900_000;

beforeAll(async () => {
  world = await testWorld({ limits: LIMITS });
});

async function newHome(): Promise<void> {
  homes += 1;
  home = await world.anotherHome(`names-${homes}`);
  owner = client(world, { cookie: await world.signIn(home.ownerId, home.workspaceId) });
  usualSources = await namesIn('/sources');
}

/** Posts a lead through Getlead's API, with its public token by default. */
async function send(values: Record<string, string>, token = home.tokens.get('getlead') ?? ''): Promise<string> {
  phones += 1;
  const query = new URLSearchParams({
    token,
    countrycode: '44',
    mobileno: String(phones),
    source: 'Website',
    ...values,
  });
  const { body } = await world.app.inject({ method: 'POST', url: `/api/gl-website-contacts?${query}` });
  expect(JSON.parse(body)).toEqual({ status: 'success', message: 'Lead Added Successfully.' });
  return `+44${phones}`;
}

const leadOf = async (phone: string) =>
  (await owner('GET', `/leads?q=${encodeURIComponent(phone)}`)).body.data.find(
    (one: { phone: string }) => one.phone === phone,
  );
const namesIn = async (path: string): Promise<string[]> =>
  (await owner('GET', path)).body.data.map(({ name }: { name: string }) => name);
/** Sources beyond those that every workspace starts with. */
const addedSources = async () => (await namesIn('/sources')).filter((name) => !usualSources.includes(name));
const newNames = async (kind: string, state: string) =>
  (await owner('GET', '/new-names')).body.data.filter(
    (one: { kind: string; state: string }) => one.kind === kind && one.state === state,
  );
const waitingId = async (name: string) =>
  (await owner('GET', '/new-names')).body.data.find((one: { name: string }) => one.name === name).id;

test('requests create a few sources; further ones wait for approval, and their leads are stored', async () => {
  await newHome();
  const phonesSent = [];
  for (const source of ['A', 'B', 'C', 'D', 'E', 'D']) phonesSent.push(await send({ source }));
  expect(await addedSources()).toEqual(['A', 'B', 'C']);
  expect(
    (await newNames('source', 'waiting')).map(({ name, leads, token_name }: never) => [name, leads, token_name]),
  ).toEqual([
    ['D', 2, `getlead of names-${homes}`],
    ['E', 1, `getlead of names-${homes}`],
  ]);
  const lead = await leadOf(phonesSent[3] ?? '');
  expect(lead.source).toBeNull();
  expect((await owner('GET', `/leads/${lead.id}/waiting-names`)).body.data).toEqual([{ kind: 'source', name: 'D' }]);
  const [entry] = (await owner('GET', `/leads/${lead.id}/timeline`)).body.data.filter(
    ({ reason }: { reason: string | null }) => reason?.includes('waiting for approval'),
  );
  expect(entry.reason).toContain('“D” (source) is waiting for approval.');
});

test('an approved name is given to the leads that came with it, except those changed since', async () => {
  await newHome();
  for (const source of ['A', 'B', 'C']) await send({ source });
  const [first, second] = [await send({ source: 'Fair' }), await send({ source: 'Fair' })];
  const changed = await leadOf(second);
  await owner('PATCH', `/leads/${changed.id}`, { source: 'A' });
  expect((await owner('POST', `/new-names/${await waitingId('Fair')}/approve`)).status).toBe(204);
  await world.parts.jobs.runDue();
  expect((await leadOf(first)).source).toBe('Fair');
  expect((await leadOf(second)).source).toBe('A');
  expect(await namesIn('/sources')).toContain('Fair');
  expect(await newNames('source', 'waiting')).toEqual([]);
  expect((await leadOf(await send({ source: 'fair' }))).source).toBe('Fair');
});

test('a merged name means an existing item, for later requests too', async () => {
  await newHome();
  for (const source of ['Web', 'B', 'C']) await send({ source });
  const phone = await send({ source: 'Webb' });
  const web = (await owner('GET', '/sources')).body.data.find(({ name }: { name: string }) => name === 'Web');
  const id = await waitingId('Webb');
  expect((await owner('POST', `/new-names/${id}/merge`, { into: 'src_1' })).status).toBe(422);
  expect((await owner('POST', `/new-names/${id}/merge`, { into: web.id })).status).toBe(204);
  await world.parts.jobs.runDue();
  expect((await leadOf(phone)).source).toBe('Web');
  expect((await leadOf(await send({ source: 'WEBB' }))).source).toBe('Web');
  expect(await addedSources()).toEqual(['Web', 'B', 'C']);
});

test('a source that a request created can be merged or removed, and its leads follow', async () => {
  await newHome();
  const phonesSent = [await send({ source: 'Keep' }), await send({ source: 'Twin' }), await send({ source: 'Junk' })];
  const [keep, twin, junk] = await newNames('source', 'in_use');
  await owner('POST', `/new-names/${twin.id}/merge`, { into: keep.id });
  await owner('DELETE', `/new-names/${junk.id}`);
  await owner('POST', `/new-names/${keep.id}/approve`);
  await world.parts.jobs.runDue();
  expect(await addedSources()).toEqual(['Keep']);
  expect(await Promise.all(phonesSent.map(async (phone) => (await leadOf(phone)).source))).toEqual([
    'Keep',
    'Keep',
    null,
  ]);
  expect((await leadOf(await send({ source: 'twin' }))).source).toBe('Keep');
  expect((await owner('DELETE', `/new-names/${keep.id}`)).status).toBe(404);
});

test('deals wait for a new stage, and get it unless they have been moved since', async () => {
  await newHome();
  const mobile = (await send({})).slice(3);
  const deal = async (status: string) => {
    const token = home.tokens.get('getlead') ?? '';
    const query = new URLSearchParams({ token, mobile, countrycode: '44', status, deal_name: status });
    await world.app.inject({ method: 'POST', url: `/api/gl-deal-creation-api?${query}` });
    return (await owner('GET', '/deals')).body.data[0];
  };
  for (const stage of ['Visit', 'Survey']) expect((await deal(stage)).stage).toBe(stage);
  const [first, second] = [await deal('Signing'), await deal('signing')];
  expect(first.stage).toBe(second.stage);
  expect(await newNames('deal_stage', 'waiting')).toMatchObject([{ name: 'Signing', leads: 2 }]);
  await owner('PATCH', `/deals/${second.id}`, { stage: 'Visit' });
  expect((await owner('POST', `/new-names/${await waitingId('Signing')}/approve`)).status).toBe(204);
  await world.parts.jobs.runDue();
  const stageOf = async ({ id }: { id: string }) =>
    (await owner('GET', '/deals')).body.data.find((one: { id: string }) => one.id === id).stage;
  expect([await stageOf(first), await stageOf(second)]).toEqual(['Signing', 'Visit']);
  const timeline = JSON.stringify((await owner('GET', `/leads/${first.lead_id}/timeline`)).body);
  expect(timeline).toContain(`moved from ${first.stage} to Signing`);
});

test('new statuses wait too, and a lead has the default status until then', async () => {
  await newHome();
  const usual = (await owner('GET', '/statuses')).body.data.find((one: { is_default: boolean }) => one.is_default);
  await send({ status: 'Sunny' });
  await send({ status: 'Cloudy' });
  const phone = await send({ status: 'Foggy' });
  expect((await leadOf(phone)).status).toBe(usual.name);
  await owner('POST', `/new-names/${await waitingId('Foggy')}/approve`);
  await world.parts.jobs.runDue();
  expect((await leadOf(phone)).status).toBe('Foggy');
  const [sunny] = await newNames('status', 'in_use');
  expect((await owner('DELETE', `/new-names/${sunny.id}`)).status).toBe(204);
  expect(await namesIn('/statuses')).not.toContain('Sunny');
});

test('a token can add a limited number of waiting names a day, while members can still create items', async () => {
  await newHome();
  for (let at = 0; at < 15; at += 1) await send({ source: `S${at}`, status: `T${at}` });
  const waiting = (await owner('GET', '/new-names')).body.data.filter(({ state }: never) => state === 'waiting');
  expect(waiting.length).toBe(LIMITS.waiting_of_token);
  expect((await owner('POST', '/sources', { name: 'By hand' })).status).toBe(201);
  expect((await owner('POST', '/statuses', { name: 'By hand' })).status).toBe(201);
  expect((await owner('POST', '/leads', { name: 'Ann', source: 'Entered' })).body.source).toBe('Entered');
  const tokenId = waiting[0].token_id;
  expect((await owner('DELETE', `/new-names?token_id=${tokenId}`)).body).toEqual({ removed: waiting.length });
  expect((await owner('GET', '/new-names')).body.data.some(({ state }: never) => state === 'waiting')).toBe(false);
});

test('several tokens together cannot exceed the workspace’s limit of waiting names', async () => {
  await newHome();
  for (let token = 0; token < 3; token += 1) {
    const secret = await world.database.tx(
      home.workspaceId,
      async (tx) => (await createToken(tx, { dialect: 'getlead', prefix: 'gl_', name: `T${token}` })).secret,
    );
    await Promise.all(Array.from({ length: 8 }, (_, at) => send({ source: `S${token}-${at}` }, secret)));
  }
  expect(await addedSources()).toHaveLength(LIMITS.sources_by_requests);
  expect(await newNames('source', 'waiting')).toHaveLength(LIMITS.waiting_names);
});

test('additional fields of Getlead are created up to a daily limit; other tokens create none', async () => {
  await newHome();
  for (let at = 0; at < 8; at += 1) await send({ [`field_${at}`]: 'x' });
  expect(await namesIn('/custom-fields')).toHaveLength(LIMITS.fields_of_token);
  const other = await world.database.tx(
    home.workspaceId,
    async (tx) =>
      (await createToken(tx, { dialect: 'getlead', prefix: 'gl_', name: 'Other', may_extend: true })).secret,
  );
  for (let at = 0; at < 8; at += 1) await send({ [`other_${at}`]: 'x' }, other);
  expect(await namesIn('/custom-fields')).toHaveLength(LIMITS.fields_by_requests);
  expect((await owner('POST', '/custom-fields', { name: 'By hand' })).status).toBe(201);
  const made = (await owner('POST', '/tokens', { dialect: 'native', name: 'New' })).body;
  expect(made.may_extend).toBe(false);
  const refused = await client(world, made.token)('POST', '/leads', { name: 'Ann', custom: { unheard: 1 } });
  expect(refused.body.errors).toMatchObject([{ field: 'custom.unheard', code: 'unknown_field' }]);
  expect((await owner('POST', '/tokens', { dialect: 'getlead', name: 'Site' })).body.may_extend).toBe(true);
});

test('members create a thousand sources and a thousand fields, and no more', async () => {
  await newHome();
  const fill = async (table: string, columns: string, values: string, most: number) => {
    const [row] = await world.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} WHERE workspace_id = $1`,
      [home.workspaceId],
    );
    await world.query(
      `INSERT INTO ${table} (workspace_id, id, ${columns})
       SELECT $1, gen_random_uuid(), ${values} FROM generate_series(1, $2::int) AS n`,
      [home.workspaceId, most - (row?.count ?? 0)],
    );
  };
  await fill('sources', 'name, folded_name', "'s' || n, 's' || n", 999);
  await fill('custom_fields', 'name, made_by', "'f' || n, 'native'", 999);
  await world.parts.changed(home.workspaceId);
  for (const path of ['/sources', '/custom-fields']) {
    expect((await owner('POST', path, { name: 'The thousandth' })).status).toBe(201);
    const over = await owner('POST', path, { name: 'One more' });
    expect([over.status, over.body.type]).toEqual([409, '/problems/too_much']);
  }
  const lead = (await owner('POST', '/leads', { name: 'Ann', source: 'One more' })).body;
  expect([lead.source, await namesIn('/sources')]).toEqual([null, expect.not.arrayContaining(['One more'])]);
});
