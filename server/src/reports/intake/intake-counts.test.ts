import fc from 'fast-check';
import { expect, test } from 'vitest';
import { client, testWorld } from '../../../test/world.ts';
import { enqueueDue } from '../../jobs/job-scheduler.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/ids.ts';
import type { Cohort } from '../report.ts';
import { readCohort } from '../report-query.ts';
import { countedTo, countNext, openBase } from './intake-counts-store.ts';
import { countRequests, readCounts } from './intake-health-store.ts';
import { keepCounts } from './keep-counts.ts';

/** Number of random runs; set `FIGURE_RUNS=100` for more. */
const numRuns = Number(process.env['FIGURE_RUNS'] ?? 1);

const world = await testWorld();
const ask = client(world, world.tokens.get('native'));
const member = client(world, { cookie: await world.signIn(world.ownerId) });
const days = 40;

/** Reads the report's query in one snapshot, with the time zone as stored. */
async function reading<T>(read: (tx: Tx, cohort: Cohort, zone: string) => Promise<T>): Promise<T> {
  const referenceData = await world.parts.referenceCache.get(world.workspaceId);
  const at = new Date();
  const from = new Date(at.getTime() - days * 86_400_000).toISOString().slice(0, 10);
  const cohort = readCohort({ from }, { referenceData, at, caller: { member_id: null } } as never);
  const ask = (tx: Tx) => read(tx, cohort, referenceData.workspace.time_zone);
  return world.database.tx(world.workspaceId, ask, { oneMoment: true });
}

/** Compares the counts with the journal, counted one by one. Returns them. */
const expectEqual = (isCounted = true) =>
  reading(async (tx, cohort, zone) => {
    const counted = await countedTo(tx, zone);
    expect(counted !== undefined).toBe(isCounted);
    const plain = await countRequests(tx, cohort, zone);
    const inOrder = (rows: typeof plain) => rows.map((row) => JSON.stringify(row)).sort();
    if (counted !== undefined) expect(inOrder(await readCounts(tx, cohort, zone, counted))).toEqual(inOrder(plain));
    return plain;
  });

const keep = (margin?: string, bite?: number) =>
  world.database.tx(world.workspaceId, (tx) => keepCounts(tx, margin, bite));

/** Counts requests, as when changes are committed after those known before were added. */
const countOnly = (margin: string) =>
  world.database.tx(world.workspaceId, async (tx) => {
    const base = await openBase(tx);
    if (base) await countNext(tx, base, 100, margin);
  });

/** Counts all requests that have arrived. */
async function keepAll(): Promise<void> {
  while (await keep('0 seconds', 5));
}

/** Removes some of the refused requests, as when sample data is removed. */
const remove = (at: number) =>
  world.query("DELETE FROM submissions WHERE outcome = 'refused' AND get_byte(uuid_send(id), 15) % 8 = $1", [at]);

let phones = 7_500_000_000;
const post = (values: object) => ask('POST', '/leads', { name: 'Ann', phone: `+44${phones++}`, ...values });

/** Adds copies of the newest requests that arrived earlier, as sample data has them, with ids that begin with that time. */
async function copyToPast(daysAgo: number, minutes: number): Promise<void> {
  const newest = await world.query<{ id: string }>('SELECT id FROM submissions ORDER BY id DESC LIMIT 3');
  for (const { id } of newest) {
    const at = new Date(Date.now() - daysAgo * 86_400_000 - minutes * 60_000);
    const past = at.getTime().toString(16).padStart(12, '0');
    await world.query(
      `INSERT INTO submissions SELECT (jsonb_populate_record(s, jsonb_build_object('id', $2::uuid, 'received_at', $3::timestamptz))).*
       FROM submissions s WHERE id = $1`,
      [id, `${past.slice(0, 8)}-${past.slice(8)}-7${uuidv7().slice(15)}`, at.toISOString()],
    );
  }
}

/** Replays a refused request, corrected. */
async function replay(at: number): Promise<void> {
  const refused = await world.query<{ id: string }>(
    "SELECT id FROM submissions WHERE outcome = 'refused' AND body IS NOT NULL ORDER BY id",
  );
  const one = refused.at(at % Math.max(1, refused.length));
  const body = JSON.stringify({ name: 'Ann', phone: `+44${phones++}` });
  if (one) expect((await member('POST', `/submissions/${one.id}/replay`, { body })).status).toBe(200);
}

/** Removes the contents of all requests, as retention does once they are old. */
async function retain(): Promise<void> {
  for (const later of [0, 400]) {
    world.setClock(new Date(Date.now() + later * 86_400_000));
    await enqueueDue(world.parts);
    await world.parts.jobs.runDue();
  }
  world.setClock(undefined);
}

const many = <T>(times: number, one: fc.Arbitrary<T>) => fc.array(one, { minLength: times, maxLength: times });
const values = fc.constantFrom({}, { phone: '+447400000001' }, { email: 'none' });
const steps = fc
  .tuple(
    many(
      6,
      values.map((sent) => () => post(sent)),
    ),
    many(
      4,
      fc.constant(() => post({ email: 'none' })),
    ),
    many(
      7,
      fc.tuple(fc.nat(days - 1), fc.nat(1_439)).map(
        ([ago, minutes]) =>
          () =>
            copyToPast(ago, minutes),
      ),
    ),
    many(
      4,
      fc.nat(20).map((at) => () => replay(at)),
    ),
    many(
      8,
      fc.nat(9).map((bite) => () => keep('0 seconds', bite + 1)),
    ),
    many(
      2,
      fc.nat(7).map((at) => () => remove(at)),
    ),
    fc.constant([() => ask('GET', '/leads')]),
  )
  .chain((all) => fc.shuffledSubarray<() => Promise<unknown>>(all.flat(), { minLength: all.flat().length }));

test('after any history of requests, counts kept by day equal those of the journal', async () => {
  await keepAll();
  await fc.assert(
    fc.asyncProperty(steps, async (work) => {
      for (const step of work) {
        await step();
        await expectEqual();
      }
      await keepAll();
      expect(await world.query('SELECT 1 FROM intake_count_changes')).toEqual([]);
      await expectEqual();
    }),
    { numRuns, ...(numRuns === 1 && { seed: 5 }), endOnFailure: true },
  );
});

test('requests that have been counted are not read again for the report', async () => {
  await keepAll();
  const read = `SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0)::int AS rows FROM pg_stat_xact_user_tables
    WHERE relname LIKE 'submissions%'`;
  await reading(async (tx, cohort, zone) => {
    const before = await tx.query(read);
    const counts = await readCounts(tx, cohort, zone, (await countedTo(tx, zone)) ?? '');
    expect(counts.length).toBeGreaterThan(3);
    expect(await tx.query(read)).toEqual(before);
  });
});

test('a request that arrives is stored without noting a change, and is counted only once it is settled', async () => {
  await keepAll();
  const before = await world.query('SELECT counted_to FROM intake_count_bases');
  await post({});
  expect(await world.query('SELECT 1 FROM intake_count_changes')).toEqual([]);
  await keep();
  expect(await world.query('SELECT counted_to FROM intake_count_bases')).toEqual(before);
  await expectEqual();
});

test('a request that changed before it was counted, or while it was, is counted as it is now', async () => {
  await keepAll();
  for (const count of [keep, countOnly]) {
    await post({ email: 'none' });
    await replay(-1);
    await expectEqual();
    await count('0 seconds');
    await expectEqual();
    await keepAll();
    await expectEqual();
  }
});

test('a request that is committed while others are counted is not lost', async () => {
  await keepAll();
  await world.database.tx(world.workspaceId, async (tx) => {
    await tx.query('SELECT 1');
    const id = uuidv7(Date.now() + 1);
    await tx.query(
      `INSERT INTO submissions SELECT (jsonb_populate_record(s, jsonb_build_object('id', $1::uuid, 'received_at', now()))).*
       FROM submissions s WHERE command = 'createLead' ORDER BY s.id LIMIT 1`,
      [id],
    );
    await post({});
    await keepAll();
    await expectEqual();
  });
  await keepAll();
  await expectEqual();
});

test('when the days of the workspace begin at another time, requests are counted one by one until all are counted anew', async () => {
  for (const zone of ['Pacific/Auckland', 'America/St_Johns']) {
    await keepAll();
    await expectEqual();
    await member('PATCH', '/workspace', { time_zone: zone });
    await expectEqual(false);
    expect(await world.database.global((tx) => tx.query('SELECT workspaces_to_count()'))).toHaveLength(1);
    await keep('0 seconds', 3);
    await expectEqual();
  }
});

test('retention removes what requests contain and leaves the counts', async () => {
  await keepAll();
  const before = await expectEqual();
  await retain();
  expect(await world.query('SELECT outcome, command FROM submissions WHERE body IS NOT NULL')).toEqual([]);
  expect(await world.query('SELECT 1 FROM intake_count_changes')).toEqual([]);
  expect(await expectEqual()).toEqual(before);
});
