import { beforeAll, expect, test } from 'vitest';
import { client, testWorld, type World } from '../../test/world.ts';
import { uuidv7 } from '../platform/ids.ts';

let world: World;
let api: ReturnType<typeof client>;
const now = new Date('2026-03-31T12:00:00Z');

interface Made {
  at: string;
  source?: string;
  status?: string;
  owner?: string;
  department?: string;
  replyAfter?: number;
  workspaceId?: string;
}

async function id(table: string, name: string, workspaceId = world.workspaceId): Promise<string> {
  const [row] = await world.query<{ id: string }>(
    `SELECT id FROM ${table} WHERE workspace_id = '${workspaceId}' AND name = '${name}'`,
  );
  if (!row) throw new Error(`There is no ${name} in ${table}.`);
  return row.id;
}

async function make(made: Made): Promise<string> {
  const [workspaceId, at] = [made.workspaceId ?? world.workspaceId, new Date(made.at)];
  // An id begins with the time of its creation, here in the past.
  const hex = at.getTime().toString(16).padStart(12, '0');
  const leadId = `${hex.slice(0, 8)}-${hex.slice(8)}-7${uuidv7().slice(15)}`;
  const replied = made.replyAfter === undefined ? null : new Date(at.getTime() + made.replyAfter * 60_000);
  const source = made.source && (await id('sources', made.source, workspaceId));
  const department = made.department && (await id('departments', made.department, workspaceId));
  await world.query(
    `INSERT INTO leads (workspace_id, id, number, status_id, source_id, department_id, owner_id, created_at, updated_at, first_reply_at)
     VALUES ('${workspaceId}', '${leadId}', nextval('lead_numbers'), '${await id('statuses', made.status ?? 'New', workspaceId)}',
       ${quoted(source)}, ${quoted(department)}, ${quoted(made.owner)}, '${at.toISOString()}', '${at.toISOString()}',
       ${quoted(replied?.toISOString())})`,
  );
  await queue(leadId, 1, workspaceId);
  return leadId;
}

const queue = (leadId: string, delta: number, workspaceId = world.workspaceId) =>
  world.query(
    `INSERT INTO index_queue (workspace_id, lead_ids, delta) VALUES ('${workspaceId}', '{${leadId}}', ${delta})`,
  );

const quoted = (value: string | undefined) => (value === undefined ? 'NULL' : `'${value}'`);

async function moved(leadId: string, at: string, to: string): Promise<void> {
  const changes = JSON.stringify({ changes: [{ field: 'status_id', from: null, to: await id('statuses', to) }] });
  await world.query(
    `INSERT INTO activities (workspace_id, lead_id, id, kind, actor, detail, at)
     VALUES ('${world.workspaceId}', '${leadId}', '${uuidv7()}', 'status_changed', 'system', '${changes}', '${at}')`,
  );
  await queue(leadId, 0);
}

let [tom, sofia] = ['', ''];
const march = 'from=2026-03-01&to=2026-03-31';

/**
 * Ten leads of March, one before and one after, and one of another workspace. Clocks in Berlin go forward on the 29th.
 */
beforeAll(async () => {
  world = await testWorld();
  world.setClock(now);
  await world.query(`UPDATE workspaces SET time_zone = 'Europe/Berlin'`);
  await world.parts.changed(world.workspaceId);
  tom = await world.member({ name: 'Tom' });
  sofia = await world.member({ name: 'Sofia' });
  await world.query(
    `INSERT INTO department_members (workspace_id, department_id, member_id, position)
     VALUES ('${world.workspaceId}', '${await id('departments', 'Sales')}', '${tom}', 1)`,
  );
  await world.parts.changed(world.workspaceId);
  await make({ at: '2026-02-28T22:59:59Z', source: 'Website' });
  // The first second of March in Berlin.
  await make({ at: '2026-02-28T23:00:00Z', source: 'Website', owner: tom, replyAfter: 2 });
  await make({ at: '2026-03-02T09:00:00Z', source: 'Website', owner: tom, replyAfter: 4.9 });
  const won = await make({ at: '2026-03-02T10:00:00Z', source: 'Website', owner: tom, status: 'Won', replyAfter: 5 });
  const lost = await make({
    at: '2026-03-02T11:00:00Z',
    source: 'Partner',
    owner: tom,
    status: 'Lost',
    replyAfter: 20,
  });
  await make({ at: '2026-03-03T11:00:00Z', source: 'Partner', owner: sofia, status: 'Won', replyAfter: 60 });
  await make({ at: '2026-03-03T11:30:00Z', source: 'Partner', owner: sofia, status: 'Contacted', replyAfter: 61 });
  await make({ at: '2026-03-28T22:59:59Z', source: 'Phone', department: 'Sales' });
  await make({ at: '2026-03-28T23:00:00Z', source: 'Phone', department: 'Sales' });
  // 23:30 on the short day, which in Berlin ends an hour earlier by UTC.
  await make({ at: '2026-03-29T21:30:00Z' });
  await make({ at: '2026-03-31T21:59:59Z', source: 'Phone', replyAfter: 10 });
  await make({ at: '2026-03-31T22:00:00Z', source: 'Phone' });
  await moved(won, '2026-03-04T10:00:00Z', 'Contacted');
  await moved(won, '2026-03-06T10:00:00Z', 'Won');
  await moved(lost, '2026-03-03T11:00:00Z', 'Qualified');
  await moved(lost, '2026-03-05T11:00:00Z', 'Lost');
  const other = await world.anotherHome('neighbour');
  await make({ at: '2026-03-02T09:00:00Z', workspaceId: other.workspaceId, source: 'Website' });
  await world.parts.indexer.run();
  api = client(world, { cookie: await world.signIn(world.ownerId) });
});

async function report(name: string, query = march, as = api) {
  const reply = await as('GET', `/reports/${name}?${query}`);
  expect(reply.status, reply.text).toBe(200);
  return reply.body;
}

test('leads by day are counted in days of the workspace’s time zone, including the short one', async () => {
  const { rows, totals, time_zone, list } = await report('leads-by-day');
  expect(time_zone).toBe('Europe/Berlin');
  expect(totals.leads).toBe(10);
  expect(rows).toHaveLength(31);
  const leads = Object.fromEntries(rows.map((row: { day: string; leads: number }) => [row.day, row.leads]));
  expect(leads).toMatchObject({
    '2026-03-01': 1,
    '2026-03-02': 3,
    '2026-03-03': 2,
    '2026-03-28': 1,
    '2026-03-29': 2,
    '2026-03-31': 1,
  });
  const series = Object.fromEntries(
    totals.series.map(({ source, leads }: { source: string; leads: number }) => [source, leads]),
  );
  expect(series).toEqual({ Website: 3, Partner: 3, Phone: 3, 'No source': 1 });
  for (const row of rows) expect(row.by_source.reduce((sum: number, one: number) => sum + one, 0)).toBe(row.leads);
  expect(list).toBe('created_from=2026-03-01&created_to=2026-03-31');
});

test('sources are counted with their replies, wins and losses', async () => {
  const { rows, totals } = await report('sources');
  const of = (name: string) => rows.find((row: { source: string }) => row.source === name);
  expect(of('Website')).toMatchObject({ leads: 3, replied: 3, won: 1, lost: 0, conversion: 0.3333 });
  expect(of('Partner')).toMatchObject({ leads: 3, replied: 3, won: 1, lost: 1 });
  expect(of('No source')).toMatchObject({ leads: 1, won: 0, list: null });
  expect(totals).toEqual({ leads: 10, replied: 7, won: 2, lost: 1, conversion: 0.2 });
  expect(of('Website').list).toBe(`created_from=2026-03-01&created_to=2026-03-31&source=${of('Website').source_id}`);
});

test('the report of statuses counts the current status of each lead', async () => {
  const { rows, totals } = await report('statuses');
  const leads = Object.fromEntries(rows.map((row: { status: string; leads: number }) => [row.status, row.leads]));
  expect(leads).toMatchObject({ New: 6, Contacted: 1, Won: 2, Lost: 1, Cancelled: 0 });
  expect(totals).toEqual({ leads: 10 });
});

test('the funnel counts the furthest step reached, even by lost leads, and how long it took', async () => {
  const { rows, totals } = await report('funnel');
  expect(rows.map((row: { step: string; leads: number }) => [row.step, row.leads])).toEqual([
    ['New', 10],
    ['Contacted', 4],
    ['Hot', 3],
    ['Qualified', 3],
    ['Won', 2],
  ]);
  expect(totals).toEqual({ leads: 10, won: 2 });
  // Two days for the won lead and one for the lost one; of the others the time is not known.
  expect(rows[1]).toMatchObject({ of_all: 0.4, of_step_before: 0.4, median_days: 1.5 });
  expect(rows[4]).toMatchObject({ of_step_before: 0.6667, median_days: 4 });
});

test('speed to lead has a median, a 90th percentile and classes with exact bounds', async () => {
  const { rows, totals } = await report('speed-to-lead');
  expect(totals).toMatchObject({ leads: 10, replied: 7, median_minutes: 10, p90_minutes: 60.4 });
  expect(totals.histogram).toEqual({ under_5: 2, from_5_to_15: 2, from_15_to_60: 2, over_60: 1, never: 3 });
  expect(rows.find((row: { day: string }) => row.day === '2026-03-02')).toMatchObject({
    leads: 3,
    replied: 3,
    median_minutes: 5,
    p90_minutes: 17,
  });
  expect(rows.find((row: { day: string }) => row.day === '2026-03-10')).toMatchObject({
    leads: 0,
    median_minutes: null,
  });
});

test('arrivals and answers are grouped by hour of the week in local time', async () => {
  const { rows, totals } = await report('arrivals');
  expect(rows).toHaveLength(168);
  expect(totals).toEqual({ arrivals: 10, answers: 7 });
  const at = (weekday: number, hour: number) =>
    rows.find((row: { weekday: number; hour: number }) => row.weekday === weekday && row.hour === hour);
  // 2 March is a Monday, and 09:00 UTC is 10:00 in Berlin; the Sunday of the clock change has its leads at 00 and 23.
  expect(at(1, 10)).toMatchObject({ arrivals: 1, answers: 1 });
  expect(at(7, 0)).toMatchObject({ arrivals: 2 });
  expect(at(7, 23)).toMatchObject({ arrivals: 1 });
  expect(at(2, 23)).toMatchObject({ arrivals: 1 });
});

test('agents are credited with leads by arrival time and with calls by end time', async () => {
  const leadId = await make({ at: '2026-01-10T09:00:00Z', owner: tom, source: 'Website' });
  const calls = [
    ['Interested', '2026-03-05T10:00:00Z', 120, '2026-03-05T09:50:00Z', true],
    ['Interested', '2026-03-05T12:00:00Z', 30, '2026-03-05T11:00:00Z', true],
    ['No answer', '2026-03-31T21:59:00Z', 0, '2026-03-31T21:00:00Z', false],
    ['No answer', '2026-03-31T22:01:00Z', 0, '2026-03-31T21:00:00Z', false],
  ] as const;
  for (const [outcome, ended, talk, due, callback] of calls)
    await world.query(
      `INSERT INTO calls (workspace_id, id, lead_id, phone, state, due_at, callback, member_id, outcome_id, started_at, talk_seconds, ended_at, created_at, updated_at)
       VALUES ('${world.workspaceId}', '${uuidv7()}', '${leadId}', '+441', 'dialled', '${due}', ${callback}, '${tom}',
         '${await id('call_outcomes', outcome)}', '${ended}', ${talk}, '${ended}', now(), now())`,
    );
  const { rows, totals } = await report('agents');
  const of = (name: string) => rows.find((row: { member: string }) => row.member === name);
  expect(of('Tom')).toMatchObject({
    leads: 4,
    won: 1,
    calls: 3,
    contacts: 2,
    contact_rate: 0.6667,
    talk_seconds: 150,
    callbacks: 2,
    callbacks_on_time: 1,
  });
  expect(of('Sofia')).toMatchObject({ leads: 2, won: 1, calls: 0, contact_rate: 0 });
  expect(totals).toMatchObject({ leads: 6, won: 2, calls: 3 });
  const phone = await report('agents', `${march}&source=Phone`);
  expect(phone.totals).toMatchObject({ leads: 0, calls: 0 });
});

test('a report can be filtered by several sources, owners and departments, by name or id', async () => {
  const total = async (query: string) => (await report('leads-by-day', `${march}&${query}`)).totals.leads;
  expect(await total('source=Website')).toBe(3);
  expect(await total('source=Website,partner')).toBe(6);
  expect(await total(`owner=${tom}`)).toBe(4);
  expect(await total('owner=none')).toBe(4);
  expect(await total(`owner=none,${sofia}`)).toBe(6);
  expect(await total('department=Sales')).toBe(2);
  expect(await total('source=Nowhere')).toBe(0);
});

test('the list that a report links to has as many leads as the report', async () => {
  for (const query of [march, `${march}&source=Website,Partner`, `${march}&owner=none`, `${march}&department=Sales`]) {
    const { list, totals } = await report('leads-by-day', query);
    const { body } = await api('GET', `/leads?${list}&limit=200`);
    expect(body.data, list).toHaveLength(totals.leads);
  }
  const { rows } = await report('statuses');
  for (const row of rows) expect((await api('GET', `/leads?${row.list}`)).body.data).toHaveLength(row.leads);
});

test('a report can be compared with the same number of days before', async () => {
  const { previous } = await report('leads-by-day', 'from=2026-03-01&to=2026-03-02&compare=previous');
  expect(previous).toMatchObject({ from: '2026-02-27', to: '2026-02-28', totals: { leads: 1 } });
  expect((await report('leads-by-day')).previous).toBe(null);
});

test('a report covers the last thirty days by default', async () => {
  expect(await report('statuses', '')).toMatchObject({ from: '2026-03-02', to: '2026-03-31' });
  expect(await report('statuses', 'range=today')).toMatchObject({ from: '2026-03-31', to: '2026-03-31' });
  expect(await report('statuses', 'range=7d')).toMatchObject({ from: '2026-03-25', to: '2026-03-31' });
  expect(await report('statuses', 'range=quarter')).toMatchObject({ from: '2026-01-01', to: '2026-03-31' });
  expect((await api('GET', '/reports/statuses?from=2026-03-05&to=2026-03-01')).status).toBe(422);
  expect((await api('GET', '/reports/statuses?from=2020-01-01')).body).toMatchObject({ type: '/problems/too_much' });
});

test('members see figures only of the leads that they may see', async () => {
  const own = await world.member({ name: 'Manny', role: 'manager', visibility: 'own' });
  const asOwn = client(world, { cookie: await world.signIn(own) });
  expect((await report('leads-by-day', march, asOwn)).totals.leads).toBe(0);
  await world.query(`UPDATE members SET sees = 'team' WHERE id = '${own}'`);
  await world.query(
    `INSERT INTO department_members (workspace_id, department_id, member_id, position)
     VALUES ('${world.workspaceId}', '${await id('departments', 'Sales')}', '${own}', 2)`,
  );
  await world.parts.changed(world.workspaceId);
  const asTeam = client(world, { cookie: await world.signIn(own) });
  // The department's two leads, and those of Tom, its other member.
  expect((await report('leads-by-day', march, asTeam)).totals.leads).toBe(6);
  expect((await report('agents', march, asTeam)).rows.map((row: { member: string }) => row.member)).not.toContain(
    'Sofia',
  );
  const agent = client(world, { cookie: await world.signIn(tom) });
  expect((await agent('GET', '/reports/agents')).status).toBe(403);
});

test('a report can be downloaded as CSV, in which no cell is a formula', async () => {
  await world.query(`UPDATE sources SET name = '=cmd|"x"!A1' WHERE name = 'Website'`);
  await world.parts.changed(world.workspaceId);
  const get = (headers: object, query = march) =>
    world.app.inject({
      url: `/v1/reports/sources?${query}`,
      headers: { authorization: `Bearer ${world.tokens.get('native')}`, ...headers },
    });
  const reply = await get({ accept: 'text/csv' });
  expect(reply.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(reply.body).toMatch(/^\ufeffSource,Leads,Replied,Won,Lost,Conversion\r\n/);
  expect(reply.body).toContain(`"'=cmd|""x""!A1",3,3,1,0,0.3333\r\n`);
  expect((await get({}, `${march}&format=csv`)).body).toBe(reply.body);
});
