import { expect, test } from 'vitest';
import { everyPage } from '../../test/every-page.ts';
import { client, testWorld } from '../../test/world.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { anyLeadId } from '../platform/ids.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import { countByIndex, countFacet } from './list/lead-facet-store.ts';
import { listLeads } from './list/lead-list.ts';

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const owner = client(world, { cookie: await world.signIn(world.ownerId) });

test('pages list each lead once, newest first, before and after leads are indexed', async () => {
  const made: string[] = [];
  for (let at = 0; at < 5; at += 1) {
    const lead = { name: 'Paged Person', phone: `07840 20000${at}`, source: 'Paged' };
    made.unshift((await ask('POST', '/leads', lead)).body.id);
  }
  const follow = async (query: string) => (await everyPage(ask, `/leads?${query}`)).map(({ id }) => id);
  const queries = ['q=paged%20PERSON', 'q=8402', 'q=paged&source=Paged', 'source=Paged'];
  for (const query of queries) expect(await follow(query), query).toEqual(made);
  await expect.poll(() => world.query('SELECT 1 FROM index_queue')).toEqual([]);
  for (const query of queries) expect(await follow(query), query).toEqual(made);
});

test('a lead whose text waits several times for the index is found once', async () => {
  const { id } = (await ask('POST', '/leads', { name: 'Queued Often' })).body;
  const found = await world.database.tx(world.workspaceId, async (tx) => {
    for (let at = 0; at < 3; at += 1)
      await tx.query('INSERT INTO index_queue (workspace_id, lead_ids, delta) SELECT $1, ARRAY[$2::uuid], 0', [
        world.workspaceId,
        anyLeadId(id),
      ]);
    return listLeads(tx, { filter: { text: { text: 'ueued oft', digits: [] } }, order: 'newest', limit: 5 });
  });
  expect(found.leads.map(({ name }) => name)).toEqual(['Queued Often']);
});

test('filters are combined; a phone matches in any form, an email in any case', async () => {
  const lead = (
    await ask('POST', '/leads', {
      name: 'F',
      phone: '07840 111222',
      email: 'Filter@Example.com',
      source: 'Partner',
      owner: 'owner-default',
      type: 'Support',
    })
  ).body;
  const found = async (query: string) =>
    (await ask('GET', `/leads?${query}`)).body.data.map((one: { id: string }) => one.id);
  for (const query of [
    ...[
      'phone=%2B447840111222',
      'phone=0044%207840%20111222',
      'email=filter%40example.COM',
      'q=7840%20111222',
      'q=filter@ex',
    ],
    `status=new&source=partner&owner=olive%20owner&type=${lead.type_id}&phone=07840111222&email=filter@example.com`,
  ])
    expect(await found(query), query).toEqual([lead.id]);
  for (const query of [
    'phone=07840111222&email=other@example.com',
    'status=Nowhere',
    'owner=nobody',
    'phone=x',
    'email=x',
    'q=%25',
    'q=_',
  ])
    expect(await found(query), query).toEqual([]);
});

test('lists and leads show later changes, even those made directly in the database', async () => {
  const { id, source_id } = (await ask('POST', '/leads', { name: 'Remembered', source: 'Old fair' })).body;
  const shown = async () => {
    const [listed] = (await ask('GET', '/leads?q=remembered')).body.data;
    expect((await ask('GET', `/leads/${id}`)).body).toEqual(listed);
    return listed;
  };
  expect(await shown()).toMatchObject({ city: null, source: 'Old fair' });
  await ask('PATCH', `/leads/${id}`, { city: 'Leeds' });
  expect(await shown()).toMatchObject({ city: 'Leeds' });
  await world.query("UPDATE leads SET city = 'York' WHERE name = 'Remembered'");
  expect(await shown()).toMatchObject({ city: 'York' });
  await owner('PATCH', `/sources/${source_id}`, { name: 'New fair' });
  expect(await shown()).toMatchObject({ source: 'New fair' });
  await ask('POST', `/leads/${id}/tasks`, { name: 'Ring', due_at: '2030-01-01T10:00:00Z' });
  expect(await shown()).toMatchObject({ next_step: 'Ring' });
});

test('leads read at the same moment are shown only to members who may see them', async () => {
  const amyId = await world.member({ name: 'Amy', visibility: 'own' });
  const amy = client(world, { cookie: await world.signIn(amyId) });
  const [others, hers] = [
    await ask('POST', '/leads', { name: 'O' }),
    await ask('POST', '/leads', { name: 'H', owner: 'Amy' }),
  ];
  const path = (lead: { body: { id: string } }) => `/leads/${lead.body.id}`;
  // Use both sessions once beforehand, so that recognising them takes equally long below.
  for (const as of [owner, amy]) await as('GET', path(hers));
  const opened = await Promise.all(
    [owner, amy].flatMap((as) => [as('GET', path(others)), as('GET', path(hers)), as('GET', path(hers))]),
  );
  expect(opened.map(({ status }) => status)).toEqual([200, 200, 200, 404, 200, 200]);
  expect(opened.map(({ body }) => body.name ?? null)).toEqual(['O', 'H', 'H', null, 'H', 'H']);
});

test.each(['limit=0', 'limit=201', 'limit=x', 'limit=1.5', 'cursor=x', 'cursor=', 'sort=colour', 'sort=', 'q=a&q=b'])(
  '?%s is refused with the name of the parameter',
  async (query) => {
    const reply = await ask('GET', `/leads?${query}`);
    expect(reply.status).toBe(422);
    expect(reply.body.errors[0].field).toBe(query.split('=')[0]);
  },
);

const names = (leads: { name: string }[]) => leads.map(({ name }) => name);

/** All names of a list, page by page. */
const walk = async (query: string) => names(await everyPage(ask, `/leads?${query}`));

test('a list is sorted by any column in both directions, page by page, with missing values last', async () => {
  await owner('POST', '/custom-fields', { name: 'Size', type: 'number' });
  const made = [
    { name: 'bea', company_name: 'Zeta', target_amount: 20.5, status: 'Qualified', custom: { Size: 9 } },
    { name: 'Ann', company_name: 'zeta', target_amount: 100, status: 'New', custom: { Size: 10 } },
    { name: 'Cid', status: 'Contacted' },
    { name: '\u{1f600} Dan', company_name: 'Alpha', target_amount: 20.5, status: 'New' },
  ];
  for (const lead of made) await ask('POST', '/leads', { ...lead, source: 'Sorted' });
  const sorted = (sort: string) => walk(`source=Sorted&sort=${sort}`);
  const [bea, ann, cid, dan] = made.map(({ name }) => name);
  expect(await sorted('name')).toEqual([ann, bea, cid, dan]);
  expect(await sorted('-name')).toEqual([dan, cid, bea, ann]);
  expect(await sorted('company_name')).toEqual([dan, ann, bea, cid]);
  expect(await sorted('-target_amount')).toEqual([ann, dan, bea, cid]);
  expect(await sorted('target_amount')).toEqual([dan, bea, ann, cid]);
  expect(await sorted('status')).toEqual([dan, ann, cid, bea]);
  expect(await sorted('custom.Size')).toEqual([bea, ann, dan, cid]);
  expect(await sorted('-custom.Size')).toEqual([ann, bea, dan, cid]);
  expect(await sorted('created')).toEqual([bea, ann, cid, dan]);
  expect(await sorted('-updated')).toEqual([dan, cid, ann, bea]);
  expect(await walk('source=Sorted&sort=name&q=a')).toEqual([ann, bea, dan]);
  for (const column of ['owner', 'source', 'type', 'department', 'email', 'phone', '-next_step', 'first_reply'])
    expect((await sorted(column)).length, column).toBe(4);
  const key = Buffer.from('x').toString('base64url');
  const bad = await ask('GET', `/leads?sort=target_amount&cursor=after_0000000000000000000000000a.${key}`);
  expect([bad.status, bad.body.errors?.[0]?.field]).toEqual([422, 'cursor']);
});

test('facets count each value among the leads that match the other filters', async () => {
  const [own, foreign] = [await world.member({ name: 'Cora', visibility: 'own' }), world.ownerId];
  for (const [status, whose] of [
    ['New', own],
    ['New', foreign],
    ['Qualified', foreign],
  ])
    await ask('POST', '/leads', { name: 'Counted', source: 'Counts', status, owner: whose });
  const statuses = (await ask('GET', '/statuses')).body.data as { id: string; name: string }[];
  const counts = async (as: typeof ask, by: string, query: string) =>
    Object.fromEntries(
      (await as('GET', `/leads/facets?by=${by}&${query}`)).body.data.map(
        ({ id, count, exact }: { id: string | null; count: number; exact: boolean }) => [
          statuses.find((status) => status.id === id)?.name ?? id,
          exact ? count : `${count}+`,
        ],
      ),
    );
  expect(await counts(ask, 'status', 'source=Counts')).toEqual({ New: 2, Qualified: 1 });
  expect(await counts(ask, 'status', 'source=Counts&q=counted')).toEqual({ New: 2, Qualified: 1 });
  expect(await counts(ask, 'owner', 'source=Counts&status=New')).toEqual({ [own]: 1, [foreign]: 1 });
  expect(await counts(ask, 'type', 'source=Counts')).toEqual({ null: 3 });
  const cora = client(world, { cookie: await world.signIn(own) });
  expect(await counts(cora, 'status', 'source=Counts')).toEqual({ New: 1 });
  expect(await counts(cora, 'status', 'source=Nowhere')).toEqual({});
});

test('values are counted by their index only for somebody who sees all leads', async () => {
  const memberId = await world.member({ name: 'Cleo' });
  for (const whose of [world.ownerId, memberId]) await ask('POST', '/leads', { name: 'Facet', owner: whose });
  const counted = (visibility: Visibility | undefined) =>
    world.database.tx(world.workspaceId, (tx) =>
      countFacet(tx, 'owner', { filter: {}, order: 'newest', visibility, most: 1 }, [world.ownerId]),
    );
  const isForeign = ({ id }: { id: string | null }) => id === world.ownerId;
  expect((await counted(undefined)).some(isForeign)).toBe(true);
  expect((await counted({ owners: [memberId], departments: [] })).some(isForeign)).toBe(false);
});

test('of very many leads only the newest 10,000 are sorted, and the response says so', async () => {
  await world.query(
    `INSERT INTO leads (workspace_id, id, number, status_id, source_id, name, created_at, updated_at)
     SELECT l.workspace_id, uuid_from(now() - interval '400 days' + n * interval '1 second'), 5000000 + n, l.status_id,
       l.source_id, 'Row ' || lpad(n::text, 6, '0'), now(), now()
     FROM (SELECT * FROM leads WHERE name = 'Cid') l, generate_series(1, 10100) n`,
  );
  const page = async (query: string) => (await ask('GET', `/leads?limit=2&${query}`)).body;
  const many = await page('source=Sorted&sort=-name');
  expect([many.data[1].name, many.sorted_within]).toEqual(['Row 010100', 10_000]);
  expect((await page('source=Counts&sort=-name')).sorted_within).toBeNull();
  const { data } = (await ask('GET', '/leads/facets?by=source&lacks=email')).body;
  expect(data.some(({ exact }: { exact: boolean }) => !exact)).toBe(true);
  const whole = (await ask('GET', '/leads/facets?by=source')).body.data;
  expect(whole.find(({ count }: { count: number }) => count === 1000)).toMatchObject({ exact: false });
});

type Plan = Readonly<Record<string, unknown>> & { Plans?: readonly Plan[] };

/** Number of table rows that the statements of a question read, including rows that a filter dropped. */
async function rowsReadBy(question: (tx: Tx) => Promise<unknown>): Promise<number> {
  const readIn = (plan: Plan): number => {
    const rows = Number(plan['Actual Rows']) + Number(plan['Rows Removed by Filter'] ?? 0);
    const own = plan['Relation Name'] === undefined ? 0 : rows * Number(plan['Actual Loops']);
    return (plan.Plans ?? []).reduce((sum, one) => sum + readIn(one), own);
  };
  let read = 0;
  await world.database.tx(world.workspaceId, (tx) => {
    const query = async (text: string, params: unknown[]) => {
      const [row] = await tx.query<Record<string, [{ Plan: Plan }]>>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, params);
      read += readIn(row?.['QUERY PLAN']?.[0].Plan as Plan);
      return tx.query(text, params);
    };
    return question({ ...tx, query } as Tx);
  });
  return read;
}

test('leads with a rare value or tag are found without reading all others', async () => {
  const tag = (await ask('POST', '/tags', { name: 'Few' })).body.id;
  await ask('POST', '/leads', { name: 'Few', tags: ['Few'] });
  const ids = (await ask('GET', '/statuses')).body.data.map(({ id }: { id: string }) => id);
  // With only one status in its statistics, the planner expects every lead to have the requested status.
  await world.query("UPDATE leads SET status_id = (SELECT status_id FROM leads WHERE name = 'Cid')");
  await world.query('ANALYZE leads');
  expect(await rowsReadBy((tx) => countByIndex(tx, 'status', ids))).toBeLessThanOrEqual(ids.length * 1_000);
  const tagged = { filter: { tag_ids: [tag] }, order: 'newest', limit: 50 } as const;
  expect(await rowsReadBy((tx) => listLeads(tx, tagged))).toBeLessThan(20);
  const sort = { key: () => 'name', type: 'text', descending: false } as const;
  expect(await rowsReadBy((tx) => listLeads(tx, { ...tagged, sort }))).toBeLessThan(20);
});

test('a text that only old leads contain is found behind many newer ones', async () => {
  const old = (await ask('POST', '/leads', { name: 'Zuleika Before' })).body.id;
  await world.query(
    `INSERT INTO leads (workspace_id, id, number, status_id, name, created_at, updated_at)
     SELECT workspace_id, uuid_from(now() + n * interval '1 ms'), 4000000 + n, status_id, 'Newer', now(), now()
     FROM (SELECT * FROM leads LIMIT 1) l, generate_series(1, 600) n`,
  );
  await world.query(
    "INSERT INTO index_queue (workspace_id, lead_ids, delta) SELECT workspace_id, array_agg(id), 0 FROM leads WHERE name = 'Newer' GROUP BY 1",
  );
  await world.parts.indexer.run();
  await expect.poll(() => world.query('SELECT 1 FROM index_queue')).toEqual([]);
  for (const text of ['zuleika', 'zu', 'zul&source=Nowhere'])
    expect(
      (await ask('GET', `/leads?limit=5&q=${text}`)).body.data.map((lead: { id: string }) => lead.id),
      text,
    ).toEqual(text.includes('&') ? [] : [old]);
});
