import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { client, testWorld } from '../../test/world.ts';
import { enqueueDue } from '../jobs/job-scheduler.ts';
import { enqueue } from '../jobs/job-store.ts';
import { bringForward } from '../jobs/schedule-store.ts';
import { stepRetention } from './retention-jobs.ts';

const world = await testWorld();
const owner = () => world.signIn(world.ownerId).then((cookie) => client(world, { cookie }));
const ask = client(world, world.tokens.get('native'));
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

// Plans the first run, so that it is due a day later.
beforeAll(() => enqueueDue(world.parts));

/** Runs the jobs that are due at that time, as the server does on its own. */
async function runAt(at: Date): Promise<void> {
  world.setClock(at);
  await enqueueDue(world.parts);
  await world.parts.jobs.runDue();
}

async function requests() {
  return world.query<{ outcome: string; body: Buffer | null; body_sha256: Buffer | null; answer: string; url: string }>(
    `SELECT outcome, body, body_sha256, answer, query || headers::text || address AS url FROM submissions
     WHERE workspace_id = $1 ORDER BY id`,
    [world.workspaceId],
  );
}

test('accepted requests lose their contents after 90 days and refused ones after a year; metadata stays', async () => {
  await ask('POST', '/leads', { name: 'Ann Accepted', phone: '07700900111' });
  await ask('POST', '/leads', { name: 'Rob Refused', status: 'No such status' });
  const [first] = await requests();
  const terms = async () => {
    const { accepted_days, refused_days, deleted_days, event_days } = (await (await owner())('GET', '/retention')).body;
    return [accepted_days, refused_days, deleted_days, event_days];
  };
  expect(await terms()).toEqual([90, 365, 30, 90]);
  await runAt(inDays(89));
  expect(await terms()).toEqual([90, 365, 30, 90]);
  expect((await requests()).map(({ body }) => body !== null)).toEqual([true, true]);
  await runAt(inDays(91));
  const [accepted, refused] = await requests();
  expect(accepted).toMatchObject({ outcome: 'accepted', body: null, answer: '', url: '{}' });
  expect(accepted?.body_sha256).toEqual(
    createHash('sha256')
      .update(first?.body ?? '')
      .digest(),
  );
  expect(refused?.body?.toString()).toContain('Rob Refused');
  await runAt(inDays(366));
  expect((await requests()).map(({ body }) => body)).toEqual([null, null]);
  expect(JSON.stringify(await world.query('SELECT problem FROM submissions'))).not.toContain('No such status');
});

test('a request without contents says so and cannot be replayed', async () => {
  world.setClock(undefined);
  const { body: sent } = await ask('POST', '/leads', { name: 'Rae Removed', status: 'No such status' });
  const body = JSON.stringify({ name: 'Rae Replayed', status: 'Nor this' });
  await ask('POST', `${sent.instance.replace('/v1', '')}/replay`, { body });
  expect(JSON.stringify(await world.query('SELECT edited_body FROM replays'))).not.toBe('[{"edited_body":null}]');
  await runAt(inDays(368));
  const member = await owner();
  const [refused] = await world.query<{ id: string }>(
    "SELECT id FROM submissions WHERE outcome = 'refused' ORDER BY id DESC LIMIT 1",
  );
  const { body: kept } = await member('GET', `/submissions/${refused?.id}`);
  expect(kept).toMatchObject({ removed_because: 'retention', replayable: false, request: { body: null } });
  expect(kept.request.body_sha256).toMatch(/^[0-9a-f]{64}$/);
  // What somebody corrected in it is a copy of it.
  expect(await world.query('SELECT edited_body, edited_query, answer FROM replays')).toEqual([
    { edited_body: null, edited_query: null, answer: '' },
  ]);
  const again = await member('POST', `/submissions/${refused?.id}/replay`, {});
  expect([again.status, again.body.type]).toEqual([409, '/problems/contents_removed']);
});

test('events, ended sessions, idempotency keys and finished jobs expire, open ones stay, and the last run is shown', async () => {
  world.setClock(undefined);
  await ask('POST', '/leads', { name: 'Kay' }, { 'idempotency-key': 'k' });
  const senders = [401, 399].map((age) => `($1, gen_random_uuid(), current_date + 800 - ${age}`).join('), ');
  await world.query(
    `INSERT INTO turned_away VALUES ${senders.replace(/(- \d+)/g, "$1, 'native', 'revoked', 0, 0, 1, 1, now()")})`,
    [world.workspaceId],
  );
  await world.query(`INSERT INTO names_brought VALUES ${senders.replace(/(- \d+)/g, "$1, 'waiting_name', 1")})`, [
    world.workspaceId,
  ]);
  for (let sessions = 0; sessions < 2; sessions += 1) await world.signIn(world.ownerId);
  await world.query(
    'UPDATE sessions SET expires_at = $1 WHERE id = (SELECT id FROM sessions ORDER BY id DESC LIMIT 1)',
    [inDays(900)],
  );
  const waiting = {
    kind: 'retention',
    params: {},
    total: 0,
    member_id: null,
    actor: 'system',
    run_at: inDays(900),
  } as const;
  const { id: waitingId } = await world.database.tx(world.workspaceId, (tx) => enqueue(tx, waiting, new Date()));
  const mailStates = ['sent', 'refused', 'failed', 'unsent', 'collected', 'queued', 'held'];
  await world.query(
    `INSERT INTO mails (workspace_id, id, kind, state, cause, to_name, to_email, folded_email, subject, body, message_id,
       created_at) SELECT $1, gen_random_uuid(), 'digest', state, state, '', '', '', '', '{}', '', now()
     FROM unnest($2::text[]) AS state`,
    [world.workspaceId, mailStates],
  );
  await runAt(inDays(800));
  expect(await world.query('SELECT state FROM mails ORDER BY state')).toEqual([{ state: 'held' }, { state: 'queued' }]);
  expect(await world.query('SELECT 1 FROM sessions WHERE expires_at > $1', [inDays(850)])).toHaveLength(1);
  expect(await world.query('SELECT 1 FROM jobs WHERE id = $1', [waitingId])).toHaveLength(1);
  await world.query('DELETE FROM jobs WHERE id = $1', [waitingId]);
  const left = await world.query<{ events: number; keys: number; jobs: number }>(
    `SELECT (SELECT count(*)::int FROM events) AS events, (SELECT count(*)::int FROM idempotency) AS keys,
       (SELECT count(*)::int FROM jobs WHERE state = 'done' AND kind = 'retention') AS jobs`,
  );
  expect(left).toEqual([{ events: 0, keys: 0, jobs: 1 }]);
  const { body } = await (await owner())('GET', '/retention');
  expect(body).toMatchObject({ accepted_days: 90, refused_days: 365, event_days: 90 });
  expect(body.removed).toMatchObject({ requests: 1, idempotency_keys: 1, counts: 2 });
  expect(await world.query('SELECT 1 FROM turned_away UNION ALL SELECT 1 FROM names_brought')).toHaveLength(2);
  expect(body.removed.events).toBeGreaterThan(0);
  expect(body.removed.sessions).toBeGreaterThan(0);
  expect(body.finished_at).not.toBeNull();
});

test('a workspace that keeps only metadata loses contents at once; one that keeps everything loses none', async () => {
  world.setClock(undefined);
  await ask('POST', '/leads', { name: 'Never' });
  await (await owner())('PATCH', '/retention', {
    accepted_days: null,
    refused_days: null,
    deleted_days: null,
    event_days: null,
  });
  await runAt(inDays(4000));
  expect((await requests()).at(-1)?.body).not.toBeNull();
  world.setClock(undefined);
  const changed = await (await owner())('PATCH', '/retention', { accepted_days: 0 });
  expect(changed.body.accepted_days).toBe(0);
  await runAt(new Date(Date.now() + 61_000));
  expect((await requests()).at(-1)?.body).toBeNull();
});

test.each([
  ['', { accepted_days: 90, refused_days: 365, deleted_days: 30, event_days: 90 }, 29],
  [', even if events are kept for less', { accepted_days: 365, deleted_days: 60, event_days: 30 }, 31],
])('requests of a deleted lead lose their contents in time%s', async (_, kept, early) => {
  world.setClock(undefined);
  await (await owner())('PATCH', '/retention', kept);
  const { body: lead } = await ask('POST', '/leads', { name: 'Del Eted' });
  await ask('DELETE', `/leads/${lead.id}`);
  await runAt(inDays(early));
  expect((await requests()).at(-2)?.body).not.toBeNull();
  await runAt(inDays(kept.deleted_days + 1));
  expect((await requests()).at(-2)?.body).toBeNull();
});

test('requests of a lead whose deletion comes of age during a run lose their contents in the next', async () => {
  world.setClock(undefined);
  const { body: lead } = await ask('POST', '/leads', { name: 'In Between' });
  await ask('DELETE', `/leads/${lead.id}`);
  await (await owner())('PATCH', '/retention', { deleted_days: 30, event_days: 30 });
  const hours = (count: number) => new Date(inDays(30).getTime() + count * 3_600_000);
  for (let [phase, at, finished] = [0, -2.5, false]; !finished; at += 1) {
    const run = { started_at: hours(-2.5), phase, removed: {} };
    const step = await world.database.tx(world.workspaceId, (tx) => stepRetention(tx, run, hours(at)));
    [phase, finished] = [step.run.phase, step.finished];
  }
  expect((await requests()).at(-2)?.body).not.toBeNull();
  await runAt(inDays(32));
  expect((await requests()).at(-2)?.body).toBeNull();
});

test('only one of several processes starts a run', async () => {
  const at = inDays(5000);
  world.setClock(at);
  const runs = () => world.query<{ id: string }>("SELECT id FROM jobs WHERE kind = 'retention'");
  const before = new Set((await runs()).map(({ id }) => id));
  await Promise.all(Array.from({ length: 4 }, () => enqueueDue(world.parts)));
  // A run of an earlier test may remove old jobs meanwhile.
  expect((await runs()).filter(({ id }) => !before.has(id))).toHaveLength(1);
});

test('a change of time zone does not delay a run that was brought forward', async () => {
  const zone = (name: string) =>
    world.query('UPDATE workspaces SET time_zone = $2 WHERE id = $1', [world.workspaceId, name]);
  const soon = inDays(5000.5);
  world.setClock(inDays(5000));
  await enqueueDue(world.parts);
  await world.database.tx(world.workspaceId, (tx) => bringForward(tx, 'retention', soon));
  await zone('Pacific/Auckland');
  await enqueueDue(world.parts);
  const planned = await world.query(
    "SELECT next_at FROM job_schedules WHERE name = 'retention' AND workspace_id = $1",
    [world.workspaceId],
  );
  expect(planned).toEqual([{ next_at: soon }]);
});

test('a daily run starts once across all processes and after missed runs, at the workspace’s local time', async () => {
  const schedules = { morning: { kind: 'retention', rule: { daily: '08:00' } } } as const;
  const at = (time: string) => world.setClock(new Date(time));
  const check = () => Promise.all([1, 2, 3].map(() => enqueueDue({ ...world.parts, schedules })));
  const zone = (name: string) =>
    world.query('UPDATE workspaces SET time_zone = $2 WHERE id = $1', [world.workspaceId, name]);
  const plan = () =>
    world.query("SELECT next_at, last_at FROM job_schedules WHERE name = 'morning' AND workspace_id = $1", [
      world.workspaceId,
    ]);
  const started = () => world.query("SELECT 1 FROM jobs WHERE kind = 'retention' AND created_at > '2060-01-01'");
  await zone('Asia/Kolkata');
  at('2060-05-01T12:00:00Z');
  await check();
  await check();
  expect(await plan()).toEqual([{ next_at: new Date('2060-05-02T02:30:00Z'), last_at: null }]);
  at('2060-05-04T06:00:00Z');
  await check();
  expect(await started()).toHaveLength(1);
  expect(await plan()).toEqual([
    { next_at: new Date('2060-05-05T02:30:00Z'), last_at: new Date('2060-05-04T06:00:00Z') },
  ]);
  await zone('Europe/London');
  await check();
  expect(await plan()).toMatchObject([{ next_at: new Date('2060-05-04T07:00:00Z') }]);
  await world.parts.jobs.runDue();
  await world.query("UPDATE jobs SET state = 'queued', run_at = '2061-01-01' WHERE created_at > '2060-01-01'");
  at('2060-05-06T12:00:00Z');
  await check();
  // The last one is still waiting, and another would do the same.
  expect(await started()).toHaveLength(1);
});
