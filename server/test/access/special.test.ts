import { beforeAll, expect, test } from 'vitest';
import { fromTypeId, typeId } from '../../src/platform/ids.ts';
import { client, type Reply, testWorld } from '../world.ts';
import { memberSenders, tokenSenders } from './callers.ts';
import { allows, routeLines } from './table.ts';

const world = await testWorld();
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const senders = [...(await tokenSenders(world)), ...(await memberSenders(world))];
const special = routeLines.filter((line) => line.special !== undefined);
let secondOwner = '';
beforeAll(async () => {
  secondOwner = await world.member({ role: 'owner' });
});

type Ask = ReturnType<typeof client>;

/** Adds a note of the owner to a lead that the sender owns, so that the special line alone decides about the note. */
async function noteOfOwner(sender: string | null): Promise<string> {
  const lead = (await owner('POST', '/leads', { name: 'Theirs', ...(sender && { owner: sender }) })).body;
  return (await owner('POST', `/leads/${lead.id}/notes`, { text: 'Of the owner' })).body.id;
}

async function jobOfOwner(state: string): Promise<string> {
  const [job] = await world.query<{ id: string }>(
    `INSERT INTO jobs (workspace_id, id, kind, state, params, total, actor, member_id, run_at, created_at, updated_at)
     VALUES ($1, gen_random_uuid(), 'change-leads', $2, '{"ids": [], "action": {"kind": "change", "change": {}}}', 1, 'member:' || $3::uuid, $3, '2099-01-01', now(), now())
     RETURNING id`,
    [world.workspaceId, state, world.ownerId],
  );
  return typeId('job', job?.id ?? '');
}

let made = 0;
const email = () => {
  made += 1;
  return `new${made}@example.com`;
};
const requests: Readonly<Record<string, (ask: Ask, sender: string | null) => Promise<Reply>>> = {
  'POST /v1/leads/bulk (delete)': (ask) =>
    ask('POST', '/leads/bulk', { ids: ['lead_0000000000000000000000000a'], delete: true }),
  'POST /v1/views (for others)': (ask) =>
    ask('POST', '/views', { name: email(), query: 'state=open', audience: 'all' }),
  'GET /v1/views (of the reports)': (ask) => ask('GET', '/views?screen=reports'),
  'POST /v1/views (of the reports)': (ask) =>
    ask('POST', '/views', { name: email(), query: 'range=quarter', screen: 'reports' }),
  "GET /v1/jobs/{id} (another's)": async (ask) => ask('GET', `/jobs/${await jobOfOwner('done')}`),
  "POST /v1/jobs/{id}/cancel (another's)": async (ask) => ask('POST', `/jobs/${await jobOfOwner('queued')}/cancel`),
  "POST /v1/jobs/{id}/retry (another's)": async (ask) => ask('POST', `/jobs/${await jobOfOwner('failed')}/retry`),
  "POST /v1/jobs/{id}/undo (another's)": async (ask) => ask('POST', `/jobs/${await jobOfOwner('done')}/undo`),
  "PATCH /v1/notes/{id} (another's)": async (ask, sender) =>
    ask('PATCH', `/notes/${await noteOfOwner(sender)}`, { text: 'Changed' }),
  "DELETE /v1/notes/{id} (another's)": async (ask, sender) => ask('DELETE', `/notes/${await noteOfOwner(sender)}`),
  'POST /v1/members (an owner)': (ask) => ask('POST', '/members', { name: 'New', email: email(), role: 'owner' }),
  'POST /v1/members/{id}/invitation (an owner)': (ask) => ask('POST', `/members/${secondOwner}/invitation`),
  'POST /v1/members/{id}/replacement (an owner)': (ask) => ask('POST', `/members/${secondOwner}/replacement`),
  'DELETE /v1/members/{id}/sessions (an owner)': (ask) => ask('DELETE', `/members/${secondOwner}/sessions`),
  'DELETE /v1/members/{id}/totp (an owner)': (ask) => ask('DELETE', `/members/${secondOwner}/totp`),
  'PATCH /v1/members/{id} (an owner)': (ask) => ask('PATCH', `/members/${secondOwner}`, { visibility: 'all' }),
};

test('every special line is covered', () => {
  expect(special.map(({ name, special: more }) => `${name} (${more})`).sort()).toEqual(Object.keys(requests).sort());
});

test.each(special.map((line) => [`${line.name} (${line.special})`, line] as const))('%s', async (name, line) => {
  const wrong: string[] = [];
  for (const { name: sender, who, as, memberId } of senders) {
    const { status } = (await requests[name]?.(client(world, await as()), memberId ?? null)) ?? { status: 0 };
    // A job that the sender may not see does not exist for them.
    const isRefused = status === 401 || status === 403 || status === 404;
    if (isRefused === allows(line, who)) wrong.push(`${sender}: ${status}`);
    expect(status).toBeLessThan(500);
  }
  expect(wrong).toEqual([]);
});

test('an agent lists only their own jobs, a manager those of others too', async () => {
  const id = await jobOfOwner('done');
  const listed = async (role: 'viewer' | 'agent' | 'manager') => {
    const ask = client(world, { cookie: await world.signIn(await world.member({ role })) });
    return (await ask('GET', '/jobs?limit=200')).body.data.some(
      (job: { id: string }) => job.id === fromTypeId('job', id),
    );
  };
  expect([await listed('viewer'), await listed('agent'), await listed('manager')]).toEqual([false, false, true]);
});

test('an idempotency key is remembered for one caller only', async () => {
  const key = { 'idempotency-key': 'the same for all' };
  const body = { name: 'Once each' };
  const callers: (string | { cookie: string })[] = [];
  for (let at = 0; at < 2; at += 1) {
    callers.push(await world.token('native', { name: `Token ${at}` }));
    callers.push({ cookie: await world.signIn(await world.member({ role: 'agent' })) });
  }
  const ids: string[] = [];
  for (const caller of callers) {
    const ask = client(world, caller);
    const first = await ask('POST', '/leads', body, key);
    expect(first.status).toBe(201);
    expect((await ask('POST', '/leads', body, key)).body.id).toBe(first.body.id);
    ids.push(fromTypeId('lead', first.body.id) ?? '');
    // Reusing the key with another body is an error of this caller alone.
    expect((await ask('POST', '/leads', { name: 'Other' }, key)).status).toBe(422);
  }
  expect(new Set(ids).size).toBe(callers.length);
});
