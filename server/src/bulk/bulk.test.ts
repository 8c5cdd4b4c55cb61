import { beforeAll, expect, test } from 'vitest';
import { client, type Reply, testWorld } from '../../test/world.ts';
import { fromTypeId } from '../platform/ids.ts';

let isDiskLow = false;
const world = await testWorld({ disk: { isLow: () => isDiskLow, spend: async () => {}, close: async () => {} } });
const ask = client(world, world.tokens.get('native'));
let manager: ReturnType<typeof client>;
let agent: ReturnType<typeof client>;
let agentId: string;

beforeAll(async () => {
  manager = client(world, { cookie: await world.signIn(await world.member({ name: 'Mia Manager', role: 'manager' })) });
  agentId = await world.member({ name: 'Al Own', visibility: 'own' });
  agent = client(world, { cookie: await world.signIn(agentId) });
});

async function leads(count: number, more: object = {}): Promise<string[]> {
  const made: string[] = [];
  for (let at = 0; at < count; at += 1)
    made.push((await ask('POST', '/leads', { name: `Bulk ${at}`, ...more })).body.id);
  return made;
}

async function ended(reply: Reply): Promise<Reply['body']> {
  expect([reply.status, reply.text]).toEqual([202, expect.any(String)]);
  await world.parts.jobs.runDue();
  return (await ask('GET', `/jobs/${reply.body.id}`)).body;
}

const read = async (id: string) => (await ask('GET', `/leads/${id}`)).body;

test('a bulk change affects each lead like a single change, and stores no request', async () => {
  const ids = await leads(3);
  const [{ count: before } = { count: 0 }] = await world.query<{ count: string }>('SELECT count(*) FROM submissions');
  const job = await ended(
    await manager('POST', '/leads/bulk', { ids, change: { status: 'Contacted', owner: agentId } }),
  );
  expect(job).toMatchObject({ state: 'done', done: 3, failed: 0, total: 3, result: { changed: 3, undoable: true } });
  const lead = await read(ids[0] as string);
  expect([lead.status, lead.owner, lead.version]).toEqual(['Contacted', 'Al Own', 2]);
  expect(lead.first_reply_at).not.toBeNull();
  const [activity] = (await ask('GET', `/leads/${ids[0]}/activities`)).body.data;
  expect(activity).toMatchObject({
    kind: 'status_changed',
    submission_id: null,
    actor: expect.stringMatching(/^member:/),
  });
  const events = await world.query(`SELECT 1 FROM events WHERE type = 'lead.updated' AND lead_version = 2`);
  expect(events).toHaveLength(3);
  expect(await world.query('SELECT count(*) FROM submissions')).toEqual([{ count: before }]);
});

test('undo reverts a bulk change, except for leads that were changed again since', async () => {
  const ids = await leads(3);
  const job = await ended(await manager('POST', '/leads/bulk', { ids, change: { status: 'Contacted' } }));
  await ask('PATCH', `/leads/${ids[0]}`, { status: 'Qualified' });
  const undo = await ended(await manager('POST', `/jobs/${job.id}/undo`));
  expect(undo).toMatchObject({ state: 'done', done: 3, failed: 1, result: { changed: 2 } });
  expect(undo.result.errors).toEqual([{ lead_id: ids[0], name: 'Bulk 0', reason: 'It has been changed since.' }]);
  expect((await Promise.all(ids.map(read))).map((lead) => lead.status)).toEqual(['Qualified', 'New', 'New']);
  expect((await manager('POST', `/jobs/${job.id}/undo`)).status).toBe(409);
});

test('a bulk change by filter covers every matching lead, not just one page', async () => {
  await leads(105, { source: 'Fair' });
  const later = await read((await leads(1))[0] as string);
  const job = await ended(
    await manager('POST', '/leads/bulk', {
      filter: { source: 'Fair', status: 'New' },
      change: { status: 'Qualified' },
    }),
  );
  expect(job).toMatchObject({ state: 'done', done: 105, total: 105, result: { changed: 105 } });
  expect((await ask('GET', '/leads/count?source=Fair&status=Qualified')).body).toEqual({ count: 105, exact: true });
  expect((await read(later.id)).status).toBe('New');
});

test('a member who sees only their own leads cannot change others', async () => {
  const [mine = ''] = await leads(1, { owner: agentId, source: 'Sight' });
  const [other = ''] = await leads(1, { source: 'Sight' });
  const byIds = await ended(
    await agent('POST', '/leads/bulk', { ids: [mine, other], change: { status: 'Contacted' } }),
  );
  expect(byIds).toMatchObject({ done: 1, total: 1 });
  const byFilter = await ended(
    await agent('POST', '/leads/bulk', { filter: { source: 'Sight' }, change: { status: 'Qualified' } }),
  );
  expect(byFilter).toMatchObject({ done: 1, total: 1 });
  expect([(await read(mine)).status, (await read(other)).status]).toEqual(['Qualified', 'New']);
});

test('a lead that cannot be changed is reported with the reason, and the others are changed', async () => {
  const [callable = ''] = await leads(1, { phone: '+447700900123' });
  const [silent = ''] = await leads(1);
  const job = await ended(await manager('POST', '/leads/bulk', { ids: [callable, silent], plan_call: {} }));
  expect(job).toMatchObject({ done: 2, failed: 1, result: { changed: 1, undoable: true } });
  expect(job.result.errors).toEqual([{ lead_id: silent, name: 'Bulk 0', reason: 'phone is required.' }]);
  expect((await read(callable)).next_step_kind).toBe('call');
});

test('marking leads as lost requires a reason, and only managers delete leads', async () => {
  const ids = await leads(2);
  const lost = await manager('POST', '/leads/bulk', { ids, change: { status: 'Lost' } });
  expect([lost.status, lost.body.errors[0].field]).toEqual([422, 'change.lost_reason']);
  expect((await agent('POST', '/leads/bulk', { ids, delete: true })).status).toBe(403);
  await ended(await manager('POST', '/leads/bulk', { ids, delete: true }));
  expect((await ask('GET', `/leads/${ids[0]}`)).status).toBe(404);
});

test.each([
  [{ change: { status: 'New' } }, 'ids'],
  [{ ids: ['lead_x'], change: { status: 'New' } }, 'ids.0'],
  [{ filter: {}, change: { status: 'New' }, delete: true }, 'change'],
  [{ filter: {}, change: { status: 'Nowhere' } }, 'change.status'],
  [{ filter: {}, change: {} }, 'change'],
  [{ filter: { nonsense: 'x' }, delete: true }, 'filter.nonsense'],
])('%o is refused, and the field is named', async (body, field) => {
  const reply = await manager('POST', '/leads/bulk', body);
  expect([reply.status, reply.body.errors[0].field]).toEqual([422, field]);
});

test('a failed step is repeated without changing anything twice', async () => {
  const ids = await leads(2, { source: 'Crash' });
  await world.query(`CREATE FUNCTION fail_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'crash'; END $$`);
  await world.query('CREATE TRIGGER fail_once BEFORE INSERT ON job_changes FOR EACH ROW EXECUTE FUNCTION fail_once()');
  const reply = await manager('POST', '/leads/bulk', { filter: { source: 'Crash' }, change: { status: 'Contacted' } });
  await world.parts.jobs.runDue();
  expect((await read(ids[0] as string)).version).toBe(1);
  await world.query('DROP TRIGGER fail_once ON job_changes');
  await world.query('UPDATE jobs SET run_at = now() WHERE id = $1', [reply.body.id]);
  await world.parts.jobs.runDue();
  expect((await ask('GET', `/jobs/${reply.body.id}`)).body).toMatchObject({ state: 'done', done: 2 });
  expect((await read(ids[0] as string)).version).toBe(2);
});

test('a bulk change can select leads by missing fields, custom fields and dialect', async () => {
  const [bare = '', full = ''] = [
    ...(await leads(1, { custom: { Batch: 'Seven' } })),
    ...(await leads(1, { custom: { Batch: 'Seven' }, email: 'full@example.com' })),
  ];
  const filter = { custom: 'Batch=seven', lacks: 'email,owner', dialect: 'native' };
  const job = await ended(await manager('POST', '/leads/bulk', { filter, change: { status: 'Contacted' } }));
  expect(job).toMatchObject({ state: 'done', done: 1, result: { changed: 1 } });
  expect([(await read(bare)).status, (await read(full)).status]).toEqual(['Contacted', 'New']);
  const refused = await manager('POST', '/leads/bulk', { filter: { lacks: 'shoes' }, delete: true });
  expect([refused.status, refused.body.errors[0].field]).toEqual([422, 'lacks']);
});

test('while the disk is almost full, jobs and the search index pause, and resume once there is space', async () => {
  const ids = await leads(2);
  await world.parts.indexer.run();
  isDiskLow = true;
  try {
    const reply = await manager('POST', '/leads/bulk', { ids, change: { status: 'Contacted' } });
    await world.query(
      'INSERT INTO index_queue (workspace_id, lead_ids, delta) SELECT workspace_id, ARRAY[id], 0 FROM leads LIMIT 1',
    );
    await world.parts.jobs.runDue();
    await world.parts.indexer.run();
    expect((await ask('GET', `/jobs/${reply.body.id}`)).body).toMatchObject({ state: 'queued', done: 0 });
    expect((await world.query('SELECT 1 FROM index_queue')).length).toBeGreaterThan(0);
    expect((await read(ids[0] as string)).status).toBe('New');
    isDiskLow = false;
    expect(await ended(reply)).toMatchObject({ state: 'done', done: 2 });
    await world.parts.indexer.run();
    expect(await world.query('SELECT 1 FROM index_queue')).toEqual([]);
  } finally {
    isDiskLow = false;
  }
});

const bin = async () => (await manager('GET', '/bin')).body.data as { lead_id: string; job_id: string | null }[];

test('leads deleted by a job go to the bin, and undo restores them with everything they had', async () => {
  const [one = ''] = await leads(1, { call: {}, phone: '07700900770' });
  const [two = ''] = await leads(1, { call: {}, phone: '07700900771' });
  await ask('POST', `/leads/${one}/notes`, { text: 'Keep me' });
  await ask('POST', `/leads/${one}/tasks`, { name: 'Write', due_at: '2030-01-02T10:00:00Z' });
  await ask('POST', `/leads/${one}/deals`, { name: 'Fibre', amount: 1200.5 });
  await manager('POST', `/leads/${two}/call-log`, { outcome_id: 'No answer', talk_seconds: 7 });
  await manager('PATCH', `/leads/${two}`, { status: 'Qualified' });
  const rows = async () => {
    const tables = ['touches', 'notes', 'tasks', 'deals', 'calls', 'call_attempts', 'lead_moves', 'lead_keys'];
    const all = await Promise.all(tables.map((name) => world.query(`SELECT * FROM ${name} ORDER BY 1, 2, 3`)));
    const kept = await world.query(
      'SELECT first_reply_at, next_step_at, next_step, status_id, number FROM leads ORDER BY number',
    );
    return [...all, kept];
  };
  const before = await rows();
  const job = await ended(await manager('POST', '/leads/bulk', { ids: [one, two], delete: true }));
  expect(job.result).toMatchObject({ changed: 2, undoable: true });
  expect((await ask('GET', `/leads/${one}`)).status).toBe(404);
  expect((await agent('GET', '/bin')).status).toBe(403);
  const binned = async () => (await bin()).filter(({ job_id }) => job_id === job.id).map(({ lead_id }) => lead_id);
  expect((await binned()).sort()).toEqual([one, two].sort());
  const undo = await ended(await manager('POST', `/jobs/${job.id}/undo`));
  expect(undo).toMatchObject({ state: 'done', done: 2, failed: 0 });
  expect(await rows()).toEqual(before);
  expect(await binned()).toEqual([]);
  expect(await read(one)).toMatchObject({ version: 3, name: 'Bulk 0' });
  const [restored, ...earlier] = (await ask('GET', `/leads/${two}/activities`)).body.data;
  expect(restored).toMatchObject({ kind: 'lead_restored' });
  expect(earlier.length).toBeGreaterThan(2);
  expect(await world.query("SELECT 1 FROM events WHERE type = 'lead.restored'")).toHaveLength(2);
});

test('a repeat enquiry for a binned lead creates a new one; the restored lead is its possible duplicate', async () => {
  const phone = '07700900777';
  const { id } = (await ask('POST', '/leads', { name: 'Back Soon', phone })).body;
  await manager('DELETE', `/leads/${id}`);
  const { id: fresh } = (await ask('POST', '/leads', { name: 'Back Soon', phone })).body;
  expect(fresh).not.toBe(id);
  expect((await manager('POST', `/bin/${id}/restore`)).body).toMatchObject({ id, phone: '+447700900777' });
  const twins = await world.query('SELECT lead_id FROM lead_twins WHERE value = $1', ['+447700900777']);
  expect(twins).toEqual([{ lead_id: fromTypeId('lead', id) }]);
  expect((await manager('POST', `/bin/${id}/restore`)).status).toBe(404);
  const keys = await world.query('SELECT lead_id FROM lead_keys WHERE value = $1', ['+447700900777']);
  expect(keys).toEqual([{ lead_id: fromTypeId('lead', fresh) }]);
});

test('a lead is restored without items deleted since, and not at all once its person is erased', async () => {
  const owner = client(world, { cookie: await world.signIn(world.ownerId) });
  const { body: status } = await owner('POST', '/statuses', { name: 'Fleeting', state: 'open' });
  const [id = ''] = await leads(1, { status: 'Fleeting', email: 'gone@example.com' });
  await manager('DELETE', `/leads/${id}`);
  await owner('DELETE', `/statuses/${status.id}`);
  expect((await manager('POST', `/bin/${id}/restore`)).body.status).toBe('New');
  await manager('DELETE', `/leads/${id}`);
  await owner('POST', '/erasures', { email: 'gone@example.com' });
  await world.parts.jobs.runDue();
  expect((await bin()).map(({ lead_id }) => lead_id)).not.toContain(id);
});

test('the bin is emptied after thirty days, or sooner if the workspace keeps deleted leads for less', async () => {
  const [old = '', fresh = ''] = await leads(2);
  await manager('DELETE', `/leads/${old}`);
  await world.query("UPDATE deleted_leads SET deleted_at = now() - interval '31 days'");
  await manager('DELETE', `/leads/${fresh}`);
  const owner = client(world, { cookie: await world.signIn(world.ownerId) });
  await owner('POST', '/retention/run');
  await world.parts.jobs.runDue();
  expect((await bin()).map(({ lead_id }) => lead_id)).toEqual([fresh]);
  await owner('PATCH', '/retention', { deleted_days: 0 });
  const [unkept = ''] = await leads(1);
  await manager('DELETE', `/leads/${unkept}`);
  await owner('POST', '/retention/run');
  await world.parts.jobs.runDue();
  expect(await bin()).toEqual([]);
  await owner('PATCH', '/retention', { deleted_days: 30 });
});

test('undo leaves a planned call that has been attempted in the meantime', async () => {
  const [id = ''] = await leads(1, { phone: '07700900790' });
  const job = await ended(await manager('POST', '/leads/bulk', { ids: [id], plan_call: {} }));
  await manager('POST', `/leads/${id}/call-log`, { outcome_id: 'No answer' });
  const undo = await ended(await manager('POST', `/jobs/${job.id}/undo`));
  expect([undo.failed, undo.result.errors[0].reason]).toEqual([1, 'Someone has claimed or made the call since.']);
  expect((await ask('GET', `/leads/${id}/calls`)).body.data).toMatchObject([{ state: 'pending', attempts: 1 }]);
});

test('undo cancels calls that a job planned, and the audit log lists every job', async () => {
  const ids = await leads(2, { phone: undefined });
  for (const [at, id] of ids.entries()) await ask('PATCH', `/leads/${id}`, { phone: `0770090078${at}` });
  const job = await ended(await manager('POST', '/leads/bulk', { ids, plan_call: {} }));
  expect(job.result).toMatchObject({ changed: 2, undoable: true });
  await ended(await manager('POST', `/jobs/${job.id}/undo`));
  expect((await ask('GET', `/leads/${ids[0]}/calls`)).body.data).toMatchObject([{ state: 'cancelled' }]);
  const owner = client(world, { cookie: await world.signIn(world.ownerId) });
  const told = (await owner('GET', '/audit-log?action=leads_changed&limit=2')).body.data;
  expect(told.map(({ text }: { text: string }) => text)).toEqual([
    'Mia Manager started to undo a change of 2 leads.',
    'Mia Manager started to plan calls with 2 leads.',
  ]);
});
