import { beforeAll, describe, expect, test } from 'vitest';
import { fromTypeId } from '../../src/platform/ids.ts';
import { addressOf, createOneOfEach } from '../create-one-of-each.ts';
import { digest } from '../digest.ts';
import { bodiesOf } from '../sample-body.ts';
import { client, testWorld } from '../world.ts';
import { allows, type Line, type Role, routeLines } from './table.ts';

const world = await testWorld();
world.setClock(new Date());
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const bodies = await bodiesOf(world.app);
const bossId = await world.member({ role: 'manager', name: 'Bea Boss' });
const boss = client(world, { cookie: await world.signIn(bossId) });
/** Tables left out of the comparison: refused requests are stored too, and every request updates its session. */
const kept = ['submissions', 'submissions_default', 'sessions'];

const lines = routeLines.filter(({ seen, special }) => seen && special === undefined);
const partsOf = ({ name }: Line) => name.split(' ') as ['GET', string];
/** Members see only their own jobs, which jobs.test.ts covers. */
const isJob = ({ name }: Line) => /\/v1\/(jobs|submissions\/replays)\/\{id\}/.test(name);
const withId = lines.filter((line) => line.name.includes('{id}') && !isJob(line));
const lists = lines.filter(({ name }) => name.startsWith('GET ') && !name.includes('{id}'));

const narrow = (['manager', 'agent', 'viewer'] as const).flatMap((role) =>
  (['own', 'team'] as const).map((visibility): [Role, 'own' | 'team'] => [role, visibility]),
);
let ids: Record<string, string> = {};
let rounds = 0;

beforeAll(async () => {
  const own = await createOneOfEach(world, owner, world);
  const { body: task } = await owner('POST', `/leads/${own['/v1/leads']}/tasks`, { name: 'Theirs' });
  ids = { ...own, '/v1/tasks': task.id };
  submissionId = ids['/v1/submissions'] ?? '';
  // As if the server had failed: only such requests can be dismissed and replayed.
  await world.query("UPDATE submissions SET outcome = 'failed' WHERE id = $1", [submissionId]);
  await addHidden();
});

/** Adds unowned leads and everything that can belong to one, to change every list and count for those who see all. */
async function addHidden() {
  rounds += 1;
  const phone = `0770090${String(7000 + rounds)}`;
  const named = { source: 'Website', department: 'Sales', type: 'Sales', tags: ['Theirs'], custom: { theirs: 'x' } };
  const { body: lead } = await owner('POST', '/leads', { name: 'Hidden Harriet', phone, ...named, call: {} });
  const { body: deleted } = await owner('POST', '/leads', { name: 'Hidden Helen' });
  await owner('DELETE', `/leads/${deleted.id}`);
  const due_at = new Date(Date.now() - 3_600_000).toISOString();
  for (const stage of ['Open', 'Won'])
    await owner('POST', `/leads/${lead.id}/deals`, { name: 'Hidden', stage, amount: 5 });
  await owner('POST', `/leads/${lead.id}/tasks`, { name: 'Hidden', due_at, assignee: bossId });
  await owner('POST', `/leads/${lead.id}/notes`, { text: 'Hidden' });
  const token = world.tokens.get('ispcrm');
  for (const body of [
    { name: 'Hidden Hector', email: `h${rounds}@example.com` },
    { name: 'Hidden', email: 'no' },
  ])
    await world.app.inject({
      method: 'POST',
      url: '/api/v1/subscriber/CreateLead',
      headers: { authorization: `Bearer ${token}` },
      payload: body,
    });
  await world.query(
    `INSERT INTO call_attempts (workspace_id, id, lead_id, member_id, ended_at)
     VALUES ($1, gen_random_uuid(), $2, $3, now())`,
    [world.workspaceId, fromTypeId('lead', lead.id), world.ownerId],
  );
  await world.query(
    `INSERT INTO jobs (workspace_id, id, kind, state, params, total, actor, run_at, created_at, updated_at, member_id)
     VALUES ($1, gen_random_uuid(), 'none', 'done', '{}', 1, 'system', now(), now(), now(), $2)`,
    [world.workspaceId, world.ownerId],
  );
  await world.parts.indexer.run();
  return lead;
}

const told = (text: string) => text.replace(/submissions\/[0-9a-f-]{36}/g, '');
// Events are listed oldest first, so only a large page contains the newest.
const urlOf = (path: string) =>
  path
    .replace('/v1', '')
    .replace('{column}', columnId)
    .replace(/^\/leads\/facets$/, '/leads/facets?by=status')
    .replace(/^\/events$/, '/events?limit=200');
let columnId = '';

describe.each(narrow)('a %s who sees %s', (role, visibility) => {
  let ask = boss;
  beforeAll(async () => {
    ask = client(world, { cookie: await world.signIn(await world.member({ role, visibility })) });
    const { body } = await boss('GET', '/board');
    columnId = body.columns.find(({ count }: { count: number }) => count > 0)?.id;
  });

  test('gets the same responses for others’ leads and their items as for unknown ones; nothing changes', async () => {
    // The previous role may have left a replay, which goes on in the background.
    const unfinished = () => world.query("SELECT 1 FROM jobs WHERE state IN ('queued', 'running')");
    await expect.poll(unfinished).toEqual([]);
    const before = await digest(world, world.workspaceId, kept);
    const wrong: string[] = [];
    for (const line of withId.filter((one) => allows(one, { role }))) {
      const [method, path] = partsOf(line);
      const body = bodies.sampleFor(method, path);
      const hidden = await ask(method, addressOf(path, ids) ?? '', body);
      const unknown = await ask(method, addressOf(path, ids, true) ?? '', body);
      if (hidden.status !== unknown.status || unknown.status < 400 || told(hidden.text) !== told(unknown.text))
        wrong.push(`${line.name}: ${hidden.status} ${hidden.text}, not ${unknown.status}`);
    }
    expect(wrong).toEqual([]);
    expect(await digest(world, world.workspaceId, kept)).toBe(before);
  });

  test('finds no trace of hidden leads in any list or count', async () => {
    const asked = lists.filter((one) => allows(one, { role }));
    const look = async (as: typeof ask) => {
      const texts = new Map<string, string>();
      for (const { name } of asked) texts.set(name, (await as('GET', urlOf(name.slice('GET '.length)))).text);
      return texts;
    };
    const [mine, all] = [await look(ask), await look(boss)];
    await addHidden();
    const [after, allAfter] = [await look(ask), await look(boss)];
    const names = asked.map(({ name }) => name);
    expect(names.filter((name) => /Hidden/.test(mine.get(name) ?? ''))).toEqual([]);
    // A manager sees that others have jobs, but not for which leads.
    const changed = names.filter((name) => after.get(name) !== mine.get(name));
    expect(changed).toEqual(role === 'manager' ? ['GET /v1/jobs'] : []);
    // Every list must change for those who see all; otherwise the two expectations before prove nothing.
    expect(names.filter((name) => allAfter.get(name) === all.get(name))).toEqual([]);
  });

  test('cannot reach a hidden lead by naming it in a body', async () => {
    const { id, ...hidden } = await addHidden();
    const gone = id.replace(/.{6}$/, '000000');
    for (const { name } of lines.filter((one) => /^POST/.test(one.name) && !one.name.includes('{id}'))) {
      const bodiesFor = inBody[name];
      expect(bodiesFor, `${name} needs a sample`).toBeDefined();
      const line = lines.find((one) => one.name === name);
      if (!line || !allows(line, { role })) continue;
      const path = name.replace('POST /v1', '');
      const named = await ask('POST', path, bodiesFor?.(id, hidden.name));
      const unknown = await ask('POST', path, bodiesFor?.(gone, 'Nobody Nowhere'));
      // Quick tasks repeat the text that they are given.
      if (path !== '/tasks/parse') expect(named.text, name).not.toContain('Hidden');
      expect([named.status, plain(named.text, id, hidden.name)], name).toEqual([
        unknown.status,
        plain(unknown.text, gone, 'Nobody Nowhere'),
      ]);
    }
  });
});

const noId = /[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[\d:.]+Z/g;
const plain = (text: string, id: string, name: string) =>
  text.replaceAll(id, '').replaceAll(name, '').replace(noId, '');

let submissionId = '';
/** For each route that takes leads or their requests in its body, a body that refers to one. */
const inBody: Readonly<Record<string, (id: string, name: string) => object>> = {
  'POST /v1/leads/bulk': (id) => ({ ids: [id], change: { category: null } }),
  'POST /v1/tasks': (id) => ({ name: 'x', lead_id: id }),
  'POST /v1/tasks/parse': (_, name) => ({ text: `Call ${name} tomorrow` }),
  'POST /v1/calls/claim': (id) => ({ lead_id: id }),
  'POST /v1/calls/list/claim': (id) => ({ lead_id: id }),
  'POST /v1/submissions/dismiss': (id) => ({ ids: [submissionOf(id)] }),
  'POST /v1/submissions/replay': (id) => ({ ids: [submissionOf(id)] }),
  'POST /v1/submissions/replays': (id) => ({ ids: [submissionOf(id)] }),
};

function submissionOf(id: string): string {
  return id.endsWith('000000') ? submissionId.replace(/.{6}$/, '000000') : submissionId;
}

test('every line with an id is covered', () => {
  expect(withId.filter((line) => !addressOf(partsOf(line)[1], ids)).map(({ name }) => name)).toEqual([]);
  expect(withId.length).toBeGreaterThan(30);
});
