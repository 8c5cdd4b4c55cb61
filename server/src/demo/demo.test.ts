import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { beforeAll, expect, test } from 'vitest';
import { client, testWorld, type World } from '../../test/world.ts';
import { checkTotals } from '../backup/checks-store.ts';
import { openDatabase } from '../platform/database/database.ts';

let world: World;
let api: ReturnType<typeof client>;
const now = new Date('2026-03-18T14:20:00Z');

beforeAll(async () => {
  world = await testWorld();
  world.setClock(now);
  api = client(world, { cookie: await world.signIn(world.ownerId) });
});

/** Violations of the consistency rules. */
async function amiss(): Promise<unknown[]> {
  const owner = await openDatabase(world.connections.owner, { size: 1, asOwner: true });
  const found: unknown[] = [];
  for await (const finding of checkTotals((work) => owner.global(work)))
    if (finding.differences > 0) found.push(finding);
  await owner.close();
  return found;
}

async function count(what: string): Promise<number> {
  const [row] = await world.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${what}`);
  return row?.count ?? 0;
}

async function make(leads: number) {
  const job = await api('POST', '/demo', { leads });
  expect(job.status).toBe(202);
  await world.parts.jobs.runDue();
  const ended = await api('GET', `/jobs/${job.body.id}`);
  expect(ended.body).toMatchObject({ state: 'done', total: leads, done: leads, result: { leads } });
}

test('sample leads have weeks of history, and the data stays consistent', async () => {
  await make(700);
  expect((await api('GET', '/demo')).body).toEqual({ leads: 700 });
  expect(await amiss()).toEqual([]);
  const [span] = await world.query<{ first: Date; last: Date }>(
    'SELECT min(created_at) AS first, max(created_at) AS last FROM leads',
  );
  expect(now.getTime() - (span?.first.getTime() ?? 0)).toBeGreaterThan(50 * 86_400_000);
  expect(span?.last.getTime()).toBeLessThan(now.getTime());
  // Few leads are still new, because most are moved to another status soon after they arrive.
  for (const [kind, least] of [
    ['won', 20],
    ['lost', 20],
    ['open', 20],
    ['new', 5],
  ] as const)
    expect(
      await count(`leads l JOIN statuses s ON s.id = l.status_id WHERE s.state = '${kind}'`),
      kind,
    ).toBeGreaterThan(least);
  for (const some of [
    'tasks WHERE done_at IS NOT NULL',
    `tasks WHERE done_at IS NULL AND due_at < '${now.toISOString()}'`,
    `tasks WHERE done_at IS NULL AND due_at > '${now.toISOString()}'`,
    "calls WHERE state = 'pending' AND callback",
    "calls WHERE state = 'pending' AND NOT callback",
    'call_attempts WHERE talk_seconds > 0',
    'deals WHERE closed_at IS NOT NULL',
    'deals WHERE closed_at IS NULL',
    'notes',
    "submissions WHERE outcome = 'refused'",
    "submissions WHERE outcome = 'merged'",
    "leads l JOIN statuses s ON s.id = l.status_id WHERE s.state = 'lost' AND l.lost_reason_id IS NOT NULL",
  ])
    expect(await count(some), some).toBeGreaterThan(0);
  expect(await count('leads WHERE first_reply_at < created_at')).toBe(0);
  expect(await count(`activities WHERE at > '${now.toISOString()}'`)).toBe(0);
});

test('some sample leads have tags, with which the list can be filtered', async () => {
  const tags: { id: string; name: string }[] = (await api('GET', '/tags')).body.data;
  expect(tags.map(({ name }) => name).sort()).toEqual([
    'Asked twice',
    'Compares prices',
    'Large deal',
    'Moving house',
    'Spring offer',
  ]);
  for (const { id, name } of tags)
    expect((await api('GET', `/leads?tag=${id}`)).body.data[0]?.tags, name).toContain(name);
  expect(await count('leads WHERE tag_ids IS NULL')).toBeGreaterThan(350);
});

test('open sample leads look worked on: few wait, none of them for days, and few tasks are late', async () => {
  const open = "leads l JOIN statuses s ON s.id = l.status_id AND s.state IN ('new', 'open')";
  const ago = (hours: number) => `'${new Date(now.getTime() - hours * 3_600_000).toISOString()}'`;
  const waiting = await count(`${open} WHERE first_reply_at IS NULL`);
  expect(waiting).toBeGreaterThan(2);
  expect(waiting).toBeLessThan(30);
  expect(await count(`${open} WHERE first_reply_at IS NULL AND l.created_at < ${ago(3 * 24)}`)).toBe(0);
  expect(await count(`${open} WHERE l.created_at < ${ago(40 * 24)}`)).toBeLessThan((await count(`${open}`)) / 10);
  const late = await count(`tasks WHERE done_at IS NULL AND due_at < '${now.toISOString()}'`);
  expect(late).toBeLessThan((await count('tasks WHERE done_at IS NULL')) / 5);
});

test('sample phones are valid numbers, and sample emails use domains reserved for examples', async () => {
  const people = await world.query<{ phone: string; email: string | null }>('SELECT phone, email FROM leads');
  const countries = new Set<string | undefined>();
  for (const { phone, email } of people) {
    const parsed = parsePhoneNumberFromString(phone);
    expect(parsed?.isValid(), phone).toBe(true);
    countries.add(parsed?.country);
    expect(email ?? 'a@example.com').toMatch(/^[a-z0-9.]+@example\.(com|org|net)$/);
  }
  expect([...countries].sort()).toEqual(['AU', 'DE', 'FR', 'GB', 'US']);
});

test('sample leads have the values that triggers would have maintained', async () => {
  const before = await world.query(
    'SELECT id, first_reply_at, next_step_at, next_step_kind, next_step FROM leads ORDER BY id',
  );
  await world.query('SELECT plan_next_step(workspace_id, id) FROM leads');
  const after = await world.query(
    'SELECT id, first_reply_at, next_step_at, next_step_kind, next_step FROM leads ORDER BY id',
  );
  expect(after).toEqual(before);
  const [wrong] = await world.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM leads l WHERE first_reply_at IS DISTINCT FROM (SELECT min(at) FROM activities a
       WHERE a.lead_id = l.id AND a.kind IN ('call_ended', 'status_changed') AND a.actor LIKE 'member:%')`,
  );
  expect(wrong?.count).toBe(0);
});

test('a second run adds more leads without repeating a phone', async () => {
  await make(300);
  expect((await api('GET', '/demo')).body).toEqual({ leads: 1000 });
  expect(await count('(SELECT DISTINCT phone FROM leads) AS p')).toBe(1000);
  expect(await count('members')).toBe(7);
  expect(await amiss()).toEqual([]);
});

test('removing sample data leaves everything else untouched', async () => {
  const own = await api('POST', '/leads', { name: 'Ann Own', phone: '+44 7840 258823', source: 'Website' });
  expect(own.status).toBe(201);
  const sources = await count('sources');
  const job = await api('DELETE', '/demo');
  expect(job.status).toBe(202);
  await world.parts.jobs.runDue();
  await world.parts.indexer.run();
  expect((await api('GET', '/demo')).body).toEqual({ leads: 0 });
  expect(await amiss()).toEqual([]);
  expect(await count('leads')).toBe(1);
  expect(await count('submissions')).toBe(1);
  expect(await count("events WHERE type = 'lead.created'")).toBe(1);
  expect(await count('members')).toBe(1);
  expect(await count("reference_items WHERE kind = 'tag'")).toBe(0);
  expect(await count("tokens WHERE name LIKE '%(sample)'")).toBe(0);
  expect(await count('sources')).toBe(sources - 4);
  for (const gone of ['touches', 'activities', 'lead_search']) expect(await count(gone), gone).toBe(1);
  for (const gone of ['tasks', 'calls', 'call_attempts', 'deals', 'demo_leads', 'demo_items'])
    expect(await count(gone), gone).toBe(0);
});

test('only administrators create and remove sample data', async () => {
  const manager = client(world, { cookie: await world.signIn(await world.member({ role: 'manager' })) });
  for (const method of ['GET', 'POST', 'DELETE'] as const)
    expect((await manager(method, '/demo', method === 'POST' ? {} : undefined)).status).toBe(403);
  expect((await api('POST', '/demo', { leads: 2001 })).status).toBe(422);
});
