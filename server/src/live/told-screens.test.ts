import { generate } from 'otplib';
import Value from 'typebox/value';
import { expect, test } from 'vitest';
import { furnish } from '../../test/furnish.ts';
import { newBrowser, PASSWORD, withPassword } from '../../test/people.ts';
import { client, type Reply, testWorld } from '../../test/world.ts';
import { catalogue, type EventType } from '../events/catalogue.ts';
import { announce } from '../events/event-store.ts';
import { type Topic, touches } from '../events/screens.ts';
import { uuidv7 } from '../platform/ids.ts';
import type { Change } from './live.ts';

const world = await testWorld();
const { workspaceId, parts } = world;
const owner = client(world, { cookie: await world.signIn(world.ownerId) });
const ids = await furnish(world, owner, world);
const lead = `/leads/${ids['/v1/leads']}`;
const heard: Change[] = [];
parts.live.hear(workspaceId, (change) => heard.push(change));

/** What was told since the last time, in order. A marker of the test's own shows that all of it has arrived. */
async function told(): Promise<Change[]> {
  await parts.jobs.runDue();
  await parts.live.close();
  const marker = uuidv7();
  await world.database.tx(workspaceId, async (tx) => touches(tx, 'leads', marker));
  await parts.live.close();
  const at = await arrived(marker);
  return heard.splice(0, at + 1).slice(0, -1);
}

async function arrived(marker: string): Promise<number> {
  for (;;) {
    const at = heard.findIndex(({ lead_ids }) => lead_ids.includes(marker));
    if (at >= 0) return at;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const topicsOf = (changes: readonly Change[]) => [...new Set(changes.flatMap(({ topics }) => topics))].sort();

/** What steps leave for later ones. */
const kept = new Map<string, string>();
const keep = async (name: string, reply: Promise<Reply>): Promise<Reply> => {
  const answer = await reply;
  kept.set(name, answer.body.id ?? '');
  return answer;
};
const id = (name: string) => kept.get(name) ?? ids[`/v1/${name}`] ?? '';
const order = async (path: string) => ({
  ids: (await owner('GET', path)).body.data.map((item: { id: string }) => item.id),
});
const claim = async () => {
  await owner('POST', `${lead}/calls`, {});
  const { body } = await owner('POST', '/calls/claim', { lead_id: ids['/v1/leads'] });
  kept.set('claimed', body.call.id);
  kept.set('claim', body.claim_id);
};
const onCall = (name: string, body: object = {}) =>
  owner('POST', `/calls/${id('claimed')}/${name}`, { claim_id: id('claim'), ...body });

interface Step {
  /** What has to be there first; what it tells does not count. */
  before?: () => Promise<unknown>;
  run: () => Promise<{ status: number }>;
  tells: readonly Topic[];
}
const step = (run: Step['run'], ...tells: Topic[]): Step => ({ run, tells });
const settings = (run: Step['run']): Step => ({ run, tells: ['settings'] });

/** Every route of `/v1` that changes what some screen shows, in an order in which they can be asked. */
const steps: Readonly<Record<string, Step>> = {
  'POST /leads': step(
    () => keep('lead', owner('POST', '/leads', { name: 'Ann', phone: '07700900321' })),
    'journal',
    'leads',
  ),
  'PATCH /leads/:id': step(() => owner('PATCH', lead, { city: 'Leeds' }), 'journal', 'leads'),
  'POST /leads/:id/notes': step(
    () => keep('note', owner('POST', `${lead}/notes`, { text: 'A note' })),
    'journal',
    'leads',
  ),
  'PATCH /notes/:id': step(() => owner('PATCH', `/notes/${id('note')}`, { text: 'Another' }), 'leads'),
  'DELETE /notes/:id': step(() => owner('DELETE', `/notes/${id('note')}`), 'leads'),
  'POST /leads/:id/tasks': step(
    () => keep('task', owner('POST', `${lead}/tasks`, { name: 'Call' })),
    'journal',
    'leads',
    'tasks',
  ),
  'POST /tasks': step(() => owner('POST', '/tasks', { name: 'Tidy' }), 'journal', 'leads', 'tasks'),
  'PATCH /tasks/:id': step(() => owner('PATCH', `/tasks/${id('task')}`, { done: true }), 'leads', 'tasks'),
  'DELETE /tasks/:id': step(() => owner('DELETE', `/tasks/${id('task')}`), 'leads', 'tasks'),
  'POST /leads/:id/deals': step(
    () => keep('deal', owner('POST', `${lead}/deals`, { stage: 'Open' })),
    'deals',
    'journal',
    'leads',
  ),
  'PATCH /deals/:id': step(() => owner('PATCH', `/deals/${id('deal')}`, { amount: 12 }), 'deals', 'leads'),
  'DELETE /deals/:id': step(() => owner('DELETE', `/deals/${id('deal')}`), 'deals', 'leads'),
  'POST /leads/:id/do-not-call': step(() => owner('POST', `${lead}/do-not-call`, {}), 'calls', 'leads'),
  'DELETE /leads/:id/do-not-call': step(() => owner('DELETE', `${lead}/do-not-call`), 'leads'),
  'POST /leads/:id/calls': step(() => owner('POST', `${lead}/calls`, {}), 'calls', 'leads'),
  'PUT /agents/me': step(() => owner('PUT', '/agents/me', { state: 'ready' }), 'calls'),
  'POST /calls/claim': {
    run: () =>
      owner('POST', '/calls/claim', { lead_id: ids['/v1/leads'] }).then((reply) => {
        kept.set('claimed', reply.body.call.id).set('claim', reply.body.claim_id);
        return reply;
      }),
    tells: ['calls', 'leads'],
  },
  'POST /calls/:id/start': step(() => onCall('start'), 'calls'),
  'POST /calls/:id/outcome': step(() => onCall('outcome', { outcome: 'x', note: 'y' }), 'calls', 'leads'),
  'POST /calls/:id/skip': { before: claim, run: () => onCall('skip'), tells: ['calls', 'leads'] },
  'POST /calls/:id/release': {
    before: () =>
      owner('POST', '/calls/claim', { lead_id: ids['/v1/leads'] }).then(({ body }) => kept.set('claim', body.claim_id)),
    run: () => onCall('release'),
    tells: ['calls', 'leads'],
  },
  'POST /leads/:id/call-log': step(() => owner('POST', `${lead}/call-log`, { outcome: 'Spoke' }), 'calls', 'leads'),
  'POST /agents/:id/pause': step(() => owner('POST', `/agents/${world.ownerId}/pause`, {}), 'calls'),
  'POST /leads/:id/reopen': {
    before: () => owner('PATCH', lead, { status: 'Won' }),
    run: () => owner('POST', `${lead}/reopen`),
    tells: ['journal', 'leads'],
  },
  'POST /leads/:id/twins/:other/dismiss': step(() => owner('POST', `${lead}/twins/${id('lead')}/dismiss`), 'leads'),
  'POST /leads/bulk': step(
    () =>
      keep(
        'job',
        owner('POST', '/leads/bulk', { ids: [ids['/v1/leads']], change: { status: 'Lost', lost_reason: 'Price' } }),
      ),
    'jobs',
    'leads',
  ),
  'POST /jobs/:id/undo': step(() => owner('POST', `/jobs/${id('job')}/undo`), 'jobs', 'leads'),
  'POST /jobs/:id/cancel': {
    before: () =>
      world.query(
        `INSERT INTO jobs (workspace_id, id, kind, state, params, total, actor, run_at, created_at, updated_at)
         VALUES ($1, $2, 'none', 'queued', '{}', 1, 'system', now() + interval '1 day', now(), now())`,
        [workspaceId, kept.set('waiting', uuidv7()).get('waiting')],
      ),
    run: () => owner('POST', `/jobs/${id('waiting')}/cancel`),
    tells: ['jobs'],
  },
  'POST /submissions/:id/replay': {
    before: refuse,
    run: () => owner('POST', `/submissions/${id('refused')}/replay`, {}),
    tells: ['journal'],
  },
  'POST /submissions/replay': step(() => owner('POST', '/submissions/replay', { ids: [id('refused')] }), 'journal'),
  'POST /submissions/replays': step(
    () => owner('POST', '/submissions/replays', { ids: [id('refused')] }),
    'jobs',
    'journal',
  ),
  'POST /submissions/dismiss': step(() => owner('POST', '/submissions/dismiss', { ids: [id('refused')] }), 'journal'),
  'POST /reading-rules': settings(() =>
    keep('rule', owner('POST', '/reading-rules', { dialect: 'dialler', field: 'type', value: 'a', meaning: 'b' })),
  ),
  'DELETE /reading-rules/:id': settings(() => owner('DELETE', `/reading-rules/${id('rule')}`)),
  'POST /views': step(
    () => keep('view', owner('POST', '/views', { name: 'Mine', query: 'state=open', audience: 'me' })),
    'views',
  ),
  'PATCH /views/:id': step(() => owner('PATCH', `/views/${id('view')}`, { name: 'Ours' }), 'views'),
  'PUT /views/:id/pin': step(() => owner('PUT', `/views/${id('view')}/pin`), 'views'),
  'DELETE /views/:id/pin': step(() => owner('DELETE', `/views/${id('view')}/pin`), 'views'),
  'DELETE /views/:id': step(() => owner('DELETE', `/views/${id('view')}`), 'views'),
  'POST /statuses': settings(() => keep('status', owner('POST', '/statuses', { name: 'Going' }))),
  'PATCH /statuses/:id': settings(() => owner('PATCH', `/statuses/${id('status')}`, { name: 'Gone' })),
  'PUT /statuses/order': settings(async () => owner('PUT', '/statuses/order', await order('/statuses'))),
  'DELETE /statuses/:id': settings(() => owner('DELETE', `/statuses/${id('status')}`)),
  'POST /lead-types': settings(() => keep('type', owner('POST', '/lead-types', { name: 'Roofs' }))),
  'PATCH /lead-types/:id': settings(() => owner('PATCH', `/lead-types/${id('type')}`, { name: 'Doors' })),
  'PUT /lead-types/order': settings(async () => owner('PUT', '/lead-types/order', await order('/lead-types'))),
  'DELETE /lead-types/:id': settings(() => owner('DELETE', `/lead-types/${id('type')}`)),
  'POST /sources': settings(() => keep('source', owner('POST', '/sources', { name: 'Fair' }))),
  'PATCH /sources/:id': settings(() => owner('PATCH', `/sources/${id('source')}`, { name: 'Market' })),
  'DELETE /sources/:id': settings(() => owner('DELETE', `/sources/${id('source')}`)),
  'POST /departments': settings(() => keep('department', owner('POST', '/departments', { name: 'North' }))),
  'PATCH /departments/:id': settings(() => owner('PATCH', `/departments/${id('department')}`, { name: 'South' })),
  'DELETE /departments/:id': settings(() => owner('DELETE', `/departments/${id('department')}`)),
  'POST /call-outcomes': settings(() =>
    keep('outcome', owner('POST', '/call-outcomes', { name: 'Maybe', meaning: 'done' })),
  ),
  'PATCH /call-outcomes/:id': settings(() => owner('PATCH', `/call-outcomes/${id('outcome')}`, { name: 'Perhaps' })),
  'PUT /call-outcomes/order': settings(async () => owner('PUT', '/call-outcomes/order', await order('/call-outcomes'))),
  'DELETE /call-outcomes/:id': settings(() => owner('DELETE', `/call-outcomes/${id('outcome')}`)),
  'POST /custom-fields': settings(() => keep('field', owner('POST', '/custom-fields', { name: 'Budget' }))),
  'PATCH /custom-fields/:id': settings(() => owner('PATCH', `/custom-fields/${id('field')}`, { type: 'number' })),
  'DELETE /custom-fields/:id': settings(() => owner('DELETE', `/custom-fields/${id('field')}`)),
  'POST /reference/:kind': settings(() => keep('product', owner('POST', '/reference/product', { name: 'Shed' }))),
  'PATCH /reference/:kind/:id': settings(() => owner('PATCH', `/reference/product/${id('product')}`, { name: 'Barn' })),
  'PUT /reference/:kind/order': settings(async () =>
    owner('PUT', '/reference/product/order', await order('/reference/product')),
  ),
  'DELETE /reference/:kind/:id': settings(() => owner('DELETE', `/reference/product/${id('product')}`)),
  'POST /tokens': settings(() => keep('token', owner('POST', '/tokens', { dialect: 'getlead', name: 'Site' }))),
  'PATCH /tokens/:id': settings(() => owner('PATCH', `/tokens/${id('token')}`, { name: 'Shop' })),
  'POST /tokens/:id/rotate': settings(() =>
    keep('token', owner('POST', `/tokens/${id('token')}/rotate`, { overlap_seconds: 0 })),
  ),
  'POST /tokens/:id/test': step(() => owner('POST', `/tokens/${id('token')}/test`), 'journal'),
  'DELETE /tokens/:id': settings(() => owner('DELETE', `/tokens/${id('token')}`)),
  'PATCH /workspace': settings(() => owner('PATCH', '/workspace', { name: 'Renamed' })),
  'POST /first-steps/put-away': settings(() => owner('POST', '/first-steps/put-away')),
  'POST /members': step(
    async () => {
      const reply = await keep(
        'member',
        owner('POST', '/members', { name: 'Mo', email: 'mo@example.com', role: 'agent' }),
      );
      kept.set('secret', reply.body.invitation_url.split('/').at(-1));
      return reply;
    },
    'people',
    'settings',
  ),
  'PATCH /members/:id': step(() => owner('PATCH', `/members/${id('member')}`, { sees: 'own' }), 'people', 'settings'),
  'POST /invitations/:secret': step(
    () => newBrowser(world).ask('POST', `/invitations/${id('secret')}`, { name: 'Mo', password: PASSWORD }),
    'people',
    'settings',
  ),
  'DELETE /members/:id/sessions': settings(() => owner('DELETE', `/members/${id('member')}/sessions`)),
  'DELETE /members/:id/totp': step(() => owner('DELETE', `/members/${id('member')}/totp`), 'people', 'settings'),
  'PATCH /me': step(() => owner('PATCH', '/me', { name: 'Olive' }), 'people', 'settings'),
  'POST /me/totp/confirm': {
    before: async () => kept.set('totp', (await owner('POST', '/me/totp', { password: PASSWORD })).body.secret),
    run: async () => owner('POST', '/me/totp/confirm', { code: await generate({ secret: id('totp') }) }),
    tells: ['people'],
  },
  'DELETE /me/totp': step(() => owner('DELETE', '/me/totp', { password: PASSWORD }), 'people'),
  'POST /me/password': settings(() =>
    owner('POST', '/me/password', { old_password: PASSWORD, new_password: `${PASSWORD} 2` }),
  ),
  'DELETE /me/sessions/:id': {
    before: async () => {
      await world.signIn(world.ownerId);
      const { data } = (await owner('GET', '/me/sessions')).body;
      kept.set('session', data.find(({ current }: { current: boolean }) => !current).id);
    },
    run: () => owner('DELETE', `/me/sessions/${id('session')}`),
    tells: ['settings'],
  },
  'POST /demo': step(
    () => owner('POST', '/demo', { leads: 2 }),
    ...(['calls', 'deals', 'jobs', 'journal', 'leads', 'people', 'settings', 'tasks', 'views'] as const),
  ),
  'DELETE /demo': step(
    () => owner('DELETE', '/demo'),
    ...(['calls', 'deals', 'jobs', 'journal', 'leads', 'people', 'settings', 'tasks', 'views'] as const),
  ),
  'DELETE /leads/:id': step(
    () => owner('DELETE', `/leads/${id('lead')}`),
    'calls',
    'deals',
    'journal',
    'leads',
    'tasks',
  ),
  'DELETE /session': settings(async () =>
    client(world, { cookie: await world.signIn(world.ownerId) })('DELETE', '/session'),
  ),
};

/** A request that is refused, now and when it is tried again. */
async function refuse(): Promise<void> {
  await owner('POST', '/leads', { status: 'None of these' });
  const [row] = await world.query<{ id: string }>(
    "SELECT id FROM submissions WHERE outcome = 'refused' ORDER BY id DESC LIMIT 1",
  );
  kept.set('refused', row?.id ?? '');
}

/** Routes that change nothing that a screen shows. */
const quiet: Readonly<Record<string, () => Promise<{ status: number }>>> = {
  'POST /agents/me/seen': () => owner('POST', '/agents/me/seen'),
  'POST /views/:id/use': () => owner('POST', `/views/${ids['/v1/views']}/use`),
  'POST /tasks/parse': () => owner('POST', '/tasks/parse', { text: 'Call Ann tomorrow' }),
  'POST /members/:id/invitation': () => owner('POST', `/members/${id('member')}/invitation`),
  'POST /calls/:id/extend': async () => {
    await owner('PUT', '/agents/me', { state: 'ready' });
    await claim();
    await told();
    return onCall('extend', { lease_seconds: 60 });
  },
};

/** Signing in, and what only the one who does it sees. */
const own = ['POST /me/totp', 'POST /session', 'POST /session/workspace'];

test('every route that writes is here', () => {
  const writing = world.routes
    .filter(({ method, url }) => url.startsWith('/v1/') && !['GET', 'HEAD', 'OPTIONS'].includes(method))
    .map(({ method, url }) => `${method} ${url.slice('/v1'.length)}`);
  expect([...Object.keys(steps), ...Object.keys(quiet), ...own].sort()).toEqual([...new Set(writing)].sort());
});

test.each(Object.entries(steps))('%s is told to open screens', async (_, { before, run, tells }) => {
  await withPassword(world, world.ownerId);
  await before?.();
  await told();
  const reply = await run();
  expect(reply.status, JSON.stringify(reply)).toBeLessThan(300);
  expect(topicsOf(await told())).toEqual([...tells].sort());
});

test.each(Object.entries(quiet))('%s is told to nobody', async (_, run) => {
  await told();
  expect((await run()).status).toBeLessThan(300);
  expect(await told()).toEqual([]);
});

const aCall = { type: 'call.cancelled', lead_id: uuidv7(), payload: { call_id: 'call_x' }, at: new Date() } as const;

test('what is rolled back is told to nobody; what is undone within a transaction neither', async () => {
  await told();
  const failing = world.database.tx(workspaceId, async (tx) => {
    await announce(tx, aCall);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await world.database.tx(workspaceId, async (tx) => {
    const start = await tx.savepoint();
    await announce(tx, aCall);
    await start.undo();
  });
  expect(await told()).toEqual([]);
});

test('what is tried again is told once, with its lead', async () => {
  await told();
  let tries = 0;
  const work = async (tx: Parameters<typeof announce>[0]) => {
    tries += 1;
    if (tries === 1) touches(tx, 'deals', aCall.lead_id);
    await announce(tx, aCall);
    if (tries === 1) await tx.query('DO $$ BEGIN RAISE serialization_failure; END $$');
  };
  await world.database.tx(workspaceId, work, { retry: true });
  expect(tries).toBe(2);
  expect(await told()).toEqual([{ topics: ['calls', 'leads'], lead_ids: [aCall.lead_id] }]);
});

test('everything that was announced is of its type', async () => {
  await owner('PATCH', lead, { owner: world.ownerId });
  const { body: task } = await owner('POST', `${lead}/tasks`, { name: 'Visit' });
  for (const change of [{ done: true }, { done: false, name: 'Visit them' }])
    await owner('PATCH', `/tasks/${task.id}`, change);
  const merging = client(world, await world.token('native', { policy: 'merge' }));
  for (const city of ['York', 'Hull'])
    await merging('POST', '/leads', { email: 'again@example.com', city, note: 'Hi' });
  const events = await world.query<{ type: EventType; payload: unknown }>('SELECT type, payload FROM events');
  const wrong = events.filter(
    ({ type, payload }) => payload !== undefined && !Value.Check(catalogue[type].data, payload),
  );
  expect(wrong.filter(({ payload }) => (payload as { call_id?: string }).call_id !== 'call_x')).toEqual([]);
  const types = new Set(events.map(({ type }) => type));
  expect(Object.keys(catalogue).filter((type) => !types.has(type as EventType))).toEqual(['submission.failed']);
});
