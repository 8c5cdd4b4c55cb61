import { Client } from 'pg';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BULK_JOB } from '../../src/bulk/bulk-jobs.ts';
import { UNDO_JOB } from '../../src/bulk/undo-jobs.ts';
import type { JobKind } from '../../src/jobs/job-kinds.ts';
import { enqueue, type Job } from '../../src/jobs/job-store.ts';
import { REPLAY_JOB } from '../../src/journal/replay-jobs.ts';
import { fromTypeId, typeId, uuidv7 } from '../../src/platform/ids.ts';
import { client, testWorld } from '../world.ts';
import { allows, jobLines, type Role, roles, scopes, type Who } from './table.ts';

const world = await testWorld();
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const members = new Map<Role, string>();
const tokens = new Map<string, string>();
let later = new Date();

beforeAll(async () => {
  const { body: hook } = await owner('POST', '/webhooks', { url: 'https://hooks.example.com/', events: ['*'] });
  const now = new Date().toISOString();
  idle['replay-deliveries'] = { webhook_id: fromTypeId('hook', hook.id), since: now, until: now, states: ['held'] };
  for (const role of roles) members.set(role, await world.member({ role }));
  for (const granted of [[], ...scopes.map((scope) => [scope])]) {
    await world.token('native', { scopes: granted, name: `Of ${granted}` });
    const [row] = await world.query<{ id: string }>('SELECT id FROM tokens ORDER BY id DESC LIMIT 1');
    tokens.set(String(granted), row?.id ?? '');
  }
});
afterEach(() => world.setClock(undefined));

type By = { memberId: string } | { tokenId: string };

/** Plans a job that is due in an hour, so that the rights of its owner can change before it runs. */
async function plan(kind: JobKind, params: Job['params'], by: By): Promise<Job> {
  later = new Date(Date.now() + 3_600_000);
  const who =
    'memberId' in by
      ? { member_id: by.memberId, actor: `member:${by.memberId}` }
      : { member_id: null, actor: `token:${by.tokenId}` };
  return world.database.tx(world.workspaceId, (tx) => enqueue(tx, { kind, params, total: 1, ...who }, later));
}

async function run(job: Job) {
  world.setClock(later);
  await world.parts.jobs.runDue();
  world.setClock(undefined);
  return (await owner('GET', `/jobs/${typeId('job', job.id)}`)).body;
}

const change = { kind: 'change', change: { category: null } };
/** For each kind of job, parameters that leave it nothing to do. */
const idle: Record<string, Job['params']> = {
  'change-leads': { ids: [], action: change },
  'change-leads delete': { ids: [], action: { kind: 'delete' } },
  'undo-change': { job_id: uuidv7() },
  'undo-change of deleted leads': { job_id: uuidv7(), restores: true },
  'replay-submissions': { ids: [], edits: [] },
  'remove-status': { from: uuidv7(), to: uuidv7() },
  'remove-tag': { tag_id: uuidv7() },
  'make-demo': { leads: 1 },
  'remove-demo': {},
  'forget-lost-reasons': { status_id: uuidv7() },
  'erase-person': { erasure_id: uuidv7() },
};
const everybody: [string, Who & object][] = [
  ...roles.map((role): [string, Who & object] => [role, { role }]),
  ['a token that may everything', { scopes: [] }],
  ...scopes.map((scope): [string, Who & object] => [`a token with the scope ${scope}`, { scopes: [scope] }]),
];

test('the table has a line for every job, and a job for every line', () => {
  expect([...new Set(jobLines.map(({ name }) => name))].sort()).toEqual([...world.parts.jobs.kinds].sort());
});

test.each(jobLines.map((line) => [[line.name, line.special].filter(Boolean).join(' '), line] as const))(
  '%s runs for those whom the table allows, and stops for others',
  async (name, line) => {
    const wrong: string[] = [];
    for (const [sort, who] of everybody) {
      const by =
        'role' in who ? { memberId: members.get(who.role) ?? '' } : { tokenId: tokens.get(String(who.scopes)) ?? '' };
      const { state, stopped } = await run(await plan(line.name as JobKind, idle[name] ?? {}, by));
      const expected = allows(line, who) ? 'done' : 'failed';
      if (state !== expected || (stopped === null) !== allows(line, who)) wrong.push(`${sort}: ${state}, ${stopped}`);
    }
    expect(wrong).toEqual([]);
  },
);

async function leadOf(memberId: string | null, name: string) {
  return (await owner('POST', '/leads', { name, ...(memberId && { owner: memberId }) })).body;
}

const idOf = (lead: { id: string }) => fromTypeId('lead', lead.id) ?? '';
const departmentOf = async (lead: { id: string }) => (await owner('GET', `/leads/${lead.id}`)).body.department;
const toSales = async () => ({
  kind: 'change',
  change: { department: (await owner('GET', '/departments')).body.data[0].id },
});

describe('a job has the rights that its owner has at the time it runs', () => {
  test('a member who sees fewer leads by then changes fewer', async () => {
    const memberId = await world.member({ role: 'manager', visibility: 'all' });
    const [mine, hidden] = [await leadOf(memberId, 'Mine'), await leadOf(null, 'Hidden Harriet')];
    const job = await plan(BULK_JOB, { ids: [mine, hidden].map(idOf), action: await toSales() }, { memberId });
    await owner('PATCH', `/members/${memberId}`, { visibility: 'own' });
    const done = await run(job);
    expect(done).toMatchObject({ state: 'done', done: 1, result: { changed: 1 } });
    expect(JSON.stringify(done)).not.toContain('Hidden');
    expect([await departmentOf(mine), await departmentOf(hidden)]).toEqual([expect.any(String), null]);
  });

  test('a lead that becomes hidden while it is about to be changed stays as it is', async () => {
    const memberId = await world.member({ role: 'manager', visibility: 'own' });
    const lead = await leadOf(memberId, 'Leaving');
    const job = await plan(BULK_JOB, { ids: [idOf(lead)], action: await toSales() }, { memberId });
    const taker = new Client(world.connections.superuser);
    await taker.connect();
    try {
      await taker.query('BEGIN');
      await taker.query('UPDATE leads SET owner_id = NULL WHERE id = $1', [idOf(lead)]);
      const running = run(job);
      await expect
        .poll(() =>
          world.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
        )
        .toHaveLength(1);
      await taker.query('COMMIT');
      expect(await running).toMatchObject({ state: 'done', done: 0, result: { changed: 0 } });
    } finally {
      await taker.end();
    }
    expect(await departmentOf(lead)).toBeNull();
  });

  test('a member who was demoted or deactivated, or whose token was revoked, changes nothing more', async () => {
    const lead = await leadOf(null, 'Stays');
    const params = { ids: [idOf(lead)], action: { kind: 'delete' } };
    const memberId = await world.member({ role: 'manager' });
    const demoted = await plan(BULK_JOB, params, { memberId });
    await owner('PATCH', `/members/${memberId}`, { role: 'agent' });
    expect(await run(demoted)).toMatchObject({ state: 'failed', done: 0, stopped: expect.stringContaining('role') });
    const orphaned = await plan(BULK_JOB, params, { memberId });
    await owner('PATCH', `/members/${memberId}`, { role: 'manager', active: false });
    expect(await run(orphaned)).toMatchObject({ state: 'failed', stopped: expect.stringContaining('active member') });
    const { body: token } = await owner('POST', '/tokens', { dialect: 'native', name: 'Soon gone' });
    const revoked = await plan(BULK_JOB, params, { tokenId: token.id });
    await owner('DELETE', `/tokens/${token.id}`);
    expect(await run(revoked)).toMatchObject({ state: 'failed', stopped: expect.stringContaining('revoked') });
    expect((await owner('GET', `/leads/${lead.id}`)).status).toBe(200);
  });

  test('an expired or test-mode token changes nothing more, nor does a job without an owner', async () => {
    const lead = await leadOf(null, 'Stays too');
    const params = { ids: [idOf(lead)], action: { kind: 'delete' } };
    const stopped = async (spoil: (tokenId: string, jobId: string) => Promise<unknown>) => {
      const { body: token } = await owner('POST', '/tokens', { dialect: 'native', name: 'Soon spoilt' });
      const job = await plan(BULK_JOB, params, { tokenId: fromTypeId('tok', token.id) ?? token.id });
      await spoil(token.id, job.id);
      const { state, done, stopped: why } = await run(job);
      return { state, done, why };
    };
    const ends = async (id: string) =>
      owner('PATCH', `/tokens/${id}`, { expires_at: new Date(Date.now() + 1_800_000).toISOString() });
    expect(await stopped(ends)).toEqual({ state: 'failed', done: 0, why: expect.stringContaining('expired') });
    const tests = async (id: string) => owner('PATCH', `/tokens/${id}`, { test_mode: true });
    expect(await stopped(tests)).toEqual({ state: 'failed', done: 0, why: expect.stringContaining('test mode') });
    const orphan = async (_: string, id: string) => world.query("UPDATE jobs SET actor = 'nobody' WHERE id = $1", [id]);
    expect(await stopped(orphan)).toEqual({ state: 'failed', done: 0, why: expect.stringContaining('not known') });
    expect((await owner('GET', `/leads/${lead.id}`)).status).toBe(200);
  });

  test('undo reverts only what its owner sees; the rest can still be undone', async () => {
    const memberId = await world.member({ role: 'manager', visibility: 'all' });
    const [mine, hidden] = [await leadOf(memberId, 'Mine'), await leadOf(null, 'Hidden Harriet')];
    const job = await plan(BULK_JOB, { ids: [mine, hidden].map(idOf), action: await toSales() }, { memberId });
    await run(job);
    const undo = async () => run(await plan(UNDO_JOB, { job_id: job.id }, { memberId }));
    await owner('PATCH', `/members/${memberId}`, { visibility: 'own' });
    const narrow = await undo();
    expect(narrow).toMatchObject({ state: 'done', done: 1, failed: 0, result: { changed: 1, errors: [] } });
    expect([await departmentOf(mine), await departmentOf(hidden)]).toEqual([null, expect.any(String)]);
    const ask = client(world, { cookie: await world.signIn(memberId) });
    expect((await ask('POST', `/jobs/${typeId('job', job.id)}/undo`)).status).toBe(409);
    await owner('PATCH', `/members/${memberId}`, { visibility: 'all' });
    expect(await undo()).toMatchObject({ done: 1, result: { changed: 1 } });
    expect(await departmentOf(hidden)).toBeNull();
  });
});

test('undoing a deletion restores what its owner sees, and nothing once they may no longer delete', async () => {
  const memberId = await world.member({ role: 'manager', visibility: 'all' });
  const [mine, hidden] = [await leadOf(memberId, 'Mine'), await leadOf(null, 'Hidden Harriet')];
  const job = await plan(BULK_JOB, { ids: [mine, hidden].map(idOf), action: { kind: 'delete' } }, { memberId });
  await run(job);
  const undo = async () => run(await plan(UNDO_JOB, { job_id: job.id, restores: true }, { memberId }));
  const exist = () =>
    Promise.all([mine, hidden].map(async (lead) => (await owner('GET', `/leads/${lead.id}`)).status === 200));
  await owner('PATCH', `/members/${memberId}`, { role: 'agent' });
  const ask = client(world, { cookie: await world.signIn(memberId) });
  expect((await ask('POST', `/jobs/${typeId('job', job.id)}/undo`)).status).toBe(403);
  expect(await undo()).toMatchObject({ state: 'failed', done: 0 });
  expect(await exist()).toEqual([false, false]);
  await owner('PATCH', `/members/${memberId}`, { role: 'manager', visibility: 'own' });
  expect(await undo()).toMatchObject({ state: 'done', done: 1 });
  expect(await exist()).toEqual([true, false]);
});

test('a job names no lead to a member who may not see it', async () => {
  const hidden = await leadOf(null, 'Hidden Harriet');
  const job = await plan(BULK_JOB, idle['change-leads'] ?? {}, { memberId: world.ownerId });
  const result = { errors: [{ lead_id: hidden.id, name: 'Hidden Harriet', reason: 'Why not.' }] };
  await world.query('UPDATE jobs SET result = $2 WHERE id = $1', [job.id, JSON.stringify(result)]);
  const asks = async (visibility: 'own' | 'team' | 'all') => {
    const memberId = await world.member({ role: 'manager', visibility });
    const ask = client(world, { cookie: await world.signIn(memberId) });
    return [(await ask('GET', `/jobs/${typeId('job', job.id)}`)).text, (await ask('GET', '/jobs')).text];
  };
  for (const visibility of ['own', 'team'] as const)
    for (const text of await asks(visibility)) expect(text).not.toMatch(new RegExp(`Harriet|${hidden.id}`));
  for (const text of await asks('all')) expect(text).toContain('Hidden Harriet');
});

test('a replay reaches no request about a hidden lead', async () => {
  const memberId = await world.member({ role: 'manager', visibility: 'own' });
  const hidden = await leadOf(null, 'Hidden Harriet');
  await owner('PATCH', `/leads/${hidden.id}`, { phone: 'none' });
  await world.query("UPDATE submissions SET lead_id = $1 WHERE outcome = 'refused'", [idOf(hidden)]);
  const [stored] = await world.query<{ id: string }>("SELECT id FROM submissions WHERE outcome = 'refused' LIMIT 1");
  const id = stored?.id ?? '';
  const done = await run(await plan(REPLAY_JOB, { ids: [id], edits: [] }, { memberId }));
  expect(done).toMatchObject({ state: 'done', result: { outcomes: { skipped: 1 } } });
  const ask = client(world, { cookie: await world.signIn(memberId) });
  expect((await ask('POST', `/submissions/${typeId('sub', id)}/replay`, {})).status).toBe(404);
  expect((await ask('POST', '/submissions/replay', { ids: [typeId('sub', id)] })).body.outcomes).toEqual({
    skipped: 1,
  });
  expect(await world.query('SELECT 1 FROM replays WHERE submission_id = $1', [id])).toEqual([]);
});

test('a replay has the rights and visibility of the member who starts it, not of the sender', async () => {
  const token = world.tokens.get('getlead');
  const send = async (endpoint: string, fields: Record<string, string>) => {
    const query = new URLSearchParams({ token: token ?? '', ...fields });
    await world.app.inject({ method: 'POST', url: `/api/${endpoint}?${query}` });
    const [row] = await world.query<{ id: string; outcome: string }>(
      "SELECT id, outcome FROM submissions WHERE dialect = 'getlead' ORDER BY id DESC LIMIT 1",
    );
    expect(row?.outcome).toBe('refused');
    return typeId('sub', row?.id ?? '');
  };
  const replayed = async (memberId: string, id: string) => {
    const ask = client(world, { cookie: await world.signIn(memberId) });
    return (await ask('POST', `/submissions/${id}/replay`, {})).body.outcome;
  };
  const assign = await send('gl-department-vise-agent-assign', { SourceNumber: '4234000000', department: 'Night' });
  expect((await owner('POST', '/departments', { name: 'Night', member_ids: [] })).status).toBe(201);
  const manager = members.get('manager') ?? '';
  expect([await replayed(manager, assign), await replayed(members.get('admin') ?? '', assign)]).toEqual([
    'refused',
    'accepted',
  ]);
  const about = { countrycode: '44', mobile_no: '7700900812' };
  const note = await send('gl-note-creation-api', { ...about, note: 'For Harriet' });
  const narrow = await world.member({ role: 'manager', visibility: 'own' });
  await owner('POST', '/leads', { name: 'Hidden Harriet', phone: '+447700900812' });
  // Also links the request to a lead of theirs, because otherwise they would not see it.
  const mine = idOf(await leadOf(narrow, 'Mine'));
  await world.query('UPDATE submissions SET lead_id = $1 WHERE id = $2', [mine, fromTypeId('sub', note)]);
  expect([await replayed(narrow, note), await replayed(manager, note)]).toEqual(['refused', 'accepted']);
});
