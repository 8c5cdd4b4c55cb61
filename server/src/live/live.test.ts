import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { client, testKeyring, testWorld } from '../../test/world.ts';
import { openServerContext } from '../server-context.ts';

const world = await testWorld();
const streams: AbortController[] = [];
let origin: string;
let everything: string;

beforeAll(async () => {
  origin = await world.app.listen({ host: '127.0.0.1', port: 0 });
  everything = await world.signIn(world.ownerId);
});
afterAll(() => {
  for (const stream of streams) stream.abort();
});

interface Heard {
  news: { topics: string[]; lead_ids: string[] }[];
  status: number;
  /** Whether the server ended the stream. */
  isOver: boolean;
}

async function listen(cookie: string): Promise<Heard> {
  const abort = new AbortController();
  streams.push(abort);
  const reply = await fetch(`${origin}/v1/live`, { headers: { cookie }, signal: abort.signal });
  const heard: Heard = { news: [], status: reply.status, isOver: false };
  if (reply.status === 200 && reply.body)
    void read(reply.body, heard)
      .catch(() => {})
      .finally(() => {
        heard.isOver = true;
      });
  return heard;
}

async function read(body: ReadableStream<Uint8Array>, heard: Heard): Promise<void> {
  let text = '';
  for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(piece).toString();
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) if (event.startsWith('data: ')) heard.news.push(JSON.parse(event.slice(6)));
  }
}

async function until<T>(find: () => T | undefined, ms = 5000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = find();
    if (found) return found;
    if (Date.now() > deadline) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a lead created by another process is announced within a second', async () => {
  const heard = await listen(everything);
  const own = await listen(await world.signIn(await world.member({ visibility: 'own' })));
  const silent = { error: () => {}, warn: () => {}, info: () => {} };
  const second = await openServerContext({
    app: world.connections.app,
    contentWindowSeconds: 0,
    keyring: testKeyring,
    log: silent,
  });
  const ispcrm = second.dialects.find(({ name }) => name === 'ispcrm');
  expect(ispcrm).toBeDefined();
  const { buildApp } = await import('../app.ts');
  const http = { host: '127.0.0.1', port: 0, publicUrl: null, trustProxy: false } as const;
  const app = await buildApp({ config: { http, logLevel: 'silent' }, parts: second });
  try {
    const reply = await app.inject({
      method: 'POST',
      url: '/api/v1/subscriber/CreateLead',
      headers: { authorization: `Bearer ${world.tokens.get('ispcrm')}` },
      payload: { name: 'Elsewhere', email: 'e@example.com', phone: '07700900124', address: 'x', remarks: 'y' },
    });
    expect(reply.statusCode).toBeLessThan(300);
    const { lead_ids } = await until(() => heard.news.find(({ topics }) => topics.includes('leads')), 1000);
    expect(lead_ids).toEqual([expect.stringMatching(/^lead_[0-9a-z]{26}$/)]);
    const unnamed = await until(() => own.news.find(({ topics }) => topics.includes('leads')));
    expect(unnamed.lead_ids).toEqual([]);
  } finally {
    await app.close();
    await second.close();
  }
});

test('a stream reports only its own workspace, and names leads only while its member sees them all', async () => {
  const memberId = await world.member({ visibility: 'all' });
  const other = await world.anotherHome('elsewhere');
  const mine = await listen(await world.signIn(memberId));
  const theirs = await listen(await world.signIn(other.ownerId, other.workspaceId));
  const toldOfNewLead = async () => {
    mine.news.length = 0;
    await client(world, world.tokens.get('native'))('POST', '/leads', { name: 'Told' });
    return (await until(() => mine.news.find(({ topics }) => topics.includes('leads')))).lead_ids.length;
  };
  expect(await toldOfNewLead()).toBe(1);
  await client(world, { cookie: everything })('PATCH', `/members/${memberId}`, { visibility: 'own' });
  expect(await toldOfNewLead()).toBe(0);
  expect(theirs.news).toEqual([]);
});

test('after messages may have been missed, screens reload everything and rights are looked up again', async () => {
  const heard = await listen(everything);
  const memberId = await world.member({ role: 'admin' });
  const admin = client(world, { cookie: await world.signIn(memberId) });
  expect((await admin('GET', '/tokens')).status).toBe(200);
  // As if another process had made the change and its notification had been lost.
  await world.query("UPDATE members SET role = 'agent' WHERE id = $1", [memberId]);
  expect((await admin('GET', '/tokens')).status).toBe(200);
  heard.news.length = 0;
  await world.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'leadwell listener' AND datname = current_database()`,
  );
  const news = await until(() => heard.news.find(({ topics }) => topics.includes('leads')));
  expect(news).toEqual({ topics: expect.arrayContaining(['calls', 'settings', 'people']), lead_ids: [] });
  await expect.poll(async () => (await admin('GET', '/tokens')).status).toBe(403);
});

test('a stream ends with its session', async () => {
  const cookie = await world.signIn(await world.member());
  const heard = await listen(cookie);
  const hash = 'SELECT id FROM sessions ORDER BY created_at DESC, id DESC LIMIT 1';
  await world.query(`UPDATE sessions SET ended_at = now() WHERE id = (${hash})`);
  await world.parts.changed(world.workspaceId);
  await until(() => heard.isOver);
});

test('a stream ends with a session that was idle for half a day, and with one that is signed out', async () => {
  const memberId = await world.member();
  const [idle, left] = [await world.signIn(memberId), await world.signIn(memberId)];
  const heard = await Promise.all([idle, left].map(listen));
  await world.query("UPDATE sessions SET last_seen_at = now() - interval '12 hours' WHERE id = $1", [await idOf(idle)]);
  await world.parts.changed(world.workspaceId);
  await until(() => heard[0]?.isOver);
  expect((await client(world, { cookie: left })('DELETE', '/session')).status).toBe(204);
  await until(() => heard[1]?.isOver);
  const used = await listen(await world.signIn(memberId));
  await world.parts.changed(world.workspaceId);
  await until(() => used.news.find(({ topics }) => topics.includes('settings')));
});

/** The id of the session that a cookie belongs to. */
async function idOf(cookie: string): Promise<string> {
  const hash = createHash('sha256').update(cookie.slice('leadwell='.length)).digest();
  const [session] = await world.query<{ id: string }>('SELECT id FROM sessions WHERE hash = $1', [hash]);
  return session?.id ?? '';
}

test('a member has at most ten streams in all their sessions, and closing one makes room', async () => {
  const memberId = await world.member();
  const [cookie, another] = [await world.signIn(memberId), await world.signIn(memberId)];
  for (let at = 0; at < 10; at += 1) expect((await listen(at % 2 ? cookie : another)).status).toBe(200);
  expect((await listen(cookie)).status).toBe(429);
  streams.at(-2)?.abort();
  const deadline = Date.now() + 5000;
  let status = 429;
  while (status !== 200 && Date.now() < deadline) status = (await listen(cookie)).status;
  expect(status).toBe(200);
});

test('a stream needs a signed-in member and is refused to a token', async () => {
  expect((await listen('')).status).toBe(401);
  expect((await client(world, world.tokens.get('native'))('GET', '/live')).status).toBe(403);
});

test('badges count what is waiting, up to a hundred and only what the member may see', async () => {
  const ask = client(world, world.tokens.get('native'));
  const owner = client(world, { cookie: everything });
  const agentId = await world.member({ visibility: 'own' });
  const agent = client(world, { cookie: await world.signIn(agentId) });
  await ask('POST', '/leads', { name: 'Not theirs', phone: '+447700900126', call: {} });
  const before = (await owner('GET', '/badges')).body;
  expect(before.calls_due).toBeGreaterThan(0);
  const { id } = (await ask('POST', '/leads', { name: 'Waits', phone: '+447700900125', owner: agentId })).body;
  await ask('POST', `/leads/${id}/calls`, {});
  await ask('POST', '/tasks', { name: 'Now', due_at: new Date().toISOString(), assignee: agentId });
  await ask('PATCH', `/leads/${id}`, { nonsense: 1 });
  expect((await agent('GET', '/badges')).body).toEqual({ leads_waiting: 1, calls_due: 1, tasks_due: 1, refused: 0 });
  expect((await owner('GET', '/badges')).body).toEqual({
    leads_waiting: before.leads_waiting + 1,
    calls_due: before.calls_due + 1,
    tasks_due: before.tasks_due,
    refused: before.refused + 1,
  });
  // Neither what members did themselves nor what is older than the journal shows needs anybody's attention.
  await owner('PATCH', `/leads/${id}`, { nonsense: 1 });
  await ask('PATCH', `/leads/${id}`, { nonsense: 2 });
  await world.query(
    `UPDATE submissions SET id = uuid_from(now() - interval '31 days')
     WHERE id = (SELECT id FROM submissions WHERE outcome = 'refused' AND token_id IS NOT NULL ORDER BY id DESC LIMIT 1)`,
  );
  const shown = (await owner('GET', '/submissions/summary?dismissed=false')).body;
  expect(shown.refused + shown.failed).toBe(before.refused + 1);
  expect((await owner('GET', '/badges')).body.refused).toBe(before.refused + 1);
  await world.query(
    `INSERT INTO leads (workspace_id, id, number, status_id, created_at, updated_at)
     SELECT workspace_id, gen_random_uuid(), 1000000 + n, status_id, now(), now() FROM leads, generate_series(1, 150) n
     WHERE id = (SELECT id FROM leads WHERE name = 'Waits')`,
  );
  expect((await owner('GET', '/badges')).body.leads_waiting).toBe(100);
});

test('a server with open streams stops at once', async () => {
  const heard = await listen(everything);
  const began = Date.now();
  await world.close();
  await until(() => heard.isOver);
  expect(Date.now() - began).toBeLessThan(3000);
});
